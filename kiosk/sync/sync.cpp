#include "kiosk/sync/sync.hpp"

#include <algorithm>
#include <cstdlib>

#include "kiosk/device/store.hpp"
#include "kiosk/link/certificates.hpp"

namespace kaiku::kiosk {

namespace {

constexpr std::int64_t revoked_every_us = minute_us;
constexpr std::int64_t renew_again_us = hour_us;
constexpr std::int64_t renew_expired_again_us = minute_us;
constexpr char const* cards_leaf_setting = "cards_leaf";
constexpr std::int64_t move_again_us = hour_us;
constexpr std::int64_t clock_moved_us = second_us;
constexpr std::int64_t urgent_us = 3 * day_us;
constexpr int most_tries_remembered = 8;

std::string in_words(ServerRefusal const& refusal) {
  auto words = "the server said " + std::to_string(refusal.status);
  if (!refusal.slug.empty()) words += " " + refusal.slug;
  if (!refusal.detail.empty()) words += ": " + refusal.detail;
  return words;
}

std::string in_words(LinkFailure const& failure) { return failure.detail; }

// ±20 %, another for each device and try, the same again in a replay.
std::int64_t with_jitter(std::int64_t us, DeviceId device, std::int64_t tries) {
  auto const percent = 80 + (device.value * 13 + tries * 37) % 41;
  return std::min(us * percent / 100, longest_retry_us);
}

}  // namespace

Sync::Sync(SyncParts const& parts, std::string const& certificate) : parts_(parts) {
  if (auto const facts = read_certificate(certificate)) {
    certificate_until_ = facts->not_after;
    parts_.contact.certified_until(facts->not_after);
  }
}

std::int64_t Sync::step() {
  if (was_online_ && !parts_.contact.online()) {
    // The door was let down by a server that we had just heard: give it time.
    was_online_ = false;
    began_us_ = now_us();
    try_again_later();
  }
  if (now_us() < retry_at_us_) {
    remember();
    return retry_at_us_ - now_us();
  }
  began_us_ = now_us();
  bool const went = round();
  remember();
  return went ? rest_us() : std::max<std::int64_t>(retry_at_us_ - now_us(), 0);
}

bool Sync::run_to_end(int most_rounds) {
  was_online_ = parts_.contact.online();  // whoever asks for everything now waits for no back-off
  for (int done = 0; done < most_rounds; ++done) {
    next_venue_us_ = next_cards_us_ = next_upload_us_ = next_renewal_us_ = retry_at_us_ = 0;
    step();
    bool const told = parts_.journal.waiting(1).empty();
    if (told && venue_is_current_ && cards_are_current_) return true;
    bool const can_go_on = parts_.contact.online() && upload_fault_.empty() && more_waits_;
    if (!can_go_on || parts_.contact.is_stopping()) return false;
  }
  return false;
}

bool Sync::round() {
  losses_at_start_ = parts_.contact.losses();
  bool const is_probe = !parts_.contact.online();
  if (is_probe || now_us() >= next_venue_us_) {
    if (fetch_venue() == Went::lost) return false;
    // A server that answers but takes nothing in is not back: the first batch belongs to the probe.
    if (!is_probe) heard();
  }
  if (upload_journal() == Went::lost) return false;
  if (is_probe) heard();
  if (is_in_trouble(Trouble::revoked)) return true;
  if (renewal_is_due() && renew_certificate() == Went::lost) return false;
  return fetch_cards() != Went::lost;
}

Sync::Went Sync::fetch_venue() {
  venue_is_current_ = false;
  auto const asked_at_us = now_us();
  auto const reply = parts_.server.venue_snapshot(missing_entries(), told_entry(), said_of_us());
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return failed(in_words(*failure));
  if (auto const* part = std::get_if<SignedPart>(&reply)) return take_venue(*part, asked_at_us);
  auto const& refusal = std::get<ServerRefusal>(reply);
  if (refusal.is_revoked()) {
    find_trouble(Trouble::revoked);
    next_venue_us_ = now_us() + revoked_every_us;
    ask_for_rulings(helsinki_day(server_now()));
    return Went::well;
  }
  if (refusal.is_expired()) return renew_first();
  return judge(refusal);
}

Sync::Went Sync::take_venue(SignedPart const& part, std::int64_t asked_at_us) {
  next_venue_us_ = now_us() + venue_every_us;
  auto const answered_at_us = now_us();
  auto const taken = parts_.snapshots.take_venue(parts_.database, part.bytes, parts_.device);
  if (taken == SnapshotStore::Taken::another) {
    // Restored from a backup that is older than this device: it would take nothing of our journal.
    find_trouble(Trouble::not_enrolled);
    return failed("the server knows this device's key by another number");
  }
  find_trouble(Trouble::none);
  if (taken != SnapshotStore::Taken::taken) {
    parts_.contact.noted(parts_.snapshots.fault());
    return Went::not_now;
  }
  venue_is_current_ = true;
  auto const view = parts_.snapshots.view();
  // First what the server may want again, then what is old enough to go.
  if (part.journal) compare_journal(*part.journal);
  tidy_journal(view.venue->part);
  ask_for_rulings(helsinki_day(view.venue->part.issued_at));
  if (!part.address.empty()) follow(part.address);
  // The server read its clock somewhere between the question and the answer.
  auto const half_way_us = (answered_at_us - asked_at_us) / 2;
  parts_.clock.server_said(view.venue->part.issued_at, half_way_us + (now_us() - answered_at_us));
  return Went::well;
}

// What the hint says is no more than a question: the address has to prove itself.
void Sync::follow(std::string const& url) {
  if (!parts_.move_to || now_us() < next_move_us_) return;
  next_move_us_ = now_us() + move_again_us;
  if (parts_.move_to(url)) save_device_url(parts_.database, url);
}

// By the earlier of the two clocks: one of them in the future must not make this device forget.
void Sync::tidy_journal(contract::VenuePart const& venue) {
  auto const today = helsinki_day(std::min(venue.issued_at, parts_.clock.wall()));
  if (forgot_on_ == today) return;
  parts_.journal.forget_uses(kept_uses(venue, today));
  parts_.journal.forget_payloads(today);
  forgot_on_ = today;
}

void Sync::ask_for_rulings(Day today) {
  if (asked_for_rulings_on_ == today) return;
  parts_.journal.ask_again();
  asked_for_rulings_on_ = today;
}

Sync::Went Sync::renew_first() {
  find_trouble(Trouble::certificate_expired);
  if (now_us() >= next_renewal_us_) {
    auto const renewed = renew_certificate();
    if (renewed == Went::lost) return Went::lost;
    if (renewed == Went::well) return fetch_venue();
  }
  // The journal is taken in all the same; the door goes on without the server.
  if (upload_journal() == Went::lost) return Went::lost;
  return failed("the device's certificate has expired and was not renewed yet");
}

Sync::Went Sync::fetch_cards() {
  if (now_us() < next_cards_us_) return Went::well;
  auto const cards = parts_.snapshots.view().cards;
  if (!cards || parts_.snapshots.wants_full()) return fetch_cards(std::nullopt);
  return fetch_cards(
      DoorServer::CardsKnown{cards->row_key().epoch, cards->sequence(),
                             setting(parts_.database, cards_leaf_setting).value_or("")});
}

Sync::Went Sync::fetch_cards(std::optional<DoorServer::CardsKnown> const& known) {
  cards_are_current_ = false;
  auto const reply = parts_.server.cards_snapshot(known);
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return failed(in_words(*failure));
  next_cards_us_ = now_us() + cards_every_us;
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    parts_.contact.noted("no cards part: " + in_words(*refusal));
    if (refusal->is_revoked()) find_trouble(Trouble::revoked);
    if (refusal->status != 422 || !known) return Went::not_now;
    // What we hold is nothing that the server can go on from: it was restored from a backup. A
    // double may have told it as much of the journal since as it had.
    send_all_again();
    return fetch_cards(std::nullopt);
  }
  auto const* part = std::get_if<SignedPart>(&std::get<CardsReply>(reply));
  if (!part && !known) return Went::not_now;
  auto taken = SnapshotStore::Taken::taken;
  if (part) {
    // First the part: with the leaf of an earlier one the server asks us to take everything.
    taken = parts_.snapshots.take_cards(parts_.database, part->bytes, server_now());
    if (taken == SnapshotStore::Taken::taken) {
      set_setting(parts_.database, cards_leaf_setting, part->leaf);
    }
  } else {
    parts_.snapshots.confirm_cards(parts_.database, server_now());
  }
  // A delta that does not fit or does not prove itself: once more, and whole.
  if (taken != SnapshotStore::Taken::taken && known) return fetch_cards(std::nullopt);
  cards_are_current_ = taken == SnapshotStore::Taken::taken;
  if (cards_are_current_) return Went::well;
  parts_.contact.noted(parts_.snapshots.fault());
  return Went::not_now;
}

