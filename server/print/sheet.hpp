// Sheets of cards, and a card alone on a sheet that is used until its ten places are full.
#pragma once

#include <cstddef>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "server/print/card.hpp"
#include "server/print/sheet_form.hpp"

namespace kaiku::print {

// All cards in their order, ten a sheet; when they have backs, a page of backs after each page of
// faces. Asserts at least one card, and an offset in range.
Bytes card_sheets_pdf(std::vector<Card> const& cards, CardDesign const& design,
                      SheetForm const& form, contract::Language language);

// One card at a place from 1 to 10. The sheet goes through the printer once for each of its places,
// so nothing is drawn on another's. Asserts place and offset.
Bytes made_card_pdf(Card const& card, CardDesign const& design, SheetForm const& form,
                    std::size_t place, contract::Language language);

}  // namespace kaiku::print
