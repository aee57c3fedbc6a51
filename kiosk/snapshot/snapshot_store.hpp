// What this door knows of cards, its venue and uses elsewhere: signed parts from the server, proven
// before they are believed, kept in the kiosk's database.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "kiosk/device/database.hpp"
#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/venue_snapshot.hpp"

namespace kaiku::kiosk {

// A consistent look at both parts; either may be missing on a new device.
struct SnapshotView {
  std::shared_ptr<contract::CardTable const> cards;
  std::shared_ptr<contract::OpenedVenuePart const> venue;
  Instant cards_as_of;  // server time at which the cards were last known to be current

  // The newest time that the server has signed for: a lower bound of now.
  Instant newest() const;
};

// So many deltas, or so many bytes of them, and a full part is due.
inline constexpr std::size_t most_deltas = 64;
inline constexpr std::size_t most_delta_bytes = 64 * 1024;

// Thread-safe. The door looks, the sync brings; each brings its own connection.
class SnapshotStore {
 public:
  explicit SnapshotStore(crypto::Ed25519PublicKey const& root) : root_(root) {}

  // Reads what is stored. A part that does not prove itself is left out and told of in `fault`.
  void load(Database& database);

  enum class Taken {
    taken,
    refused,   // signature, form or version is wrong: nothing is changed
    not_next,  // a delta of another epoch or base: ask for the full part
    another,   // made for another device than `device`: nothing is changed
  };
  // A full part replaces; a delta continues. Durable on return; when the disk does not take it
  // (StorageFailure) nothing is changed. The venue part comes first: it brings the keys. Its key
  // list may not be older than the newest seen. `as_of`: the server's time of the answer.
  Taken take_venue(Database& database, ByteView signed_part,
                   std::optional<DeviceId> device = std::nullopt);
  Taken take_cards(Database& database, ByteView signed_part, Instant as_of);
  // The server says that nothing has changed.
  void confirm_cards(Database& database, Instant as_of);

  SnapshotView view() const;
  // Why the last venue part, else the last cards part, was refused; empty when both were taken.
  std::string fault() const;
  // True when so many deltas have gathered that a full part is due.
  bool wants_full() const;

 private:
  // How much of the cards part came as deltas.
  struct Deltas {
    std::size_t count = 0;
    std::size_t bytes = 0;
  };
  // Of the two parts apart, so that one that is taken does not hide the other's fault.
  struct Faults {
    std::string venue;
    std::string cards;
  };
  using Cards = std::shared_ptr<contract::CardTable const>;
  using Venue = std::shared_ptr<contract::OpenedVenuePart const>;

  Venue venue() const;
  Taken refuse(std::string Faults::*part, Error const& error);
  void load_venue(Database& database);
  void load_cards(Database& database);
  Taken take_full(Database& database, contract::CardsPart&& full, ByteView signed_part,
                  Instant as_of);
  Taken take_delta(Database& database, contract::CardsPart const& delta, ByteView signed_part,
                   Instant as_of);
  Taken publish(Cards cards, Deltas deltas, Instant as_of);

  crypto::Ed25519PublicKey root_;
  mutable std::mutex mutex_;
  SnapshotView view_;
  Faults faults_;
  Deltas deltas_;
  std::int64_t least_key_list_ = 0;
};

}  // namespace kaiku::kiosk
