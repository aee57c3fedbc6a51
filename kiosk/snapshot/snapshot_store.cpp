#include "kiosk/snapshot/snapshot_store.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/device/store.hpp"

namespace kaiku::kiosk {

namespace {

constexpr char const* venue_name = "venue";
constexpr char const* cards_name = "cards";
constexpr char const* as_of_setting = "cards_as_of_us";
constexpr char const* key_list_setting = "key_list_version";

void store_part(Database& database, char const* name, std::size_t place, ByteView signed_part,
                Instant taken) {
  database
      .prepare(R"(
        INSERT OR REPLACE INTO snapshot_part (name, place, taken_us, signed)
        VALUES (?1, ?2, ?3, ?4))")
      .bind(1, std::string_view(name))
      .bind(2, static_cast<std::int64_t>(place))
      .bind(3, taken.us)
      .bind(4, signed_part)
      .step();
}

void drop_cards_from(Database& database, std::size_t place) {
  database.prepare("DELETE FROM snapshot_part WHERE name = 'cards' AND place >= ?1")
      .bind(1, static_cast<std::int64_t>(place))
      .step();
}

void store_as_of(Database& database, Instant as_of) {
  set_setting(database, as_of_setting, std::to_string(as_of.us));
}

}  // namespace

Instant SnapshotView::newest() const {
  Instant newest{};
  if (cards) newest = std::max(newest, cards->issued_at());
  if (venue) newest = std::max(newest, venue->part.issued_at);
  return newest;
}

SnapshotView SnapshotStore::view() const {
  std::lock_guard const hold(mutex_);
  return view_;
}

std::string SnapshotStore::fault() const {
  std::lock_guard const hold(mutex_);
  return faults_.venue.empty() ? faults_.cards : faults_.venue;
}

bool SnapshotStore::wants_full() const {
  std::lock_guard const hold(mutex_);
  return deltas_.count >= most_deltas || deltas_.bytes >= most_delta_bytes;
}

SnapshotStore::Venue SnapshotStore::venue() const {
  std::lock_guard const hold(mutex_);
  return view_.venue;
}

SnapshotStore::Taken SnapshotStore::refuse(std::string Faults::*part, Error const& error) {
  std::lock_guard const hold(mutex_);
  faults_.*part = std::string("The ") + (part == &Faults::venue ? venue_name : cards_name) +
                  " part of the snapshot was refused: " +
                  (error.detail.empty() ? "it cannot be read" : error.detail);
  return Taken::refused;
}

SnapshotStore::Taken SnapshotStore::publish(Cards cards, Deltas deltas, Instant as_of) {
  std::lock_guard const hold(mutex_);
  view_.cards = std::move(cards);
  view_.cards_as_of = as_of;
  deltas_ = deltas;
  faults_.cards.clear();
  return Taken::taken;
}

void SnapshotStore::load(Database& database) {
  {
    std::lock_guard const hold(mutex_);
    least_key_list_ = integer_setting(database, key_list_setting).value_or(0);
  }
  load_venue(database);
  if (venue()) load_cards(database);
}

void SnapshotStore::load_venue(Database& database) {
  auto row = database.prepare("SELECT signed FROM snapshot_part WHERE name = 'venue'");
  if (!row.step()) return;
  auto opened = contract::open_venue_part(row.blob_view(0), root_, least_key_list_);
  if (!opened) {
    refuse(&Faults::venue, opened.error());
    return;
  }
  auto part = std::make_shared<contract::OpenedVenuePart const>(*std::move(opened));
  std::lock_guard const hold(mutex_);
  view_.venue = std::move(part);
}

// Parts are proven as of the time at which they were taken: a key whose end has come meanwhile was
// good then. A delta that does not prove itself or does not fit ends the row of them; what stands
// before it is as good as it was, and the next answer of the server goes on from there.
void SnapshotStore::load_cards(Database& database) {
  auto rows = database.prepare(
      "SELECT taken_us, signed FROM snapshot_part WHERE name = 'cards' ORDER BY place");
  auto const keys = venue();
  std::shared_ptr<contract::CardTable> table;
  Deltas deltas;
  Instant as_of{};
  bool is_whole = true;
  while (is_whole && rows.step()) {
    Instant const taken{rows.integer(0)};
    auto const size = rows.blob_view(1).size();
    auto part = contract::open_cards_part(rows.blob_view(1), keys->keys, taken);
    if (!part) {
      refuse(&Faults::cards, part.error());
      is_whole = false;
    } else if (!table && part->base == 0) {
      table = std::make_shared<contract::CardTable>(*part);
      as_of = taken;
    } else if (table && table->apply(*part)) {
      deltas = {deltas.count + 1, deltas.bytes + size};
      as_of = taken;
    } else {
      refuse(&Faults::cards, Error(Problem::unreadable, "a delta does not follow the part before"));
      is_whole = false;
    }
  }
  if (!table) return;
  // The server may have confirmed the whole row later than its last part came.
  if (is_whole) as_of = Instant{integer_setting(database, as_of_setting).value_or(as_of.us)};
  std::lock_guard const hold(mutex_);
  view_.cards = std::move(table);
  view_.cards_as_of = as_of;
  deltas_ = deltas;
}

SnapshotStore::Taken SnapshotStore::take_venue(Database& database, ByteView signed_part,
                                               std::optional<DeviceId> device) {
  std::int64_t least = 0;
  {
    std::lock_guard const hold(mutex_);
    least = least_key_list_;
  }
  auto opened = contract::open_venue_part(signed_part, root_, least);
  if (!opened) return refuse(&Faults::venue, opened.error());
  if (device && opened->part.device != *device) return Taken::another;
  auto const version = opened->keys.version;
  auto part = std::make_shared<contract::OpenedVenuePart const>(*std::move(opened));
  Transaction writing(database);
  store_part(database, venue_name, 0, signed_part, part->part.issued_at);
  if (version > least) set_setting(database, key_list_setting, std::to_string(version));
  writing.commit();
  std::lock_guard const hold(mutex_);
  view_.venue = std::move(part);
  least_key_list_ = std::max(least_key_list_, version);
  faults_.venue.clear();
  return Taken::taken;
}

SnapshotStore::Taken SnapshotStore::take_cards(Database& database, ByteView signed_part,
                                               Instant as_of) {
  auto const known = venue();
  if (!known) return refuse(&Faults::cards, Error(Problem::unreadable, "there is no key list yet"));
  auto part = contract::open_cards_part(signed_part, known->keys, as_of);
  if (!part) return refuse(&Faults::cards, part.error());
  if (part->base == 0) return take_full(database, *std::move(part), signed_part, as_of);
  return take_delta(database, *part, signed_part, as_of);
}

SnapshotStore::Taken SnapshotStore::take_full(Database& database, contract::CardsPart&& full,
                                              ByteView signed_part, Instant as_of) {
  Cards table;
  {
    // The unpacked rows are four times the table: they go before the disk works.
    auto const unpacked = std::move(full);
    table = std::make_shared<contract::CardTable const>(unpacked);
  }
  Transaction writing(database);
  drop_cards_from(database, 0);
  store_part(database, cards_name, 0, signed_part, as_of);
  store_as_of(database, as_of);
  writing.commit();
  return publish(std::move(table), {}, as_of);
}

SnapshotStore::Taken SnapshotStore::take_delta(Database& database, contract::CardsPart const& delta,
                                               ByteView signed_part, Instant as_of) {
  Cards before;
  Deltas deltas;
  {
    std::lock_guard const hold(mutex_);
    before = view_.cards;
    deltas = deltas_;
  }
  if (!before) return Taken::not_next;
  // The door may be looking at the table: it goes on with the old one until the new one is durable.
  auto table = std::make_shared<contract::CardTable>(*before);
  before.reset();
  if (!table->apply(delta)) return Taken::not_next;
  deltas = {deltas.count + 1, deltas.bytes + signed_part.size()};
  Transaction writing(database);
  drop_cards_from(database, deltas.count);  // what could not be read at the start
  store_part(database, cards_name, deltas.count, signed_part, as_of);
  store_as_of(database, as_of);
  writing.commit();
  return publish(std::move(table), deltas, as_of);
}

void SnapshotStore::confirm_cards(Database& database, Instant as_of) {
  {
    std::lock_guard const hold(mutex_);
    if (!view_.cards) return;
  }
  store_as_of(database, as_of);
  std::lock_guard const hold(mutex_);
  view_.cards_as_of = as_of;
  faults_.cards.clear();
}

}  // namespace kaiku::kiosk