bool Sync::renewal_is_due() const {
  return certificate_until_ && *certificate_until_ - server_now() < renew_before_us &&
         now_us() >= next_renewal_us_;
}

Sync::Went Sync::renew_certificate() {
  bool const expired = is_expired();
  next_renewal_us_ = now_us() + (expired ? renew_expired_again_us : renew_again_us);
  auto const name = "kaiku device " + std::to_string(parts_.device.value);
  auto const asked_at_us = now_us();
  auto const reply = parts_.server.renew(certificate_request(parts_.key, name));
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return failed(in_words(*failure));
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    parts_.contact.noted("the certificate was not renewed: " + in_words(*refusal));
    if (refusal->is_expired()) find_trouble(Trouble::has_to_join_again);
    return refusal->status >= 500 ? judge(*refusal) : Went::not_now;
  }
  auto const& renewed = std::get<RenewedCertificate>(reply);
  server_said(renewed.server_time, asked_at_us);
  return use_renewed(renewed.certificate);
}

Sync::Went Sync::use_renewed(std::string const& certificate) {
  auto const facts = read_certificate(certificate);
  bool const is_good = facts && facts->not_after > certificate_until_.value_or(Instant{}) &&
                       facts->public_key == parts_.key.public_key().spki_der() &&
                       is_issued_by(certificate, parts_.door_ca);
  if (!is_good) {
    parts_.contact.noted(
        "the renewed certificate is not for this device, not from its door CA or "
        "not longer than the one it has");
    return Went::not_now;
  }
  if (!is_valid_now(facts->not_before)) {
    parts_.contact.noted("the renewed certificate is not valid yet; the old one stays");
    return Went::not_now;
  }
  if (parts_.try_certificate && !parts_.try_certificate(certificate)) {
    parts_.contact.noted("the renewed certificate did not work; the old one stays");
    return Went::not_now;
  }
  save_certificate(parts_.database, certificate);
  certificate_until_ = facts->not_after;
  parts_.contact.certified_until(facts->not_after);
  if (parts_.use_certificate) parts_.use_certificate(certificate);
  return Went::well;
}

