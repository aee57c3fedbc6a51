// Forms that bring a file.
#include "server/http/multipart.hpp"

#include <gmock/gmock.h>

#include <random>

namespace kaiku::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view type = "multipart/form-data; boundary=----WebKitFormBoundaryAb1";
constexpr std::string_view mark = "------WebKitFormBoundaryAb1";

std::string part(std::string_view disposition, std::string_view content,
                 std::string_view more = "") {
  return std::string(mark) + "\r\nContent-Disposition: form-data; " + std::string(disposition) +
         "\r\n" + std::string(more) + "\r\n" + std::string(content) + "\r\n";
}
std::string file(std::string_view content) {
  return part(R"(name="file"; filename="postinumerot.csv")", content, "Content-Type: text/csv\r\n");
}
std::string whole(std::string_view parts) {
  return std::string(parts) + std::string(mark) + "--\r\n";
}

bool is_refused(std::string_view body, std::string_view content_type = type) {
  auto const form = parse_multipart(content_type, body);
  return !form && form.error().problem == Problem::malformed_request;
}

TEST(Multipart, has_fields_in_order_and_one_file_of_any_bytes) {
  auto const bytes = std::string("00100;091\r\n--\r\n\xe4\0\xff", 19);
  auto const form = parse_multipart(
      type, whole(part(R"(name="csrf")", "abc") + file(bytes) +
                  part(R"(name="rows")", "ä\r\n\r\nb") + part(R"(name="rows")", "")));
  ASSERT_TRUE(form);
  EXPECT_THAT(form->fields,
              ElementsAre(Pair("csrf", "abc"), Pair("rows", "ä\r\n\r\nb"), Pair("rows", "")));
  ASSERT_TRUE(form->file);
  EXPECT_EQ(form->file->field, "file");
  EXPECT_EQ(form->file->content, bytes);
}

TEST(Multipart, without_a_chosen_file_has_none) {
  auto const form = parse_multipart(type, whole(part(R"(name="file"; filename="")", "")));
  ASSERT_TRUE(form);
  EXPECT_FALSE(form->file);
  EXPECT_THAT(form->fields, IsEmpty());
  auto const empty = parse_multipart(type, whole(part(R"(name="file"; filename="a.csv")", "")));
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->file) << "one that is empty is one";
}

TEST(Multipart, is_known_by_its_type_and_names_one_boundary) {
  EXPECT_TRUE(is_multipart("Multipart/Form-Data ;boundary=x"));
  EXPECT_FALSE(is_multipart("multipart/mixed; boundary=x"));
  EXPECT_FALSE(is_multipart("application/x-www-form-urlencoded"));
  EXPECT_TRUE(parse_multipart("multipart/form-data; charset=utf-8; BOUNDARY=\"a b\"", "--a b--"));
  for (std::string_view const bad :
       {"multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=a; boundary=a", "multipart/form-data; boundary=a\xe4",
        "multipart/form-data; boundary=\"a \"", "text/plain; boundary=a"}) {
    EXPECT_TRUE(is_refused("--a--", bad)) << bad;
  }
  EXPECT_TRUE(is_refused("--" + std::string(71, 'a') + "--",
                         "multipart/form-data; boundary=" + std::string(71, 'a')));
}

TEST(Multipart, is_refused_wherever_it_is_cut) {
  auto const body = whole(part(R"(name="csrf")", "abc") + file("00100;091\r\n"));
  ASSERT_TRUE(parse_multipart(type, body));
  for (std::size_t length = 0; length < body.size(); ++length) {
    bool const lacks_last_line_end = length + 2 == body.size();
    EXPECT_EQ(is_refused(body.substr(0, length)), !lacks_last_line_end) << length;
  }
}

TEST(Multipart, is_refused_with_boundaries_missing_doubled_or_longer) {
  auto const one = part(R"(name="csrf")", "abc");
  auto const boundary = std::string(mark);
  EXPECT_TRUE(is_refused(one)) << "no last one";
  EXPECT_TRUE(is_refused(one + boundary + "\r\n" + boundary + "--\r\n"));
  EXPECT_TRUE(is_refused(boundary + "\r\n" + whole(one)));
  EXPECT_TRUE(is_refused(whole(one) + whole(one)));
  EXPECT_TRUE(is_refused("\r\n" + whole(one)));
  EXPECT_TRUE(is_refused("preamble\r\n" + whole(one)));
  EXPECT_TRUE(is_refused(whole(one) + "epilogue"));
  EXPECT_TRUE(is_refused(whole(part(R"(name="a")", "x\r\n" + boundary + "2\r\ny"))));
  EXPECT_TRUE(is_refused(one + boundary + " \r\n"));
}

TEST(Multipart, is_refused_where_a_part_does_not_say_what_it_is) {
  auto const boundary = std::string(mark) + "\r\n";
  for (std::string const head :
       {"", "Content-Type: text/plain\r\n", "Content-Disposition: attachment; name=\"a\"\r\n",
        "Content-Disposition: form-data\r\n", "Content-Disposition: form-data; name=\"\"\r\n",
        "Content-Disposition: form-data; name=a\r\n",
        "Content-Disposition: form-data; name=\"a\r\n",
        "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n",
        "Content-Disposition: form-data; name=\"a\"; filename*=\"x\"\r\n",
        "Content-Disposition: form-data; name=\"a\" x\r\n",
        "Content-Disposition: form-data; name=\"\xff\"\r\n",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
        "name=\"a\"\r\n",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n",
        "Content-Disposition: form-data; name=\"a\"\r\nno colon\r\n"}) {
    EXPECT_TRUE(is_refused(whole(boundary + head + "\r\nx\r\n"))) << head;
  }
  EXPECT_TRUE(is_refused(whole(part(R"(name="a")", "\xff")))) << "a text that is none";
  EXPECT_TRUE(is_refused(whole(part(R"(name="a")", std::string_view("a\0b", 3)))));
  EXPECT_TRUE(is_refused(whole(part(R"(name="a")", "x", "X: " + std::string(1024, 'y') + "\r\n"))));
}

TEST(Multipart, has_one_file_and_as_many_fields_as_any_form) {
  EXPECT_TRUE(is_refused(whole(file("a") + file("b"))));
  std::string many;
  for (std::size_t i = 0; i < max_form_pairs; ++i) many += part(R"(name="a")", "1");
  EXPECT_TRUE(parse_multipart(type, whole(many)));
  EXPECT_TRUE(is_refused(whole(many + part(R"(name="a")", "1"))));
}

// Bytes that look like boundaries and heads, in any order.
TEST(Multipart, brings_back_what_was_put_in) {
  std::mt19937_64 random(7);
  constexpr std::array<std::string_view, 7> pieces{"\r\n", "--", "-", "a", "\r", "\n", ": "};
  for (int round = 0; round < 2'000; ++round) {
    FormPairs fields;
    std::string body;
    for (auto left = random() % 4; left > 0; --left) {
      std::string content;
      for (auto more = random() % 12; more > 0; --more) content += pieces[random() % pieces.size()];
      fields.emplace_back("n" + std::to_string(left), content);
      body += part("name=\"" + fields.back().first + "\"", content);
    }
    auto const form = parse_multipart(type, whole(body));
    ASSERT_TRUE(form) << body;
    EXPECT_EQ(form->fields, fields);
  }
}

}  // namespace
}  // namespace kaiku::http
