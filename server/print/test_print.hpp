// The test print: whether printer and paper keep the measures. No code of ours is on it.
#pragma once

#include <string_view>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "server/print/sheet_form.hpp"

namespace kaiku::print {

// What its QR codes and its barcode read.
inline constexpr std::string_view test_word = "TESTI";

// The frames of the ten cards, rulers of 50 mm both ways, QR codes of a card's version with modules
// of 0.53, 0.45 and 0.40 mm, and the offset in force. Asserts that it is in range.
Bytes test_print_pdf(SheetForm const& form, contract::Language language);

}  // namespace kaiku::print
