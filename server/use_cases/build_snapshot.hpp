// Makes the two signed parts of a door's snapshot, on a read lane.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/venue_snapshot.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/door_uses.hpp"

namespace kaiku::use_cases {

// All cards as they are now.
contract::CardsPart full_cards_part(ledger::ReadTx& tx, Instant now);
// What changed after a ledger sequence of this epoch; empty lists when nothing did. nullopt when a
// full part is due: the sequence is older than 30 days, an area was changed, or too much was.
std::optional<contract::CardsPart> cards_delta(ledger::ReadTx& tx, std::int64_t since, Instant now);

struct SignedCards {
  Bytes file;
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  Instant made_at;
  ByteArray<8> signed_by{};  // id of the snapshot key
  std::string etag;
};

// Keeps the full part for ten minutes: a delta follows it. Thread-safe; who builds comes from one
// lane (http::Lane::build), so that one build serves all.
class FullCards {
 public:
  // Of the present epoch and snapshot key, and not before `least` in the ledger.
  std::shared_ptr<SignedCards const> get(ledger::ReadTx& tx, std::int64_t least, Instant now);

 private:
  std::shared_ptr<SignedCards const> latest(ledger::ReadTx& tx, std::int64_t least) const;

  mutable std::mutex mutex_;  // guards latest_
  std::shared_ptr<SignedCards const> latest_;
};

// What a door holds already.
struct HeldCards {
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
};
// A delta after what is held, which is not beyond the ledger, or a full part; nullptr when nothing
// changed.
std::shared_ptr<SignedCards const> cards_for_door(ledger::ReadTx& tx, FullCards& full,
                                                  std::optional<HeldCards> const& held,
                                                  Instant now);

// The venue of a device, for that device alone: uses of others, its own being in its journal.
// `file` fits contract::venue_file_limit: uses of the farthest events go first, then the oldest
// uses, then the farthest events.
struct SignedVenue {
  contract::VenuePart part;
  Bytes file;
};
// `missing`: numbers of its journal that the device's folder does not hold.
SignedVenue venue_for_door(ledger::ReadTx& tx, domain::Caller const& device,
                           std::vector<tables::AttemptRange> missing, Instant now);

}  // namespace kaiku::use_cases
