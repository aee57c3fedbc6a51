// How pieces of the OpenAPI file are told.
#include "server/pages/public/api_words.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

TEST(ApiWords, tell_a_value_by_its_kind_and_its_limits) {
  EXPECT_EQ(api_kind({{"type", "string"}, {"minLength", 1}, {"maxLength", 64}}),
            "text, 1 to 64 characters");
  EXPECT_EQ(api_kind({{"type", {"integer", "null"}}, {"minimum", 0}}),
            "integer or null, at least 0");
  EXPECT_EQ(api_kind({{"type", "integer"}, {"maximum", 200}, {"default", 50}}),
            "integer, at most 200, 50 when absent");
  EXPECT_EQ(api_kind({{"type", "boolean"}}), "true or false");
  EXPECT_EQ(api_kind({{"type", "array"}, {"minItems", 1}, {"maxItems", 400}}),
            "list, 1 to 400 items");
  EXPECT_EQ(api_kind({{"type", {"string", "null"}}, {"format", "date-time"}}),
            "time (RFC 3339) or null");
  EXPECT_EQ(api_kind({{"enum", {"fi", "sv", nullptr}}}), "one of fi, sv, null");
  EXPECT_EQ(api_kind({{"const", "ok"}}), "always ok");
  EXPECT_EQ(api_kind({{"type", "string"}, {"pattern", "^[0-9]{5}$"}}), "text, like ^[0-9]{5}$");
}

TEST(ApiWords, let_no_text_of_the_file_become_markup) {
  EXPECT_EQ(api_prose("`If-Match` & <b>"), "<code>If-Match</code> &amp; &lt;b&gt;");
  EXPECT_EQ(api_prose("left `open"), "left <code>open</code>");
  EXPECT_EQ(api_escaped("a < \"b\""), "a &lt; \"b\"");
}

TEST(ApiWords, write_an_example_in_lines_that_fit_a_narrow_screen) {
  EXPECT_EQ(api_example({{"status", "ok"}}), R"({"status": "ok"})");
  EXPECT_EQ(api_example("# TYPE x counter\n"), "# TYPE x counter\n");
  ApiJson long_one = {{"name", std::string(70, 'n')}, {"ids", {1, 2}}, {"none", ApiJson::array()}};
  EXPECT_EQ(api_example(long_one), "{\n  \"name\": \"" + std::string(70, 'n') +
                                       "\",\n  \"ids\": [1, 2],\n  \"none\": []\n}");
}

}  // namespace
}  // namespace kaiku::pages