bool Sync::is_valid_now(Instant not_before) const {
  auto const now = server_now();
  if (not_before > now + clock_fault_us) return false;
  // A till whose own clock is dead goes by the server's, rather than let the old one run out.
  bool const is_urgent = !certificate_until_ || *certificate_until_ - now < urgent_us;
  return is_urgent || not_before <= parts_.clock.wall() + clock_fault_us;
}

Sync::Went Sync::judge(ServerRefusal const& refusal) {
  if (refusal.is_revoked()) {
    find_trouble(Trouble::revoked);
    return Went::not_now;
  }
  if (refusal.is_expired()) find_trouble(Trouble::certificate_expired);
  if (refusal.status == 401) find_trouble(Trouble::not_enrolled);
  return failed(in_words(refusal));
}

Sync::Went Sync::failed(std::string const& why) {
  was_online_ = false;
  parts_.contact.lost(why);
  try_again_later();
  return Went::lost;
}

bool Sync::is_in_trouble(Trouble trouble) const {
  return parts_.contact.standing().trouble == trouble;
}

bool Sync::is_expired() const {
  return is_in_trouble(Trouble::certificate_expired) || is_in_trouble(Trouble::has_to_join_again);
}

void Sync::find_trouble(Trouble trouble) {
  if (!is_in_trouble(trouble)) parts_.contact.found_trouble(trouble);
}

