// One word an idea, in every text of the kiosk.
#include "tests/support/glossary.hpp"

#include <gtest/gtest.h>

#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {
namespace {

TEST(KioskGlossary, holds_for_every_text) {
  constexpr auto last = static_cast<int>(Word::enrol_stored_nothing);
  for (int n = 0; n <= last; ++n) {
    for (auto const language : contract::languages) {
      auto const said = text(static_cast<Word>(n), language);
      auto const key = "word " + std::to_string(n);
      for (auto const& fault : test::glossary_faults(language, key, said)) ADD_FAILURE() << fault;
    }
  }
}

}  // namespace
}  // namespace kaiku::kiosk
