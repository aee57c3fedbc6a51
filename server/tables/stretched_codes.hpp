// The slow hashes of card codes, kept in the vault, and the keys that make rows of a snapshot of
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "schema/contract/card_code.hpp"
#include "schema/contract/row_hash.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// Each device reported stolen begins an epoch, and with it another row key: 1 + their number.
std::int64_t row_epoch(ledger::ReadTx& tx);
// The key of any epoch, also of past ones; all from the one secret `keys.rows`.
contract::RowKey row_key_of(keys::KeyRing const& keys, std::int64_t epoch);
// At start: what was stretched before is of no use under another salt or cost.
// Throws std::runtime_error with what to do; true when it noted them for the first time.
bool keep_row_salt(ledger::WriteTx& tx);

// A place in the order in which cards came into their states.
struct CardChange {
  std::int64_t seq = 0;
  CardId card;
};
enum class Towards { newer, older };
struct CodesToStretch {
  std::vector<std::pair<CardId, contract::CardCode>> codes;
  std::optional<CardChange> reached;  // go on from here; nullopt: nothing lies that way
};
// Cards in somebody's hands whose code is not stretched yet, at most `most` of them; towards older
// ones only those after the entry `down_to`. Looks at a bounded number of rows, so `codes` may be
// empty before the end is reached. A code that does not open is left out: verify tells of it.
CodesToStretch codes_to_stretch(ledger::ReadTx& tx, CardChange const& from, Towards way,
                                std::size_t most, std::int64_t down_to = 0);

// Every card that came into its state at or before this entry has been looked at; 0: none yet.
std::int64_t stretched_up_to(ledger::ReadTx& tx);
void note_stretched_up_to(ledger::WriteTx& tx, std::int64_t sequence);

// Nothing happens when the card was erased meanwhile or has its hash already.
void put_stretched(ledger::WriteTx& tx, CardId card, Digest const& stretched);
std::optional<Digest> stretched_of(ledger::ReadTx& tx, CardId card);
// Opens a sealed hash that a query has at hand.
Digest open_stretched(keys::KeyRing const& keys, CardId card, ByteView sealed);

}  // namespace kaiku::tables
