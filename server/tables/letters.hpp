// The links of holders' letters, and where an office prints its next made card.
#pragma once

#include <optional>
#include <string_view>

#include "server/ledger/transactions.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::tables {

// The secret part of the link, as a keyed hash.
void put_letter_key(ledger::WriteTx& tx, LineageId lineage, std::string_view key);
void erase_letter_keys(ledger::WriteTx& tx, LineageId lineage);
// The card in use of the holder who has this letter; nullopt when it is nobody's letter, or no
// longer anybody's.
std::optional<Card> card_of_letter_key(ledger::ReadTx& tx, std::string_view key);

// The place of its sheet, from 1 on, that an office's next made card is printed on.
int next_card_place(ledger::ReadTx& tx, OfficeId office);
void put_next_card_place(ledger::WriteTx& tx, OfficeId office, int place);

}  // namespace kaiku::tables
