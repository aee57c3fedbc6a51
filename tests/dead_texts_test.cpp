// What stands in a text table is said somewhere: by C++ of its room or by a template there. A text
// that nothing says is still translated, and read aloud by whoever checks the words.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/source_text.hpp"

namespace kaiku::tidy {
namespace {

using Files = std::vector<SourceFile>;
using Words = std::set<std::string, std::less<>>;

constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

// The word behind each `mark` of the text.
void add_words_after(Words& words, std::string_view text, std::string_view mark) {
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
    at += mark.size();
    auto const end = text.find_first_not_of(letters, at);
    words.emplace(text.substr(at, end - at));
  }
}

void add_all_words(Words& words, std::string_view text) {
  for (auto at = text.find_first_of(letters); at != text.npos;) {
    auto const end = text.find_first_not_of(letters, at);
    words.emplace(text.substr(at, end - at));
    at = text.find_first_of(letters, end);
  }
}

// "server/pages/public/help.cpp" → "server/pages/": each of these has a `Text` of its own.
std::string_view table_of(std::string_view path) {
  return path.substr(0, path.find('/', path.find('/') + 1) + 1);
}

Words said_in(SourceFile const& file) {
  Words words;
  if (file.path.ends_with(".mustache")) {
    add_words_after(words, file.text, "{{t.");
  } else if (!file.path.ends_with(".def")) {
    auto const code = split_source(file.text).code;
    add_words_after(words, code, "Text::");
    if (code.find("using enum Text;") != code.npos) add_all_words(words, code);
  }
  return words;
}

// What is only filled into another text ({nav_card} in the help) is not said by that: it is there
// because a page has it.
Violations unsaid_texts(Files const& files) {
  Words said;  // as "server/pages/key"
  for (SourceFile const& file : files) {
    for (auto const& word : said_in(file)) said.insert(std::string(table_of(file.path)) + word);
  }
  static constexpr std::string_view row = "KAIKU_TEXT(";
  Violations found;
  for (SourceFile const& file : files) {
    if (!file.path.ends_with(".def")) continue;
    for (auto const& [number, line] : numbered_lines(file.text)) {
      if (!line.starts_with(row)) continue;
      std::string const key(line.substr(row.size(), line.find(',') - row.size()));
      if (said.contains(std::string(table_of(file.path)) + key)) continue;
      found.push_back({file.path, number, "nothing says the text " + key + ": take it out"});
    }
  }
  return found;
}

std::size_t unsaid(std::string table, std::string path, std::string text) {
  return unsaid_texts(
             {{"server/pages/frame/a.def", std::move(table)}, {std::move(path), std::move(text)}})
      .size();
}

TEST(DeadTextRules, a_text_that_nothing_says_is_found) {
  std::string const table = "// Words.\nKAIKU_TEXT(planted, \"a\", \"b\",\n           \"c\")\n";
  auto const found = unsaid_texts({{"server/pages/frame/a.def", table}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().line, 2u);
  EXPECT_EQ(unsaid(table, "server/pages/a.cpp", "f(Text::planted_too);  // Text::planted\n"), 1u);
  EXPECT_EQ(unsaid(table, "server/pages/a.cpp", "int planted = 1; auto x = \"Text::planted\";"),
            1u);
  EXPECT_EQ(unsaid(table, "server/pages/b.mustache", "{{planted}} {{t.planted_too}}"), 1u);
  EXPECT_EQ(unsaid(table, "server/pages/b.def", "KAIKU_GAP(planted, \"{planted}\")\n"), 1u);
  EXPECT_EQ(unsaid(table, "server/print/a.cpp", "f(Text::planted);\n"), 1u) << "another table's";
}

TEST(DeadTextRules, a_text_is_said_by_code_and_by_a_template) {
  std::string const table = "KAIKU_TEXT(said, \"a\", \"b\", \"c\")\n";
  EXPECT_EQ(unsaid(table, "server/pages/a.cpp", "f(pages::Text::said);"), 0u);
  EXPECT_EQ(unsaid(table, "server/pages/a.hpp", "Text t = Text::said;"), 0u);
  EXPECT_EQ(unsaid(table, "server/pages/b.mustache", "<p>{{t.said}}</p>"), 0u);
  EXPECT_EQ(unsaid(table, "server/pages/a.cpp", "using enum Text;\nf(said);"), 0u);
}

TEST(DeadTexts, every_text_is_said_somewhere) {
  Files const files = texts_and_their_readers(KAIKU_SOURCE_DIR);
  ASSERT_GT(files.size(), 200u) << "looked in the wrong folder: " << KAIKU_SOURCE_DIR;
  for (Violation const& violation : unsaid_texts(files)) ADD_FAILURE() << violation.text();
}

}  // namespace
}  // namespace kaiku::tidy
