// Cards of a batch on their way to a printer: the same codes and the same QR texts each time.
#pragma once

#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/stock.hpp"
#include "server/tables/stock.hpp"
#include "server/use_cases/hand_range.hpp"

namespace kaiku::use_cases {

// The QR texts of these cards, signed anew. A signature by the same key over the same claims is the
// same text; which second a batch was signed in is told by the hashes of its texts. Under a newer
// key they are new texts of the same codes, as good as the first. Some 60 µs a card: not for the
// writer.
std::vector<std::string> qr_texts_of(keys::KeyRing const& keys, BatchId batch, AreaId const& area,
                                     std::vector<tables::StockCard> const& cards);

// Writes that somebody had the cards of a range printed that are in stock. Faults as of a range.
Result<void> note_sheet_printed(ledger::WriteTx& tx, BatchId batch, Range const& range,
                                domain::PrintedAs printed_as, domain::Caller const& caller);

}  // namespace kaiku::use_cases
