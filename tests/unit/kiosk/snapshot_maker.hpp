// Makes what a server would: signed parts of a snapshot and cards to go with them. The stretching
// is short, so that tests do not wait.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/venue_snapshot.hpp"

namespace kaiku::kiosk_tests {

inline crypto::Ed25519PrivateKey ed25519_key(std::uint8_t seed) {
  ByteArray<32> bytes{};
  bytes.fill(seed);
  return crypto::Ed25519PrivateKey::from_seed(bytes);
}

class SnapshotMaker {
 public:
  // 22.11.2026, 12.00 UTC.
  static constexpr Instant noon{1'795'348'800'000'000};

  SnapshotMaker() {
    keys.version = 5;
    list_key(contract::KeyUse::card, card_key);
    list_key(contract::KeyUse::snapshot, snapshot_key);
    cards.row_key.epoch = 1;
    cards.row_key.key.fill(7);
    cards.row_key.salt.fill(8);
    cards.row_key.stretch = {1, {2, 1, 1}};
    keys.stretches = {contract::ListedStretch::of(cards.row_key.stretch)};
    cards.sequence = 1'000;
    cards.issued_at = noon;
    cards.local_only_areas = {AreaId{"LOCAL"}};
    venue.device = DeviceId{7};
    venue.venue = VenueId{40};
    venue.name = "Kaupunginteatteri";
    venue.area = home;
    venue.sequence = 1'000;
    venue.epoch = 1;
    venue.issued_at = noon;
    venue.day = helsinki_day(noon);
    venue.override_reasons = {"known_here", "left_and_returned", "network_down"};
    venue.undo_reasons = {"mistake"};
  }

  void list_key(contract::KeyUse use, crypto::Ed25519PrivateKey const& key,
                std::optional<Instant> until = std::nullopt) {
    auto const raw = key.public_key().raw();
    keys.keys.push_back({use, Bytes(raw.begin(), raw.end()), Instant{}, until});
  }
  contract::CardCode new_code() { return contract::CardCode::random(random_); }
  contract::RowHash row_of(contract::CardCode code) const {
    return contract::row_hash(cards.row_key, code);
  }
  // A personal card with two children, valid for half a year yet.
  contract::CardRow row(contract::CardCode code) const {
    contract::CardRow row;
    row.hash = row_of(code);
    row.last_valid = helsinki_day(noon) + 180;
    row.child_limit = 2;
    return row;
  }
  static void put(contract::CardsPart& part, contract::CardRow const& row) {
    auto const at = std::ranges::lower_bound(part.rows, row.hash, {}, &contract::CardRow::hash);
    part.rows.insert(at, row);
  }
  contract::CardCode add_card() {
    auto const code = new_code();
    put(cards, row(code));
    return code;
  }
  std::string token(contract::CardCode code,
                    std::optional<contract::StockPosition> stock = std::nullopt) const {
    return contract::make_card_token({home, noon.us / second_us, code, stock}, card_key);
  }
  contract::SnapshotEvent& add_event(EventId id) {
    contract::SnapshotEvent event;
    event.id = id;
    event.version = 900;
    event.title.fi = "Pieni merenneito";
    event.starts_at = noon + 4 * hour_us;
    event.ends_at = noon + 6 * hour_us;
    venue.events.push_back(event);
    return venue.events.back();
  }

  Bytes signed_venue() {
    venue.key_list = contract::sign_key_list(keys, root_key);
    return contract::sign_venue_part(venue, snapshot_key);
  }
  Bytes signed_cards() const { return contract::sign_cards_part(cards, snapshot_key); }
  // A delta on top of `base`, with nothing in it yet.
  contract::CardsPart delta(std::int64_t base, std::int64_t sequence) const {
    contract::CardsPart delta;
    delta.row_key = cards.row_key;
    delta.base = base;
    delta.sequence = sequence;
    delta.issued_at = noon;
    delta.local_only_areas = cards.local_only_areas;
    return delta;
  }
  Bytes sign(contract::CardsPart const& part) const {
    return contract::sign_cards_part(part, snapshot_key);
  }

  AreaId home{"KAINUU"};
  crypto::Ed25519PrivateKey root_key = ed25519_key(1);
  crypto::Ed25519PrivateKey card_key = ed25519_key(2);
  crypto::Ed25519PrivateKey snapshot_key = ed25519_key(3);
  contract::KeyList keys;
  contract::CardsPart cards;
  contract::VenuePart venue;

 private:
  SeededRandom random_{1};
};

}  // namespace kaiku::kiosk_tests
