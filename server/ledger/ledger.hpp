// The append-only ledger: [version, seq, recorded_at_us, kind, actor_ref, public, SHA-256(salt ‖
// private)] as deterministic CBOR, leaf = SHA-256(0x00 ‖ entry), RFC 6962 tree over all of them.
#pragma once

#include <functional>
#include <optional>

#include "server/domain/caller.hpp"
#include "server/ledger/entries.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::ledger {

// Proof for the one who asked: the entry as stored, with its leaf hash. Says nothing of the holder.
struct Receipt {
  std::int64_t sequence = 0;
  Digest leaf_hash{};
  Bytes entry;
};

// An entry as it lies in the ledger.
struct Recorded {
  std::int64_t sequence = 0;
  Instant recorded_at;
  domain::Actor actor;
  Entry entry;
  bool private_erased = false;
};

// The card of a use as the caller has found it in this transaction, so that it is not looked up by
// its reference again.
struct KnownCard {
  CardId card;  // 0: a use of earlier years, of which the lineage alone is known
  std::optional<LineageId> lineage;
  contract::CardKind kind = contract::CardKind::personal;
};

// Applies the entry to the projections and writes it, in this transaction; the one way to change
// anything that the ledger knows. The projections come first: what they refuse (a bound key) has
// written nothing.
Receipt append(WriteTx& tx, domain::Actor const& actor, Entry const& entry,
               KnownCard const* known = nullptr);

// Of the newest entry that this transaction sees; 0 when there is none.
std::int64_t last_sequence(ReadTx& tx);

// The receipt of an earlier entry, from what is stored.
std::optional<Receipt> receipt_of(ReadTx& tx, std::int64_t sequence);

// What an earlier entry says in public; its private fields keep their defaults. nullopt: there is
// none of that sequence.
std::optional<Entry> public_entry_at(ReadTx& tx, std::int64_t sequence);

// What an encoded entry says, checked strictly. Throws std::runtime_error with the reason.
struct EncodedEntry {
  std::int64_t version, sequence, recorded_at_us, kind, actor;
  ByteView public_half;
  Digest private_hash;
};
EncodedEntry parse_entry(ByteView encoded);

// Calls `each` for every entry from `from` on, in order, decoded.
void for_each_entry(ReadTx& tx, std::int64_t from,
                    std::function<void(Recorded const&)> const& each);

// Reads the stored end of the ledger and rolls the Merkle frontier forward to it. Storing takes an
// end without gathered leaves.
LedgerEnd load_ledger_end(sql::Connection& connection);
void store_frontier(sql::Connection& connection, LedgerEnd const& end);

}  // namespace kaiku::ledger
