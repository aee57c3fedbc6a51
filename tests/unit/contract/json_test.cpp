// Strict JSON, in the manner of the JSONTestSuite: what must be taken (y), what must not (n).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"

namespace kaiku::codec {
namespace {

using namespace std::string_literals;

std::string nested(std::size_t depth, std::string const& open, std::string const& close) {
  std::string text;
  for (std::size_t level = 0; level < depth; ++level) text += open;
  text += "1";
  for (std::size_t level = 0; level < depth; ++level) text += close;
  return text;
}

std::vector<std::string> const taken{"{}",
                                     "[]",
                                     "null",
                                     "true",
                                     "false",
                                     "0",
                                     "-0",
                                     "42",
                                     "-42",
                                     "\"\"",
                                     "\"a\"",
                                     " [1] ",
                                     "\t[\n1\r]\n",
                                     "[[]]",
                                     "[{}]",
                                     "{\"a\":[]}",
                                     "[1,2,3]",
                                     "[null,true,false]",
                                     "[123.456e78]",
                                     "[0e1]",
                                     "[0e+1]",
                                     "[1E22]",
                                     "[1E-2]",
                                     "[1e+2]",
                                     "[-0.0000001]",
                                     "[9223372036854775807]",
                                     "[-9223372036854775808]",
                                     "[18446744073709551615]",
                                     "[100000000000000000000]",
                                     "{\"\":0}",
                                     "{\"a\":\"b\",\"c\":\"d\"}",
                                     "{\"a\":{\"a\":1}}",
                                     "[{\"a\":1},{\"a\":2}]",
                                     "{\"a\\u0000b\":1}",
                                     "[\"\\u0000\"]",
                                     "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
                                     "[\"\\u0060\\u012a\\u12AB\"]",
                                     "[\"\\uD834\\uDD1E\"]",
                                     "[\"\\uDBFF\\uDFFF\"]",
                                     "[\"\xC3\xA4\xC3\xB6\"]",
                                     "[\"\xE2\x82\xAC\"]",
                                     "[\"\xF0\x9F\x98\x80\"]",
                                     "[\"\x7F\"]",
                                     "[\"\xEF\xBB\xBF\"]",
                                     "[\"\xE2\x80\xA8\"]",
                                     "[\"\\u2028\"]",
                                     "[\"a/*b*/c\"]",
                                     "{\"min\":-1.0e+28,\"max\":1.0e+28}",
                                     "\xC3\xA4"s.insert(0, "\"") + "\"",
                                     "{\"a\":1,\"A\":2}",
                                     "[\"\\uFFFE\"]"};

std::vector<std::string> const refused{
    // structure
    "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]",
    "[\"a\" \"b\"]", "[\"\":1]", "[1]]", "[1]x", "[1][2]", "{}{}", "1 2", "{\"a\"}", "{\"a\":}",
    "{:1}", "{\"a\" 1}", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{,}", "{\"a\":1 \"b\":2}", "{a:1}",
    "{'a':1}", "{1:1}", "{null:1}", "{\"a\":1]", "[1}", "{\"a\":1}}", "{\"a\"=1}", "{\"a\"::1}",
    "{\"a\":1}#",
    // comments and foreign literals
    "[1]//x", "/**/[1]", "[1/**/]", "#[1]", "[True]", "[nul]", "[tru]", "[NULL]", "[undefined]",
    "[NaN]", "[Infinity]", "[-Infinity]", "[nan]", "nulla", "<null>", "[a]", "['a']", "[`a`]",
    // numbers
    "[01]", "[-01]", "[+1]", "[-]", "[--1]", "[1.]", "[.1]", "[-.1]", "[1.e1]", "[1e]", "[1e+]",
    "[1eE2]", "[1.2.3]", "[0x1]", "[1_000]", "[1,5.]", "[0.3e]", "[1+2]", "[- 1]", "[1 000]",
    "[1e999]", "[-1e999]", "[\xEF\xBC\x91]",
    // strings
    "\"", "[\"a]", "[\"a\n\"]", "[\"\t\"]", "[\"\x01\"]", "[\"\x1F\"]", "[\"\\a\"]", "[\"\\x41\"]",
    "[\"\\\"]", "[\"\\u\"]", "[\"\\u12\"]", "[\"\\u12G4\"]", "[\"\\U0041\"]", "[\"\\ud800\"]",
    "[\"\\ud800\\u0041\"]", "[\"\\udc00\"]", "[\"\\udc00\\ud800\"]", "[\"\\ud800\\ud800\"]",
    "[\"\\ud800abc\"]", "[\"\\\xC3\xA4\"]", "[\\u0041]", "[\\n]",
    // encoding
    "[\"\xFF\"]", "[\"\x80\"]", "[\"\xC3\"]", "[\"\xC3(\"]", "[\"\xC0\xAF\"]", "[\"\xE0\x80\xAF\"]",
    "[\"\xED\xA0\x80\"]", "[\"\xED\xBF\xBF\"]", "[\"\xF0\x80\x80\xAF\"]", "[\"\xF4\x90\x80\x80\"]",
    "[\"\xF8\x88\x80\x80\x80\"]", "[\xC3\xA4]", "\xEF\xBB\xBF[1]", "\xFE\xFF\0[\0]"s,
    "\xFF\xFE[\0]\0"s, "\xEF\xBB\xBF", "[\xC2\xA0 1]", "[\x0B]", "[\x0C]",
    // NUL
    "\0"s, "[1]\0"s, "\0[1]"s, "[\0]"s, "[\"a\0\"]"s, "{\"a\0\":1}"s, "1\0x"s,
    // member names that stand twice
    "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":1}",
    "[{\"b\":{\"a\":[],\"a\":{}}}]",
    // depth
    nested(33, "[", "]"), nested(33, "{\"a\":", "}"), nested(100'000, "[", "]"),
    std::string(100'000, '['), nested(1'000, "[{\"a\":", "}]")};

TEST(ParseJson, takes_what_is_json) {
  for (auto const& text : taken) EXPECT_TRUE(parse_json(text)) << text;
  EXPECT_GE(taken.size(), 40U);
}

TEST(ParseJson, refuses_what_is_not_without_repeating_it) {
  for (auto const& text : refused) {
    auto const shown = text.substr(0, 60);
    auto const parsed = parse_json(text);
    ASSERT_FALSE(parsed) << shown;
    EXPECT_EQ(parsed.error().problem, Problem::invalid_json) << shown;
    EXPECT_FALSE(parsed.error().detail.empty()) << shown;
    EXPECT_LE(parsed.error().detail.size(), 60U) << shown;
  }
  EXPECT_GE(refused.size(), 60U);
}

TEST(ParseJson, reads_the_same_document_as_the_library_does) {
  for (auto const& text : taken) {
    auto const parsed = parse_json(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, Json::parse(text)) << text;
  }
  auto const text = R"({"a":[1,{"b":[[],{}],"c":null},"x"],"d":{"e":{"f":[true,false]}},"g":-1.5})";
  EXPECT_EQ(parse_json(text).value(), Json::parse(text));
}

TEST(ParseJson, goes_down_32_levels_and_no_further) {
  EXPECT_TRUE(parse_json(nested(max_json_depth, "[", "]")));
  EXPECT_TRUE(parse_json(nested(max_json_depth, "{\"a\":", "}")));
  auto const deeper = parse_json(nested(max_json_depth + 1, "[", "]"));
  EXPECT_EQ(deeper.error().detail, "Nested deeper than 32 levels.");
  EXPECT_TRUE(parse_json("[" + nested(31, "[", "]") + "," + nested(31, "[", "]") + "]"));
}

TEST(ParseJson, says_that_a_name_stands_twice) {
  EXPECT_EQ(parse_json(R"({"a":1,"a":2})").error().detail,
            "A member name stands twice in one object.");
}

TEST(ParseJson, refuses_every_cut_of_a_document) {
  auto const text = R"({"card":"K","tickets":{"adult":1,"child":[true,null,"\u00e4"]}})"s;
  ASSERT_TRUE(parse_json(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(parse_json(text.substr(0, length))) << length;
  }
}

TEST(ParseJson, survives_every_byte_in_every_place) {
  auto const text = R"({"a":[1,"ä",null]})"s;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      auto changed = text;
      changed[at] = static_cast<char>(byte);
      auto const parsed = parse_json(changed);
      if (parsed) {
        EXPECT_NO_THROW(static_cast<void>(parsed->dump()));
      }
    }
  }
}

// What one read of one object found wrong, as "pointer code".
template <class Read>
std::vector<std::string> faults_of(std::string const& text, Read read) {
  Faults faults;
  auto const json = Json::parse(text);
  JsonFields fields(json, faults);
  read(fields);
  fields.finish();
  std::vector<std::string> found;
  if (faults.empty()) return found;
  for (auto const& fault : faults.error().fields) {
    found.push_back(fault.pointer + " " + std::string(word_of(fault.code)));
  }
  return found;
}
using Found = std::vector<std::string>;

TEST(JsonFields, take_whole_numbers_only) {
  auto const read = [](JsonFields& fields) { fields.integer("n", {-5, 5}); };
  for (auto const good : {"5", "-5", "0", "-0"}) {
    EXPECT_EQ(faults_of("{\"n\":"s + good + "}", read), Found{}) << good;
  }
  for (auto const wrong :
       {"1.0", "1e0", "true", "\"1\"", "[1]", "{}", "1e300", "100000000000000000000"}) {
    EXPECT_EQ(faults_of("{\"n\":"s + wrong + "}", read), Found{"/n wrong_type"}) << wrong;
  }
  for (auto const far : {"6", "-6", "9223372036854775807", "9223372036854775808",
                         "18446744073709551615", "18446744073709551611", "-9223372036854775808"}) {
    EXPECT_EQ(faults_of("{\"n\":"s + far + "}", read), Found{"/n out_of_range"}) << far;
  }
}

TEST(JsonFields, read_null_as_an_absent_member) {
  auto const required = [](JsonFields& fields) { fields.integer("n", id_rule); };
  auto const optional = [](JsonFields& fields) { fields.optional_integer("n", id_rule); };
  EXPECT_EQ(faults_of(R"({"n":null})", required), Found{"/n required"});
  EXPECT_EQ(faults_of(R"({})", required), Found{"/n required"});
  EXPECT_EQ(faults_of(R"({"n":null})", optional), Found{});
}

TEST(JsonFields, count_a_text_s_length_in_characters) {
  auto const read = [](JsonFields& fields) { fields.text("t", {.min = 2, .max = 3}); };
  EXPECT_EQ(faults_of(R"({"t":"äö"})", read), Found{});
  EXPECT_EQ(faults_of(R"({"t":"äöå"})", read), Found{});
  EXPECT_EQ(faults_of(R"({"t":"ä"})", read), Found{"/t too_short"});
  EXPECT_EQ(faults_of(R"({"t":"äöåä"})", read), Found{"/t too_long"});
  EXPECT_EQ(faults_of(R"({"t":"a\u0000"})", read), Found{"/t control_character"});
  EXPECT_EQ(faults_of(R"({"t":"a\n"})", read), Found{"/t control_character"});
}

TEST(JsonFields, read_words_times_days_and_booleans) {
  auto const read = [](JsonFields& fields) {
    fields.word<contract::Answer>("w", contract::answer_from);
    fields.optional_instant("at");
    fields.optional_day("day");
    fields.optional_boolean("b");
  };
  auto const good = R"({"w":"ok","at":"2026-11-22T06:23:01Z","day":"2026-11-22","b":true})";
  EXPECT_EQ(faults_of(good, read), Found{});
  EXPECT_EQ(faults_of(R"({"w":"yes","at":"22.11.2026","day":"22.11.2026","b":1})", read),
            (Found{"/w not_an_option", "/at not_a_time", "/day not_a_day", "/b wrong_type"}));
}

TEST(JsonFields, point_at_unknown_members_with_escaped_names) {
  auto const read = [](JsonFields& fields) { fields.optional_integer("n", id_rule); };
  EXPECT_EQ(faults_of(R"({"n":1,"a/b~c":1})", read), Found{"/a~1b~0c unknown_field"});
  EXPECT_EQ(faults_of(R"({"":1})", read), Found{"/ unknown_field"});
  EXPECT_EQ(faults_of(R"({"N":1})", read), Found{"/N unknown_field"});
}

TEST(JsonFields, do_not_send_long_or_personal_names_back) {
  auto const read = [](JsonFields&) {};
  EXPECT_EQ(faults_of("{\"" + std::string(65, 'a') + "\":1}", read), Found{" unknown_field"});
  EXPECT_EQ(faults_of(R"({"131052-308T":1})", read), Found{" unknown_field"});
}

TEST(JsonFields, tell_null_from_an_absent_member_when_asked) {
  auto const json = Json::parse(R"({"null": null, "value": 0})");
  Faults faults;
  JsonFields fields(json, faults);
  EXPECT_EQ(fields.presence("absent"), Presence::absent);
  EXPECT_EQ(fields.presence("null"), Presence::null);
  EXPECT_EQ(fields.presence("value"), Presence::value);
  EXPECT_FALSE(fields.stands("absent"));
  EXPECT_TRUE(fields.stands("null"));
  EXPECT_FALSE(fields.has("null"));
  EXPECT_TRUE(fields.finish()) << "what was asked for is known";
}

TEST(JsonFields, read_an_empty_text_as_a_missing_one_where_one_is_needed) {
  auto const needed = [](JsonFields& fields) { fields.text("t", {.min = 2}); };
  auto const may_be_empty = [](JsonFields& fields) { fields.text("t", {.min = 0}); };
  auto const optional = [](JsonFields& fields) { fields.optional_text("t", {.min = 1}); };
  EXPECT_EQ(faults_of(R"({"t":""})", needed), Found{"/t required"});
  EXPECT_EQ(faults_of(R"({"t":""})", may_be_empty), Found{});
  EXPECT_EQ(faults_of(R"({"t":""})", optional), Found{"/t too_short"});
}

TEST(JsonFields, take_line_ends_and_codes_by_chance_only_where_the_rule_says_so) {
  auto const text = R"({"t":"a\n131052-308T"})";
  EXPECT_EQ(faults_of(text, [](JsonFields& fields) { fields.text("t", {}); }),
            Found{"/t control_character"});
  EXPECT_EQ(faults_of(text,
                      [](JsonFields& fields) {
                        fields.text("t", {.may_hold_control_characters = true});
                      }),
            Found{"/t personal_identity_code"});
  EXPECT_EQ(faults_of(text,
                      [](JsonFields& fields) {
                        fields.text("t", {.may_hold_identity_code = true,
                                          .may_hold_control_characters = true});
                      }),
            Found{});
}

TEST(JsonFields, read_nested_objects_and_lists_with_their_pointers) {
  auto const read = [](JsonFields& fields) {
    if (auto inner = fields.object("o")) {
      inner->integer("n", id_rule);
      inner->finish();
    }
    for (auto& item : fields.objects("l", {1, 3})) {
      item.text("t", {});
      item.finish();
    }
    fields.integers("i", {1, 3}, id_rule);
  };
  EXPECT_EQ(faults_of(R"({"o":{"n":1},"l":[{"t":"a"}],"i":[1,2]})", read), Found{});
  EXPECT_EQ(faults_of("{}", read), (Found{"/o required", "/l required", "/i required"}));
  EXPECT_EQ(
      faults_of(R"({"o":{"n":0,"x":1},"l":[{"t":"a"},5,{"t":1,"x":1}],"i":[1,0,"2"]})", read),
      (Found{"/o/n out_of_range", "/o/x unknown_field", "/l/1 wrong_type", "/l/2/t wrong_type",
             "/l/2/x unknown_field", "/i/1 out_of_range", "/i/2 wrong_type"}));
  EXPECT_EQ(faults_of(R"({"o":[],"l":{},"i":1})", read),
            (Found{"/o wrong_type", "/l wrong_type", "/i wrong_type"}));
  EXPECT_EQ(faults_of(R"({"o":{"n":1},"l":[],"i":[1,2,3,4]})", read),
            (Found{"/l out_of_range", "/i out_of_range"}));
}

TEST(JsonFields, pass_unknown_members_over_in_nested_objects_too) {
  auto const json = Json::parse(R"({"x":1,"o":{"x":1},"l":[{"x":1}]})");
  Faults faults;
  JsonFields fields(json, faults, "", Unknown::passed_over);
  fields.object("o")->finish();
  for (auto& item : fields.objects("l", {1, 1})) item.finish();
  EXPECT_TRUE(fields.finish());
}

TEST(JsonFields, stop_listing_faults_after_a_page) {
  Json many = Json::object();
  for (int index = 0; index < 500; ++index) many["x" + std::to_string(index)] = 1;
  EXPECT_EQ(faults_of(many.dump(), [](JsonFields&) {}).size(), max_faults);
}

TEST(JsonFields, say_once_that_there_is_no_object) {
  auto const read = [](JsonFields& fields) {
    fields.integer("n", id_rule);
    fields.text("t", {});
    fields.boolean("b");
    fields.fault("t", FaultCode::not_a_postcode);
  };
  for (auto const text : {"[]", "1", "null", "\"a\""}) {
    EXPECT_EQ(faults_of(text, read), Found{" wrong_type"}) << text;
  }
}

}  // namespace
}  // namespace kaiku::codec
