#include "schema/codec/cbor.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace kaiku::cbor {
namespace {

constexpr std::size_t limit = 64 * 1024;

Bytes hex(std::string_view text) { return from_hex(text).value(); }

struct AppendixRow {
  std::string_view encoded;
  std::function<void(Writer&)> write;
};

// The rows of RFC 8949 appendix A that our profile has.
std::vector<AppendixRow> appendix_a() {
  auto const number = [](std::int64_t value) { return [value](Writer& w) { w.integer(value); }; };
  auto const string = [](std::string_view value) { return [value](Writer& w) { w.text(value); }; };
  return {
      {"00", number(0)},
      {"01", number(1)},
      {"0a", number(10)},
      {"17", number(23)},
      {"1818", number(24)},
      {"1819", number(25)},
      {"1864", number(100)},
      {"1903e8", number(1000)},
      {"1a000f4240", number(1000000)},
      {"1b000000e8d4a51000", number(1000000000000)},
      {"1b7fffffffffffffff", number(std::numeric_limits<std::int64_t>::max())},
      {"20", number(-1)},
      {"29", number(-10)},
      {"3863", number(-100)},
      {"3903e7", number(-1000)},
      {"3b7fffffffffffffff", number(std::numeric_limits<std::int64_t>::min())},
      {"f4", [](Writer& w) { w.boolean(false); }},
      {"f5", [](Writer& w) { w.boolean(true); }},
      {"f6", [](Writer& w) { w.null(); }},
      {"c11a514b67b0", [](Writer& w) { w.tag(1).integer(1363896240); }},
      {"d74401020304", [](Writer& w) { w.tag(23).bytes(hex("01020304")); }},
      {"d818456449455446", [](Writer& w) { w.tag(24).bytes(hex("6449455446")); }},
      {"40", [](Writer& w) { w.bytes({}); }},
      {"4401020304", [](Writer& w) { w.bytes(hex("01020304")); }},
      {"60", string("")},
      {"6161", string("a")},
      {"6449455446", string("IETF")},
      {"62225c", string("\"\\")},
      {"62c3bc", string("ü")},
      {"63e6b0b4", string("水")},
      {"64f0908591", string("\xf0\x90\x85\x91")},
      {"80", [](Writer& w) { w.array(0); }},
      {"83010203", [](Writer& w) { w.array(3).integer(1).integer(2).integer(3); }},
      {"8301820203820405",
       [](Writer& w) {
         w.array(3).integer(1).array(2).integer(2).integer(3).array(2).integer(4).integer(5);
       }},
      {"a0", [](Writer& w) { w.map(0); }},
      {"a201020304", [](Writer& w) { w.map(2).integer(1).integer(2).integer(3).integer(4); }},
      {"a26161016162820203",
       [](Writer& w) { w.map(2).text("a").integer(1).text("b").array(2).integer(2).integer(3); }},
      {"826161a161626163", [](Writer& w) { w.array(2).text("a").map(1).text("b").text("c"); }},
  };
}

TEST(Cbor, writes_and_validates_appendix_a_of_rfc_8949) {
  for (auto const& row : appendix_a()) {
    Writer writer;
    row.write(writer);
    EXPECT_EQ(to_hex(std::move(writer).finish()), row.encoded);
    EXPECT_TRUE(validate(hex(row.encoded), limit)) << row.encoded;
  }
}

TEST(Cbor, writes_twenty_five_items_with_a_head_of_two_bytes) {
  Writer writer;
  writer.array(25);
  for (int i = 1; i <= 25; ++i) writer.integer(i);
  EXPECT_EQ(to_hex(std::move(writer).finish()),
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819");
}

struct RefusedRow {
  std::string_view name;
  std::string_view encoded;
};
constexpr RefusedRow refused[] = {
    {"nothing", ""},
    {"half float", "f93c00"},
    {"float", "fa47c35000"},
    {"double", "fb3ff199999999999a"},
    {"not a number", "f97e00"},
    {"undefined", "f7"},
    {"simple 16", "f0"},
    {"simple 255", "f8ff"},
    {"false in two bytes", "f814"},
    {"break alone", "ff"},
    {"indefinite bytes", "5f42010243030405ff"},
    {"indefinite text", "7f657374726561646d696e67ff"},
    {"indefinite array", "9fff"},
    {"indefinite map", "bfff"},
    {"integer beyond int64", "1bffffffffffffffff"},
    {"integer one beyond int64", "1b8000000000000000"},
    {"negative beyond int64", "3b8000000000000000"},
    {"reserved additional information 28", "1c"},
    {"reserved additional information 30", "1e"},
    {"zero in two bytes", "1800"},
    {"23 in two bytes", "1817"},
    {"255 in three bytes", "1900ff"},
    {"65535 in five bytes", "1a0000ffff"},
    {"2^32-1 in nine bytes", "1b00000000ffffffff"},
    {"-1 in two bytes", "3800"},
    {"length 1 in two bytes", "580161"},
    {"text length 1 in two bytes", "780161"},
    {"array count in two bytes", "980101"},
    {"map count in two bytes", "b8010101"},
    {"tag in two bytes", "d80101"},
    {"cut integer", "1903"},
    {"cut head", "18"},
    {"cut bytes", "4201"},
    {"cut text", "6261"},
    {"cut array", "8201"},
    {"cut map", "a201020304a1"},
    {"map with a key alone", "a101"},
    {"tag of nothing", "c1"},
    {"bytes with a length of 2^63", "5b8000000000000000"},
    {"bytes with a length of 2^64-1", "5bffffffffffffffff"},
    {"array with a count of 2^64-1", "9bffffffffffffffff"},
    {"map with a count of 2^64-1", "bbffffffffffffffff"},
    {"map with a count of 2^63", "bb8000000000000000"},
    {"duplicate keys", "a201010102"},
    {"unsorted keys", "a202010102"},
    {"keys sorted by length alone", "a261620120f6"},
    {"duplicate keys deeper", "81a2616101616102"},
    {"text that is not UTF-8", "62c328"},
    {"text with a surrogate", "63eda080"},
    {"overlong text", "62c080"},
    {"bytes after the item", "0000"},
    {"a null after the item", "80f6"},
};

TEST(Cbor, refuses_everything_that_is_not_deterministic) {
  for (auto const& row : refused) {
    auto const result = validate(hex(row.encoded), limit);
    ASSERT_FALSE(result) << row.name;
    EXPECT_EQ(result.error().problem, Problem::unreadable) << row.name;
  }
}

TEST(Cbor, sorts_keys_bytewise_by_their_encoding) {
  // RFC 8949 section 4.2.1 has this very order: 10, 100, -1, "z", "aa", [100], [-1], false.
  std::vector<std::string_view> const keys{"0a",     "1864",   "20",   "617a",
                                           "626161", "811864", "8120", "f4"};
  auto const map_of = [&](std::size_t first, std::size_t second) {
    return hex("a2" + std::string(keys[first]) + "00" + std::string(keys[second]) + "00");
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < keys.size(); ++j) {
      EXPECT_EQ(validate(map_of(i, j), limit).has_value(), i < j) << keys[i] << " " << keys[j];
    }
  }
}

TEST(Cbor, nests_sixteen_deep_and_no_deeper) {
  for (std::string const& opening : {std::string("81"), std::string("c1"), std::string("a100")}) {
    std::string encoded = "00";
    for (std::size_t i = 0; i < max_depth; ++i) encoded.insert(0, opening);
    EXPECT_TRUE(validate(hex(encoded), limit)) << opening;
    EXPECT_FALSE(validate(hex(opening + encoded), limit)) << opening;
  }
  Bytes const bomb(60'000, 0x81);
  EXPECT_FALSE(validate(bomb, limit));
}

TEST(Cbor, holds_the_size_limit_to_the_byte) {
  Writer writer;
  writer.bytes(Bytes(100));
  Bytes const encoded = std::move(writer).finish();
  EXPECT_TRUE(validate(encoded, encoded.size()));
  EXPECT_FALSE(validate(encoded, encoded.size() - 1));
  Reader reader(encoded, encoded.size() - 1);
  EXPECT_FALSE(reader.bytes());
}

TEST(CborReader, reads_back_what_was_written) {
  Writer writer;
  writer.array(7).integer(-5).bytes(hex("00ff")).text("kortti").boolean(true).null();
  writer.map(1).integer(1).tag(18).array(0);
  writer.array(1).text("whole");
  Bytes const encoded = std::move(writer).finish();
  Reader reader(encoded, limit);
  EXPECT_EQ(reader.peek().value(), Kind::array);
  EXPECT_EQ(reader.array().value(), 7U);
  EXPECT_EQ(reader.integer().value(), -5);
  EXPECT_EQ(to_hex(reader.bytes().value()), "00ff");
  EXPECT_EQ(reader.text().value(), "kortti");
  EXPECT_FALSE(reader.null_if_next().value());
  EXPECT_TRUE(reader.boolean().value());
  EXPECT_TRUE(reader.null_if_next().value());
  EXPECT_EQ(reader.map().value(), 1U);
  EXPECT_EQ(reader.integer().value(), 1);
  EXPECT_EQ(reader.peek().value(), Kind::tag);
  EXPECT_EQ(reader.tag().value(), 18U);
  EXPECT_EQ(reader.array().value(), 0U);
  EXPECT_FALSE(reader.finish());
  EXPECT_EQ(to_hex(reader.any().value()), "816577686f6c65");
  EXPECT_TRUE(reader.finish());
  EXPECT_FALSE(reader.peek());
  EXPECT_FALSE(reader.any());
}

TEST(CborReader, consumes_nothing_when_the_kind_is_another) {
  Bytes const encoded = hex("00");
  Reader reader(encoded, limit);
  EXPECT_FALSE(reader.bytes());
  EXPECT_FALSE(reader.text());
  EXPECT_FALSE(reader.boolean());
  EXPECT_FALSE(reader.null());
  EXPECT_FALSE(reader.array());
  EXPECT_FALSE(reader.map());
  EXPECT_FALSE(reader.tag());
  EXPECT_EQ(reader.integer().value(), 0);
}

TEST(CborReader, believes_nothing_of_an_input_with_a_fault_anywhere) {
  Bytes const encoded = hex("82a2010101021864");  // duplicate keys in the first item
  Reader reader(encoded, limit);
  EXPECT_FALSE(reader.peek());
  EXPECT_FALSE(reader.array());
  EXPECT_FALSE(reader.any());
  EXPECT_FALSE(reader.null_if_next());
  EXPECT_FALSE(reader.finish());
}

TEST(CborWriterDeathTest, stops_at_open_nesting_and_unsorted_keys) {
  EXPECT_DEATH(
      {
        Writer writer;
        writer.array(2).integer(1);
        static_cast<void>(std::move(writer).finish());
      },
      "is_one_item");
  EXPECT_DEATH(
      {
        Writer writer;
        writer.map(2).integer(2).null().integer(1).null();
        static_cast<void>(std::move(writer).finish());
      },
      "is_one_item");
}

TEST(CborWriter, throws_at_text_that_is_not_utf_8) {
  Writer writer;
  EXPECT_THROW(writer.text("\xff"), std::invalid_argument);
}

}  // namespace
}  // namespace kaiku::cbor
