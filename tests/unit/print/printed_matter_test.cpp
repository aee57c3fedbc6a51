// What holds for every PDF of ours, whatever is on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <regex>

#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// For looking at them: see sample.hpp.
void keep_when_asked(sample::Printed const& printed) {
  char const* const folder = std::getenv("KAIKU_PRINT_EXAMPLES");
  if (folder == nullptr) return;
  std::filesystem::create_directories(folder);
  std::ofstream(std::filesystem::path(folder) / (printed.name + ".pdf"), std::ios::binary)
      .write(reinterpret_cast<char const*>(printed.pdf.data()),
             static_cast<std::streamsize>(printed.pdf.size()));
}

TEST(PrintedMatter, is_sound_and_says_its_title_and_its_language) {
  for (auto const& printed : sample::everything()) {
    SCOPED_TRACE(printed.name);
    keep_when_asked(printed);
    Paper const paper(printed.pdf);
    EXPECT_TRUE(paper.is_sound());
    EXPECT_EQ(paper.about("Title"), printed.title);
    EXPECT_EQ(paper.about("CreationDate"), "");
    EXPECT_THAT(paper.catalogue(),
                HasSubstr("/Lang (" + std::string(contract::code_of(printed.language)) + ")"));
    EXPECT_THAT(paper.catalogue(), HasSubstr("/PrintScaling /None"));
  }
}

// All typefaces are inside, and all are those that were asked for: nothing fell back to another.
TEST(PrintedMatter, holds_its_typefaces) {
  for (auto const& printed : sample::everything()) {
    SCOPED_TRACE(printed.name);
    auto const typefaces = Paper(printed.pdf).typefaces();
    EXPECT_THAT(typefaces, Not(IsEmpty()));
    for (auto const& line : typefaces) {
      // name, type, encoding, embedded, a subset, with a table to text
      EXPECT_THAT(line, ContainsRegex("^[A-Z]+\\+NotoSans(Mono)?-(Regular|Bold) .* yes yes yes "));
    }
  }
}

TEST(PrintedMatter, is_the_same_bytes_when_it_is_the_same) {
  auto const once = sample::everything();
  auto const again = sample::everything();
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t at = 0; at < once.size(); ++at) {
    EXPECT_EQ(once[at].pdf, again[at].pdf) << once[at].name;
  }
}

// Each document has typefaces and surfaces of its own.
TEST(PrintedMatter, is_made_by_several_threads_at_the_same_time) {
  auto const expected = letter_pdf(sample::letter(sample::Language::fi));
  std::vector<std::future<Bytes>> made;
  for (int thread = 0; thread < 4; ++thread) {
    made.push_back(std::async(std::launch::async,
                              [] { return letter_pdf(sample::letter(sample::Language::fi)); }));
  }
  for (auto& letter : made) EXPECT_EQ(letter.get(), expected);
}

constexpr char const* card_code =
    "[0-9A-Z]{4}- ?[0-9A-Z]{4}- ?[0-9A-Z]{4}|[0-9A-Z]{12}|KK1";  // a sticker's is on three lines
constexpr char const* recovery_code = "(^|[^-0-9A-Z])K7QW-2M4Z([^-0-9A-Z]|$)";

bool has(std::string const& text, char const* what) {
  return std::regex_search(text, std::regex(what));
}

std::string all_text_of(Paper const& paper) {
  std::string all;
  for (int page = 1; page <= paper.pages(); ++page) all += paper.text(page);
  return all;
}

std::string all_codes_of(Paper const& paper) {
  std::string all;
  for (int page = 1; page <= paper.pages(); ++page) {
    for (auto const& code : paper.codes(page)) all += code + " ";
  }
  return all;
}

TEST(PrintedMatter, never_has_a_recovery_code_together_with_a_card) {
  int with_recovery_code = 0;
  int with_card = 0;
  for (auto const& printed : sample::everything()) {
    Paper const paper(printed.pdf);
    auto const text = all_text_of(paper);
    if (has(text, card_code)) {
      EXPECT_FALSE(has(text, recovery_code)) << printed.name << ": " << text;
      ++with_card;
      continue;
    }
    auto const codes = all_codes_of(paper);
    EXPECT_FALSE(has(codes, card_code)) << printed.name << ": " << codes;
    with_recovery_code += has(text, recovery_code) ? 1 : 0;
  }
  EXPECT_EQ(with_recovery_code, 4) << "the letters";
  EXPECT_EQ(with_card, 8) << "single cards, sheets, stickers";
}

}  // namespace
}  // namespace kaiku::print
