#include "server/exports/file_names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace kaiku::exports {
namespace {

using contract::Language;

TEST(FileNames, name_report_period_place_and_run_in_the_readers_language) {
  FileName const name{.report = Report::annual, .period = "2026", .place = {}, .run = "2026"};
  EXPECT_EQ(file_stem(Language::fi, name), "kaiku-vuositilasto-2026-ajo-2026");
  EXPECT_EQ(file_stem(Language::sv, name), "kaiku-arsstatistik-2026-korning-2026");
  EXPECT_EQ(file_stem(Language::en, name), "kaiku-yearly-statistic-2026-run-2026");
  FileName const of_area{
      .report = Report::annual, .period = "2026", .place = "Kainuu", .run = "2026.2"};
  EXPECT_EQ(file_stem(Language::fi, of_area), "kaiku-vuositilasto-2026-kainuu-ajo-2026.2");
}

TEST(FileNames, know_every_report) {
  struct Expected {
    Report report;
    std::array<std::string_view, 3> stems;
  };
  for (auto const& [report, stems] : {
           Expected{Report::usage,
                    {"kaiku-kaytto-2026-q1", "kaiku-anvandning-2026-q1", "kaiku-usage-2026-q1"}},
           Expected{Report::cohorts,
                    {"kaiku-kohortit-2026-q1", "kaiku-kohorter-2026-q1", "kaiku-cohorts-2026-q1"}},
           Expected{Report::flows,
                    {"kaiku-liikkuvuus-2026-q1", "kaiku-rorlighet-2026-q1", "kaiku-flows-2026-q1"}},
           Expected{Report::annex,
                    {"kaiku-hyvinvointiliite-2026-q1", "kaiku-valfardsbilaga-2026-q1",
                     "kaiku-wellbeing-annex-2026-q1"}},
           Expected{Report::value,
                    {"kaiku-arvolaskelma-2026-q1", "kaiku-vardekalkyl-2026-q1",
                     "kaiku-value-sheet-2026-q1"}},
           Expected{Report::venue,
                    {"kaiku-kohteen-luvut-2026-q1", "kaiku-aktorens-siffror-2026-q1",
                     "kaiku-venue-numbers-2026-q1"}},
       }) {
    for (std::size_t at = 0; at < stems.size(); ++at) {
      EXPECT_EQ(file_stem(contract::languages[at], {.report = report, .period = "2026-Q1"}),
                stems[at]);
    }
  }
}

std::string stem_of_place(std::string place) {
  return file_stem(Language::fi, {.report = Report::usage, .period = "2026", .place = place});
}

TEST(FileNames, have_letters_digits_and_hyphens_alone) {
  EXPECT_EQ(stem_of_place("Äänekoski"), "kaiku-kaytto-2026-aanekoski");
  EXPECT_EQ(stem_of_place("Åland / Jomala"), "kaiku-kaytto-2026-aland-jomala");
  EXPECT_EQ(stem_of_place("Ohcejoga sosiálabálvalusat"),
            "kaiku-kaytto-2026-ohcejoga-sosialabalvalusat");
  EXPECT_EQ(stem_of_place("../\"x\";\r\n y 中"), "kaiku-kaytto-2026-x-y");
  EXPECT_EQ(stem_of_place("\xff\xfe"), "kaiku-kaytto-2026");
  EXPECT_EQ(file_stem(Language::fi, {.report = Report::usage, .period = "2026", .run = "a/b\n"}),
            "kaiku-kaytto-2026-ajo-a-b-");
}

}  // namespace
}  // namespace kaiku::exports
