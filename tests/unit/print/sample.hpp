// Printed matter of every kind, for the tests and for looking at it:
//   KAIKU_PRINT_EXAMPLES=/tmp/examples kaiku_print_tests --gtest_filter='PrintedMatter*'
#pragma once

#include <string>
#include <vector>

#include "server/print/card.hpp"
#include "server/print/community_sheet.hpp"
#include "server/print/letter.hpp"

namespace kaiku::print::sample {

using contract::Language;

// A stock card: batch 42, and a code of its own for each position.
Card stock_card(std::int64_t position, CardKind kind = CardKind::personal);
std::vector<Card> stock_cards(std::size_t count);
// A card without a place in a batch.
Card made_card(CardKind kind = CardKind::personal);
CardDesign design();
// A small picture in colours: a disc on a ring.
Mark mark();

Letter letter(Language language);
// With names as long as they may be: 200 characters.
Letter letter_with_long_names(Language language);
CommunitySheet community_sheet(Language language);

struct Printed {
  std::string name;
  std::string title;
  Language language;
  Bytes pdf;
};
std::vector<Printed> everything();

}  // namespace kaiku::print::sample
