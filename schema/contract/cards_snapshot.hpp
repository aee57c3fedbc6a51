// The cards part of a snapshot: the same for all doors, a row for each card, no codes
// (schema/snapshot.cddl).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/contract/dead_set.hpp"
#include "schema/contract/key_list.hpp"
#include "schema/contract/row_hash.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

// One card: 8 bytes of hash and 4 of facts in the file. What does not fit lies in side lists.
struct CardRow {
  RowHash hash = 0;
  StoredState state = StoredState::registered;
  CardKind kind = CardKind::personal;
  Day first_valid;  // kept in the file only while it lies after the snapshot's day
  Day last_valid;   // 1970 … 2149
  int child_limit = 0;
  std::uint8_t home = 0;  // n: of the n-th of `local_only_areas`; 0: of any other area
  int community_ceiling = 0;
  bool operator==(CardRow const&) const = default;
};
struct VoidRange {
  std::int64_t batch = 0;
  std::int64_t from = 0;  // positions, inclusive
  std::int64_t to = 0;
  bool operator==(VoidRange const&) const = default;
};

// A full file (base 0) or a delta: what changed after ledger sequence `base`.
struct CardsPart {
  RowKey row_key;
  std::int64_t base = 0;
  std::int64_t sequence = 0;  // of the ledger
  Instant issued_at;
  // Where a door has to tell its own cards from others; no other home is told (data minimisation).
  std::vector<AreaId> local_only_areas;
  std::vector<CardRow> rows;        // sorted by hash, unique
  std::vector<RowHash> removed;     // delta: rows that are no more
  std::vector<VoidRange> voids;     // delta: the new ones
  DeadSet dead;                     // full
  std::vector<RowHash> newly_dead;  // delta
  bool operator==(CardsPart const&) const = default;
};

inline constexpr std::size_t cards_file_limit = 4 * 1024 * 1024;

Bytes sign_cards_part(CardsPart const& part, crypto::Ed25519PrivateKey const& snapshot_key);
// Problem::unreadable for another form, version or signature, a key that the list does not have at
// `now`, or a stretch of codes that it does not name or this program does not know.
Result<CardsPart> open_cards_part(ByteView signed_part, KeyList const& keys, Instant now);

// The cards that a door knows: a full part and the deltas after it. Rows lie packed, 12 bytes each.
class CardTable {
 public:
  // Takes a full part; asserts base == 0.
  explicit CardTable(CardsPart const& full);
  // False, and nothing is changed, when the delta is of another epoch, of other local-only areas or
  // does not start where this table ends: ask for the full file.
  bool apply(CardsPart const& delta);

  RowKey const& row_key() const { return row_key_; }
  std::int64_t sequence() const { return sequence_; }
  Instant issued_at() const { return issued_at_; }
  std::size_t size() const { return rows_.size() / packed_row_size; }

  // What is known of a card; nullopt when it has no row. The home area is empty when not told.
  std::optional<CardFacts> find(RowHash hash) const;
  // Whether cards of an area are told apart from those of others.
  bool tells_homes_of(AreaId const& area) const;
  // For genuine tokens without a row: dead long ago, or of a voided range of stock.
  bool is_dead(RowHash hash) const { return dead_.has(hash); }
  bool is_void(StockPosition const& position) const;

  static constexpr std::size_t packed_row_size = 12;

 private:
  struct Beside {  // side lists, sorted by hash
    std::vector<std::pair<RowHash, Day>> first_valid;
    std::vector<std::pair<RowHash, int>> ceiling;
    std::vector<std::pair<RowHash, int>> child_limit;
  };
  RowKey row_key_;
  std::int64_t sequence_ = 0;
  Instant issued_at_;
  std::vector<AreaId> local_only_areas_;
  Bytes rows_;
  Beside beside_;
  DeadSet dead_;
  std::vector<VoidRange> voids_;
};

}  // namespace kaiku::contract
