// What a form of printing was given: which cards, as what, how the sheet is laid out.
#pragma once

#include <optional>
#include <string_view>

#include "server/domain/stock.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/print/sheet_form.hpp"
#include "server/tables/stock.hpp"

namespace kaiku::pages {

// Millimetres as people write them ("-0,5", "+1", "2.25") in tenths of them, empty as none;
// nullopt beyond 5 mm and for anything else.
std::optional<int> tenths_from(std::string_view typed);

// The fields spacing, right and down, and back; an offset that cannot be read is a fault.
http::FormPairs pairs_of(tables::PrintForm const& form, Language language);
tables::PrintForm layout_of(FormValues const& typed, std::string_view prefix,
                            tables::PrintForm const& otherwise);
print::SheetForm sheet_form_of(tables::PrintForm const& form);

struct TypedPrint {
  std::optional<use_cases::Range> range;
  domain::PrintedAs printed_as = domain::PrintedAs::cards;
  tables::PrintForm layout;
  std::int64_t in_stock = 0;
  PageFaults faults;
};
TypedPrint judge_typed_print(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             FormValues const& typed, Language language);

}  // namespace kaiku::pages
