// One word an idea, in everything that is printed.
#include "tests/support/glossary.hpp"

#include <gtest/gtest.h>

#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

TEST(PrintGlossary, holds_for_every_text) {
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    for (auto const language : contract::languages) {
      auto const text = in(language, static_cast<Text>(n));
      auto const key = "text " + std::to_string(n);
      for (auto const& fault : test::glossary_faults(language, key, text)) ADD_FAILURE() << fault;
    }
  }
}

}  // namespace
}  // namespace kaiku::print
