#include "server/exports/pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/exports/sample.hpp"
#include "tests/unit/print/paper.hpp"

namespace kaiku::exports {
namespace {

using contract::Language;
using print::Paper;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// For looking at them: KAIKU_PRINT_EXAMPLES=/tmp/examples kaiku_exports_tests
Paper paper_of(reports::ReportDocument const& document, std::string const& name) {
  auto const pdf = pdf_file(document);
  if (char const* const folder = std::getenv("KAIKU_PRINT_EXAMPLES")) {
    std::filesystem::create_directories(folder);
    std::ofstream(std::filesystem::path(folder) / (name + ".pdf"), std::ios::binary)
        .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  }
  return Paper(pdf);
}

TEST(ReportPdf, says_what_the_report_says) {
  auto const paper = paper_of(sample::document(), "report");
  EXPECT_EQ(paper.pages(), 1);
  EXPECT_NEAR(paper.page_size().width, print::a4.width, 0.5);
  auto const text = paper.text();
  EXPECT_THAT(text, AllOf(HasSubstr("Vuositilasto 2026"), HasSubstr("Koko verkosto"),
                          HasSubstr("1.1.2026–31.12.2026"), HasSubstr("Vuosi: kortit"),
                          HasSubstr("Alueet")));
  EXPECT_THAT(text, ContainsRegex("2026 50.{1,2}862 26,7.{1,2}% 12.{1,2}% 2\\.3\\.2027"));
  EXPECT_THAT(text, HasSubstr("Kainuu; itä 1203 <5"));
  EXPECT_THAT(text, HasSubstr("=HYPERLINK(\"http://x\";\"y\") … –"));
  EXPECT_THAT(text, HasSubstr("Ylä, \"Savo\" & <Co> –7"));
  EXPECT_THAT(text, ContainsRegex("Yhteensä ≥ 1203 10.{1,2}027"));
  EXPECT_THAT(text, AllOf(HasSubstr("Merkit ja huomautukset"), HasSubstr("…: lukua ei näytetä"),
                          HasSubstr("Tiiviste 9f000"), HasSubstr("Miten tämä on laskettu?"),
                          HasSubstr("Jakson aikana rekisteröidyt kortit.")));
}

TEST(ReportPdf, is_there_in_swedish_and_english) {
  EXPECT_THAT(paper_of(sample::document(Language::sv), "report_sv").text(),
              AllOf(HasSubstr("Hur har det räknats?"), HasSubstr("Sida 1/1")));
  EXPECT_THAT(paper_of(sample::document(Language::en), "report_en").text(),
              AllOf(HasSubstr("How is this counted?"), HasSubstr("Page 1/1"),
                    HasSubstr("50,862 26.7% 12%"), HasSubstr("≥ 1,203 10,027")));
}

TEST(ReportPdf, has_its_head_on_each_page_and_the_run_with_the_pages_number_in_the_foot) {
  auto const paper = paper_of(sample::long_document(120), "long");
  ASSERT_GE(paper.pages(), 3);
  int heads = 0;
  int rows = 0;
  for (int page = 1; page <= paper.pages(); ++page) {
    auto const text = paper.text(page);
    EXPECT_THAT(text, HasSubstr("Vuositilasto 2026 · Ajo 2026, tilanne 2.3.2027 klo 0.10"));
    EXPECT_THAT(text,
                HasSubstr("Sivu " + std::to_string(page) + "/" + std::to_string(paper.pages())));
    bool const has_rows = text.find("Kunta ") != std::string::npos;
    bool const has_head = text.find("Alue Aikuiset Lapset") != std::string::npos;
    EXPECT_EQ(has_rows, has_head) << page;
    heads += has_head ? 1 : 0;
    for (auto at = text.find("Kunta "); at != text.npos; at = text.find("Kunta ", at + 1)) ++rows;
  }
  EXPECT_GE(heads, 3);
  EXPECT_EQ(rows, 120) << "each once";
}

// Wherever the end of a page comes.
TEST(ReportPdf, leaves_no_total_alone_and_loses_no_row) {
  for (int rows = 30; rows <= 60; ++rows) {
    SCOPED_TRACE(rows);
    Paper const paper(pdf_file(sample::long_document(rows)));
    int with_total = 0;
    for (int page = 1; page <= paper.pages(); ++page) {
      auto const text = paper.text(page);
      auto const total = text.find("Yhteensä");
      if (total == std::string::npos) continue;
      ++with_total;
      EXPECT_THAT(text.substr(0, total), HasSubstr("Kunta " + std::to_string(rows) + " "));
    }
    EXPECT_EQ(with_total, 1);
  }
}

TEST(ReportPdf, draws_nothing_outside_of_its_margins) {
  auto document = sample::long_document(80);
  document.tables.front().rows[40].cells.front() = "Pitkä " + std::string(300, 'x') + " nimi";
  auto const paper = paper_of(document, "margins");
  auto const page_size = paper.page_size();
  for (int page = 1; page <= paper.pages(); ++page) {
    for (auto const& word : paper.words(page)) {
      EXPECT_GE(word.box.x, 14.5) << word.text;
      EXPECT_LE(word.box.x + word.box.width, page_size.width - 14.5) << word.text;
      EXPECT_LE(word.box.y + word.box.height, page_size.height - 5) << word.text;
    }
  }
}

std::vector<print::Word> words_named(Paper const& paper, std::string const& text) {
  auto found = paper.words();
  std::erase_if(found, [&](print::Word const& word) { return word.text != text; });
  return found;
}

TEST(ReportPdf, has_numbers_and_signs_at_the_right_of_their_columns) {
  auto const paper = paper_of(sample::document(), "right");
  auto const right_end = [&](std::string const& text) {
    auto const words = words_named(paper, text);
    EXPECT_EQ(words.size(), 1u) << text;
    return words.empty() ? 0 : words.front().box.x + words.front().box.width;
  };
  EXPECT_NEAR(right_end("Aikuiset"), right_end("–7"), 0.7);
  EXPECT_NEAR(right_end("Aikuiset"), right_end("…"), 0.7);
  EXPECT_NEAR(right_end("Lapset"), right_end("<5"), 0.7);
  EXPECT_NEAR(right_end("Lapset"), right_end("–"), 0.7);
}

TEST(ReportPdf, breaks_long_names_and_no_number) {
  auto document = sample::long_document(3);
  std::string name;
  for (int word = 0; word < 40; ++word) name += "kulttuurikeskus ";
  document.tables.front().rows.front().cells = {name + "loppu", sample::shown(1'203'456),
                                                sample::at_least(7'654'321)};
  auto const paper = paper_of(document, "long_names");
  auto const first = words_named(paper, "kulttuurikeskus");
  ASSERT_EQ(first.size(), 40u);
  EXPECT_GT(first.back().box.y, first.front().box.y + 10) << "several lines";
  EXPECT_NEAR(paper.page_size().width, print::a4.width, 0.5) << "upright, since names may break";
  EXPECT_THAT(paper.text(), ContainsRegex("1.{1,2}203.{1,2}456"));
  EXPECT_THAT(paper.text(), ContainsRegex("≥ 7.{1,2}654.{1,2}321"));
  // The row below begins where the name has ended.
  auto const below = words_named(paper, "=HYPERLINK(\"http://x\";\"y\")");
  ASSERT_EQ(below.size(), 1u);
  EXPECT_GE(below.front().box.y, first.back().box.y + first.back().box.height - 1);
}

TEST(ReportPdf, lies_on_its_side_when_its_tables_are_too_wide) {
  auto document = sample::long_document(2);
  auto& table = document.tables.front();
  for (int column = 0; column < 6; ++column) {
    table.columns.push_back({"c" + std::to_string(column), "Käyttökertoja", true});
    for (auto& row : table.rows) row.cells.emplace_back(sample::shown(12'345));
  }
  auto const paper = paper_of(document, "wide");
  EXPECT_NEAR(paper.page_size().width, print::a4.height, 0.5);
  for (auto const& word : paper.words()) {
    EXPECT_LE(word.box.x + word.box.width, paper.page_size().width - 14.5) << word.text;
  }
}

TEST(ReportPdf, is_sound_holds_its_typefaces_and_tags_its_headings_and_tables) {
  auto const paper = paper_of(sample::document(), "tags");
  EXPECT_TRUE(paper.is_sound());
  EXPECT_EQ(paper.about("Title"), "Vuositilasto 2026");
  EXPECT_EQ(paper.about("CreationDate"), "");
  EXPECT_THAT(paper.catalogue(), HasSubstr("/Lang (fi)"));
  auto const typefaces = paper.typefaces();
  EXPECT_THAT(typefaces, Not(IsEmpty()));
  // Noto Sans has no "≥"; it is that of Noto Sans Mono.
  for (auto const& line : typefaces) {
    EXPECT_THAT(line, ContainsRegex("^[A-Z]+\\+NotoSans(Mono)?-(Regular|Bold) .* yes yes yes "));
  }
  EXPECT_EQ(paper.structure(), "H1 P P P H2 Table H2 Table H2 P P P H2 H3 P H3 P ");
}

TEST(ReportPdf, is_the_same_bytes_when_it_is_the_same) {
  EXPECT_EQ(pdf_file(sample::document()), pdf_file(sample::document()));
}

TEST(ReportPdf, of_a_table_without_rows_has_its_head) {
  auto document = sample::document();
  document.tables.back().rows.clear();
  EXPECT_THAT(paper_of(document, "no_rows").text(), HasSubstr("Alue Aikuiset Lapset"));
}

}  // namespace
}  // namespace kaiku::exports
