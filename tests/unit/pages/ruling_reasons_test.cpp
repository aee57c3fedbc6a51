// Why a use that waits is accepted or rejected, as the pages offer it.
#include "server/pages/coordinator/ruling_reasons.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/domain/plausibility.hpp"

namespace kaiku::pages {
namespace {

std::string label_of(std::vector<Option> const& options, std::string_view value) {
  auto const found = std::ranges::find(options, value, &Option::value);
  return found == options.end() ? std::string() : found->label;
}

TEST(RulingReasons, every_reason_that_the_register_takes_is_offered_in_words) {
  for (auto const language : {Language::fi, Language::sv, Language::en}) {
    auto const both = ruling_options(language);
    for (bool const accepted : {true, false}) {
      auto const words = accepted ? domain::acceptance_reasons() : domain::rejection_reasons();
      auto const options = ruling_reason_options(language, accepted);
      ASSERT_EQ(options.size(), words.size() + 1);
      EXPECT_EQ(options.front().value, "") << "nothing is chosen for the reader";
      for (auto const word : words) {
        auto const label = label_of(options, word);
        EXPECT_NE(label, "") << word;
        EXPECT_NE(label, word) << "a word of the register is no text";
        auto const value = (accepted ? "accepted:" : "rejected:") + std::string(word);
        EXPECT_TRUE(label_of(both, value).ends_with(": " + label)) << value;
      }
    }
    EXPECT_EQ(both.size(), 7U);
  }
  EXPECT_EQ(label_of(ruling_options(Language::fi), "rejected:told_twice"),
            "Älä hyväksy: kirjattu kahdesti");
}

TEST(RulingReasons, what_was_chosen_is_the_ruling_that_the_choice_named) {
  for (auto const& option : ruling_options(Language::en)) {
    auto const chosen = chosen_ruling(option.value);
    if (option.value.empty()) {
      EXPECT_EQ(chosen.reason, "");
      continue;
    }
    EXPECT_EQ(chosen.accepted, option.label.starts_with("Accept: ")) << option.value;
    EXPECT_TRUE(domain::is_ruling_reason(chosen.accepted, chosen.reason)) << option.value;
  }
  EXPECT_FALSE(chosen_ruling("accept:paper_seen").accepted);
  EXPECT_EQ(chosen_ruling("accepted").reason, "") << "a ruling without its reason is none";
}

}  // namespace
}  // namespace kaiku::pages
