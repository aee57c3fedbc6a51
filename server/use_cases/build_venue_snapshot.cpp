// The venue part: one venue, its events and the uses of others, cut to what a door's file may hold.
#include <algorithm>
#include <stdexcept>

#include "server/ledger/ledger.hpp"
#include "server/tables/door_uses.hpp"
#include "server/tables/key_list.hpp"
#include "server/tables/ledger_places.hpp"
#include "server/tables/network.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/use_cases/build_snapshot.hpp"

namespace kaiku::use_cases {
namespace {

constexpr std::int32_t days_ahead = 14;
// More do not fit the file, whatever they are: a use is 22 bytes at least.
constexpr std::size_t most_uses = 1'500;
constexpr std::size_t longest_text = 200;  // bytes; a door's screen has a line for it

// Cut between two characters of UTF-8.
std::string shortened(std::string text) {
  if (text.size() <= longest_text) return text;
  std::size_t end = longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

contract::DoorPolicy door_policy(domain::Policy const& policy) {
  contract::DoorPolicy out;
  out.child_age_limit = policy.child_age_limit;
  out.companion_allowed = policy.companion_allowed;
  out.local_only = policy.local_only;
  out.unknown_genuine_is_let_in = policy.unknown_genuine_is_let_in;
  out.unknown_typed_is_let_in = policy.unknown_typed_is_let_in;
  out.unknown_genuine_daily_limit = policy.unknown_genuine_daily_limit;
  out.stale_warn_s = std::int64_t{policy.stale_warn_hours} * 3600;
  out.stale_stop_s = std::int64_t{policy.stale_stop_days} * 24 * 3600;
  out.stale_may_be_overruled = policy.stale_may_be_overruled;
  return out;
}

std::optional<int> small(std::optional<std::int64_t> value) {
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

contract::SnapshotEvent door_event(tables::Event const& event) {
  contract::SnapshotEvent out;
  out.id = event.id;
  out.version = event.seq;
  out.title = {shortened(event.title.fi), shortened(event.title.sv), shortened(event.title.en)};
  out.starts_at = event.starts_at;
  out.ends_at = event.ends_at;
  out.kind = event.use_kind;
  out.capacity = small(event.capacity);
  out.quota = small(event.quota);
  out.limit = event.limit;
  out.children_allowed = event.children_allowed;
  out.sold_out = event.sold_out;
  out.cancelled = event.cancelled;
  if (event.door_message) {
    auto const& message = *event.door_message;
    out.message = {shortened(message.fi), shortened(message.sv), shortened(message.en)};
  }
  return out;
}

// A use with what decides whether there is room for it.
struct RankedUse {
  Instant event_starts;
  std::optional<EventId> event;
  tables::LineageUses uses;
};

class VenuePartMaker {
 public:
  VenuePartMaker(ledger::ReadTx& tx, domain::Caller const& device,
                 std::vector<tables::AttemptRange> missing, Instant now)
      : tx_(tx), others_{device.actor, std::move(missing)} {
    part_.device = DeviceId{device.actor.id};
    part_.venue = device.venues.at(0);
    part_.issued_at = now;
    part_.day = helsinki_day(now);
  }

  SignedVenue make() {
    tell_venue();
    tell_events();
    tell_uses();
    return fit();
  }

 private:
  void tell_venue() {
    auto const venue = tables::find_venue(tx_, part_.venue).value();
    auto const area = tables::find_area(tx_, venue.area).value();
    part_.name = shortened(venue.name);
    part_.sector = venue.sector;
    part_.area = venue.area;
    part_.active = venue.active;
    part_.limit = venue.limit;
    part_.policy = door_policy(area.policy);
    part_.sequence = ledger::last_sequence(tx_);
    part_.epoch = tables::row_epoch(tx_);
    auto const count = tables::day_count_of_others(tx_, venue.id, part_.day, others_);
    part_.tickets_elsewhere_today = static_cast<int>(count.tickets);
    part_.children_elsewhere_today = static_cast<int>(count.children);
    for (auto const word : domain::override_reasons()) part_.override_reasons.emplace_back(word);
    for (auto const word : domain::undo_reasons()) part_.undo_reasons.emplace_back(word);
    part_.key_list = tables::signed_key_list(tx_);
  }

  void tell_events() {
    auto const from = start_of(part_.day);
    auto const to = start_of(part_.day + days_ahead);
    for (auto const& event : tables::events_at_door(tx_, part_.venue, from, to)) {
      auto told = door_event(event);
      if (event.places_used > 0) {
        told.used_elsewhere = tables::places_of_others(tx_, event.id, others_);
      }
      part_.events.push_back(std::move(told));
    }
  }

  // The soonest events first, uses without an event among those of the day; then the newest.
  std::vector<RankedUse> ranked_uses() {
    std::vector<RankedUse> ranked;
    auto const add = [&](std::optional<EventId> event, Instant starts) {
      auto uses = tables::uses_of_others(tx_, {part_.venue, event, part_.day}, others_);
      for (auto const& one : uses) ranked.push_back({starts, event, one});
    };
    add(std::nullopt, start_of(part_.day));
    for (auto const& event : part_.events) {
      if (ranked.size() >= most_uses) break;
      if (event.used_elsewhere > 0) add(event.id, event.starts_at);
    }
    std::ranges::sort(ranked, [](RankedUse const& a, RankedUse const& b) {
      if (a.event_starts != b.event_starts) return a.event_starts < b.event_starts;
      return a.uses.last_at > b.uses.last_at;
    });
    if (ranked.size() > most_uses) ranked.resize(most_uses);
    return ranked;
  }

  // A card that is not stretched yet has no row at any door either.
  void tell_uses() {
    auto const row_key = tables::row_key_of(tx_.keys(), part_.epoch);
    for (auto const& ranked : ranked_uses()) {
      auto const card = tables::current_card_of(tx_, ranked.uses.lineage);
      auto const stretched = card ? tables::stretched_of(tx_, card->id) : std::nullopt;
      if (!stretched) continue;
      contract::UsesElsewhere told;
      told.card = contract::row_hash(row_key.key, *stretched);
      told.event = ranked.event;
      told.adults = ranked.uses.adults;
      told.children = ranked.uses.children;
      told.adult_today = ranked.uses.adult_today;
      told.last_at = ranked.uses.last_at;
      part_.uses.push_back(told);
    }
  }

  // Cuts a list to the longest beginning with which the file fits; false when none does.
  template <class Item>
  bool shorten(std::vector<Item>& list, Bytes& file) {
    auto const all = list;
    auto const fits = [&](std::size_t count) {
      list.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
      file = contract::sign_venue_part(part_, tx_.keys().snapshot);
      return file.size() <= contract::venue_file_limit;
    };
    if (fits(all.size())) return true;
    std::size_t low = 0;
    std::size_t too_many = all.size();
    while (too_many - low > 1) {
      auto const middle = low + (too_many - low) / 2;
      (fits(middle) ? low : too_many) = middle;
    }
    return fits(low);
  }

  SignedVenue fit() {
    Bytes file;
    if (!shorten(part_.uses, file) && !shorten(part_.events, file)) {
      throw std::runtime_error("a venue snapshot that does not fit even without events");
    }
    return {std::move(part_), std::move(file)};
  }

  ledger::ReadTx& tx_;
  tables::Others others_;
  contract::VenuePart part_;
};

}  // namespace

SignedVenue venue_for_door(ledger::ReadTx& tx, domain::Caller const& device,
                           std::vector<tables::AttemptRange> missing, Instant now) {
  return VenuePartMaker(tx, device, std::move(missing), now).make();
}

}  // namespace kaiku::use_cases
