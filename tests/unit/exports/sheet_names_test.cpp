#include "server/exports/sheet_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaiku::exports {
namespace {

using testing::ElementsAre;

std::vector<std::string> named(std::vector<std::string> const& titles) {
  return sheet_names(titles, "Taulukko");
}

TEST(SheetNames, stay_as_they_are_when_excel_takes_them) {
  EXPECT_THAT(named({"Alueet", "Käyttö toimialoittain"}),
              ElementsAre("Alueet", "Käyttö toimialoittain"));
}

TEST(SheetNames, lose_what_excel_does_not_take) {
  EXPECT_THAT(named({"Vuosi: kortit", "a/b\\c[d]*?", "'Kainuu'", "x\ny"}),
              ElementsAre("Vuosi kortit", "a b c d", "Kainuu", "x y"));
}

TEST(SheetNames, are_of_31_characters_and_no_half_ones) {
  std::string const of_31 = "ä234567890123456789012345678901";
  EXPECT_THAT(named({of_31 + "ö"}), ElementsAre(of_31));
  // Excel counts what lies beyond the first plane twice.
  EXPECT_THAT(named({"123456789012345678901234567890🙂"}),
              ElementsAre("123456789012345678901234567890"));
  EXPECT_THAT(named({"123456789012345678901234567890 x"}),
              ElementsAre("123456789012345678901234567890"));
}

TEST(SheetNames, are_told_from_each_other_whatever_their_case) {
  std::string const of_31(31, 'x');
  EXPECT_THAT(named({"Alueet", "alueet", "Alueet", of_31, of_31}),
              ElementsAre("Alueet", "alueet 2", "Alueet 3", of_31, std::string(29, 'x') + " 2"));
}

TEST(SheetNames, are_never_empty_nor_excels_own) {
  EXPECT_THAT(named({"", "?", "History"}), ElementsAre("Taulukko", "Taulukko 2", "Taulukko 3"));
}

}  // namespace
}  // namespace kaiku::exports
