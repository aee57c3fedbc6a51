#include "server/print/community_sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(CommunitySheet, tells_the_ceiling_the_days_and_whom_to_ask) {
  Paper const paper(community_sheet_pdf(sample::community_sheet(Language::fi)));
  EXPECT_EQ(paper.pages(), 1);
  auto const text = paper.text();
  EXPECT_THAT(text, HasSubstr("Kerralla enintään 10 henkeä: työntekijä ja alle 16-vuotiaat."));
  EXPECT_THAT(text, HasSubstr("Voimassa 22.11.2026–21.11.2027. Sen jälkeen ottakaa yhteyttä: "
                              "Ohcejoga sosiálabálvalusat, tel. 040 765 4321."));
  EXPECT_THAT(text, HasSubstr("Paikat: kaiku.example/places."));
}

TEST(CommunitySheet, is_there_in_swedish_and_english) {
  EXPECT_THAT(Paper(community_sheet_pdf(sample::community_sheet(Language::sv))).text(),
              HasSubstr("Högst 10 personer per besök: en anställd och de som är under 16 år."));
  EXPECT_THAT(Paper(community_sheet_pdf(sample::community_sheet(Language::en))).text(),
              HasSubstr("At most 10 people in a visit: a worker and those under 16."));
}

TEST(CommunitySheet, of_an_office_without_a_contact_names_the_office_alone) {
  auto sheet = sample::community_sheet(Language::fi);
  sheet.office_contact.clear();
  EXPECT_THAT(Paper(community_sheet_pdf(sheet)).text(),
              HasSubstr("Sen jälkeen ottakaa yhteyttä: Ohcejoga sosiálabálvalusat."));
}

TEST(CommunitySheet, has_no_code_that_can_be_read) {
  Paper const paper(community_sheet_pdf(sample::community_sheet(Language::fi)));
  EXPECT_THAT(paper.codes(), IsEmpty());
}

}  // namespace
}  // namespace kaiku::print
