// What the idle and the status screens tell: made of snapshot, own uses and what was last heard,
// never of a request.
#include <algorithm>

#include "kiosk/door/door.hpp"
#include "kiosk/door/own_decision.hpp"
#include "kiosk/link/certificates.hpp"

namespace kaiku::kiosk {

namespace {

std::optional<Instant> remembered(Database& database, char const* name) {
  auto const us = integer_setting(database, name);
  return us ? std::optional(Instant{*us}) : std::nullopt;
}

std::optional<Instant> end_of(std::string const& certificate) {
  auto const facts = read_certificate(certificate);
  return facts ? std::optional(facts->not_after) : std::nullopt;
}

std::optional<contract::Resumed::Why> folder_found(Database& database, Instant now) {
  auto const at = remembered(database, "folder_found_us");
  if (!at || now - *at > day_us) return std::nullopt;
  using Why = contract::Resumed::Why;
  bool const doubled = setting(database, "folder_found") == word_of(Why::doubled);
  return doubled ? Why::doubled : Why::restored;
}

void add_snapshot(DoorStanding& standing, SnapshotView const& data, Instant now) {
  if (data.venue) {
    auto const& venue = *data.venue;
    standing.key_list_version = venue.keys.version;
    for (auto const use : {contract::KeyUse::card, contract::KeyUse::snapshot}) {
      for (auto const& key : venue.keys.keys_for(use, venue.part.issued_at)) {
        standing.key_ids.push_back(to_hex(key.key_id()));
      }
    }
  }
  if (!data.cards) return;
  auto const policy = data.venue ? data.venue->part.policy : contract::DoorPolicy{};
  standing.data_as_of = data.cards_as_of;
  standing.data_age_s = age_of(data, now);
  standing.data_is_old = standing.data_age_s > policy.stale_warn_s;
  standing.data_is_too_old = standing.data_age_s > policy.stale_stop_s;
  standing.age_may_be_overruled = policy.stale_may_be_overruled;
  standing.snapshot_sequence = data.cards->sequence();
  standing.snapshot_epoch = data.cards->row_key().epoch;
  standing.cards = data.cards->size();
}

}  // namespace

VenueNews Door::news() {
  auto const data = this->data();
  auto const now = parts_.clock.now();
  auto const today = helsinki_day(now);
  auto const here = parts_.journal.own_count_on(today);
  VenueNews news;
  news.venue_name = parts_.enrolment.venue_name;
  news.sector = parts_.enrolment.sector;
  news.tickets_today = here.tickets;
  news.children_today = here.children;
  if (!data.venue) return news;
  auto const& venue = data.venue->part;
  news.venue_name = venue.name;
  news.sector = venue.sector;
  if (venue.day == today) {
    news.tickets_today += venue.tickets_elsewhere_today;
    news.children_today += venue.children_elsewhere_today;
  }
  for (auto const& event : venue.events) {
    if (event.cancelled || now > event.ends_at + contract::event_over_after_us) continue;
    DoorEvent shown;
    shown.id = event.id;
    shown.title = event.title;
    shown.starts_at = event.starts_at;
    shown.ends_at = event.ends_at;
    shown.kind = event.kind;
    shown.quota = event.quota;
    if (event.quota) {
      auto const used = event.used_elsewhere + parts_.journal.own_places(event.id);
      shown.quota_left = std::max(0, *event.quota - used);
    }
    if (event.sold_out) shown.quota_left = 0;
    shown.message = event.message;
    news.events.push_back(std::move(shown));
  }
  return news;
}

DoorStanding Door::standing() {
  forget_last_card();
  bool const all_closed = close_left_open();
  auto const data = this->data();
  auto const contact = parts_.contact.standing();
  DoorStanding standing;
  standing.storage_failed = !all_closed;
  standing.online = contact.online;
  standing.queue = parts_.journal.queue();
  standing.unacknowledged = parts_.journal.unacknowledged();
  standing.clock_difference_us = parts_.clock.difference_us();
  standing.last_contact = contact.last_contact;
  if (!contact.last_contact) {
    standing.last_contact = remembered(parts_.database, "last_contact_us");
  }
  standing.last_sync = contact.last_sync;
  if (!contact.last_sync) standing.last_sync = remembered(parts_.database, "last_sync_us");
  standing.trouble = contact.trouble;
  standing.failed_tries = contact.failed_tries;
  if (contact.next_try_us) {
    auto const in_us = *contact.next_try_us - parts_.clock.monotonic_us();
    standing.next_try_in_us = std::max<std::int64_t>(0, in_us);
  }
  standing.last_failure = contact.last_failure;
  standing.clock_fault = parts_.clock.has_fault();
  standing.folder_found = folder_found(parts_.database, parts_.clock.server_time());
  standing.snapshot_fault = parts_.snapshots.fault();
  standing.certificate_until = contact.certificate_until;
  if (!contact.certificate_until) {
    standing.certificate_until = end_of(parts_.enrolment.certificate);
  }
  add_snapshot(standing, data, parts_.clock.now());
  return standing;
}

}  // namespace kaiku::kiosk