void Sync::heard() {
  // With an expired certificate the server answers, but not what a door asks.
  if (is_expired()) return;
  // What answered the sync has meanwhile let down the door: the next step sees to it.
  if (parts_.contact.losses() != losses_at_start_) return;
  was_online_ = true;
  retry_us_ = first_retry_us;
  retry_at_us_ = 0;
  parts_.contact.heard(server_now());
  if (!upload_fault_.empty()) parts_.contact.noted(upload_fault_);
  auto const fault = parts_.snapshots.fault();
  if (!fault.empty()) parts_.contact.noted(fault);
}

void Sync::server_said(Instant server_time, std::int64_t asked_at_us) {
  parts_.clock.server_said(server_time, (now_us() - asked_at_us) / 2);
}

// From the start of one try to the start of the next, so that a try that waited long for nothing
// does not keep a door off the network any longer.
void Sync::try_again_later() {
  auto const wait_us = with_jitter(retry_us_, parts_.device, tries_++);
  retry_us_ = std::min(2 * retry_us_, longest_retry_us);
  retry_at_us_ = std::max(began_us_ + wait_us, now_us() + first_retry_us / 2);
  parts_.contact.will_try_at(retry_at_us_);
}

std::int64_t Sync::rest_us() const {
  auto next = std::min(next_venue_us_, next_cards_us_);
  if (is_in_trouble(Trouble::revoked)) next = next_venue_us_;
  if (more_waits_) next = std::min(next, next_upload_us_);
  return std::max<std::int64_t>(next - now_us(), 0);
}

void Sync::remember() {
  auto const standing = parts_.contact.standing();
  auto const difference_us = parts_.clock.difference_us();
  bool const moved = std::llabs(difference_us - remembered_.difference_us) > clock_moved_us;
  // Hours without a network are not worth a write for every try.
  bool const tried = standing.failed_tries != remembered_.failed_tries &&
                     standing.failed_tries <= most_tries_remembered;
  bool const changed = standing.online != remembered_.online || moved || tried ||
                       standing.trouble != remembered_.trouble;
  bool const long_ago = now_us() - remembered_.at_us >= remember_every_us;
  if (remembered_.ever && !changed && !long_ago) return;
  Transaction writing(parts_.database);
  auto const set = [this](char const* name, std::int64_t value) {
    set_setting(parts_.database, name, std::to_string(value));
  };
  if (standing.last_contact) set("last_contact_us", standing.last_contact->us);
  if (standing.last_sync) set("last_sync_us", standing.last_sync->us);
  set("clock_difference_us", difference_us);
  set("online", standing.online ? 1 : 0);
  set("failed_tries", standing.failed_tries);
  set("next_try_us", standing.online ? 0 : parts_.clock.wall().us + (retry_at_us_ - now_us()));
  set_setting(parts_.database, "last_failure", standing.last_failure);
  set_setting(parts_.database, "trouble", stored_word(standing.trouble));
  writing.commit();
  remembered_ = {now_us(),         difference_us, standing.online, standing.failed_tries,
                 standing.trouble, true};
}

}  // namespace kaiku::kiosk
