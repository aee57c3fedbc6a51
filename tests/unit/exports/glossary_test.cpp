// One word an idea, in what the files of a report say.
#include "tests/support/glossary.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "schema/values/ascii.hpp"
#include "server/exports/texts.hpp"

namespace kaiku::exports {
namespace {

TEST(ExportGlossary, holds_for_every_text) {
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    for (auto const language : contract::languages) {
      auto const text = in(language, static_cast<Text>(n));
      auto const key = "text " + std::to_string(n);
      for (auto const& fault : test::glossary_faults(language, key, text)) ADD_FAILURE() << fault;
    }
  }
}

TEST(ExportTexts, that_name_files_are_of_ascii_letters_and_hyphens) {
  for (auto const text : {Text::file_annual, Text::file_usage, Text::file_cohorts, Text::file_flows,
                          Text::file_annex, Text::file_value, Text::file_venue, Text::file_run}) {
    for (auto const language : contract::languages) {
      EXPECT_TRUE(std::ranges::all_of(in(language, text), [](char c) {
        return ascii::is_lower(c) || c == '-';
      })) << in(language, text);
    }
  }
}

}  // namespace
}  // namespace kaiku::exports
