#include "kiosk/door/door.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "kiosk/door/own_decision.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/contract/undo.hpp"

namespace kaiku::kiosk {

namespace {

using contract::Answer;

constexpr std::int64_t last_card_kept_us = 30 * second_us;
// For a record after a look that took nearly all of the time.
constexpr std::chrono::milliseconds least_patience{100};
constexpr char const* undo_reason = "mistake";
// What the door says aloud is chosen by the screen's language; entries hold the answer alone.
constexpr contract::Language any_language = contract::Language::fi;

std::optional<contract::CardInput> read_card(std::string const& card) {
  auto input = contract::parse_card_input(card);
  if (!input) return std::nullopt;
  return *std::move(input);
}

// The number of this attempt is taken: the folder is behind itself.
bool is_of_a_double(ServerRefusal const& refusal) {
  return refusal.slug == "idempotency-key-reused" || refusal.slug == "conflict";
}

contract::CheckReply reply_of(Answer answer) {
  contract::Decision decision;
  decision.answer = answer;
  return contract::reply_for(decision, any_language);
}

NoAnswer no_answer(ServerRefusal const& refusal) {
  NoAnswer result;
  result.why = refusal.status == 429 ? NoAnswer::Why::too_many_tries : NoAnswer::Why::not_accepted;
  result.detail = refusal.slug.empty() ? "HTTP " + std::to_string(refusal.status)
                                       : refusal.slug + ": " + refusal.detail;
  result.retry_after_s = refusal.retry_after_s;
  return result;
}

NoAnswer not_accepted(Error const& error) {
  NoAnswer result;
  result.why = NoAnswer::Why::not_accepted;
  result.detail = error.detail;
  for (auto const& fault : error.fields) result.detail += fault.pointer + " " + fault.detail + " ";
  return result;
}

NoAnswer no_data(std::string const& fault) {
  NoAnswer result;
  result.why = NoAnswer::Why::no_data;
  result.detail = fault.empty() ? "no network, and no snapshot on this device yet"
                                : "no network, and no snapshot that this device can read: " + fault;
  return result;
}

// Of which event a card is read, as the snapshot has it; null without one.
contract::SnapshotEvent const* event_in(SnapshotView const& data, std::optional<EventId> id) {
  if (!id || !data.venue) return nullptr;
  auto const& events = data.venue->part.events;
  auto const at = std::ranges::find(events, *id, &contract::SnapshotEvent::id);
  return at == events.end() ? nullptr : &*at;
}

}  // namespace

// A decision on the device's own data, and which data they were.
struct Door::Own {
  contract::CheckReply reply;
  DataAge age{};
  std::int64_t snapshot_sequence = 0;
  std::optional<GivenUse> use;  // with an answer that gives
};

SnapshotView Door::data() {
  auto data = parts_.snapshots.view();
  parts_.clock.at_least(data.newest());
  return data;
}

Digest Door::stretched(contract::CardCode code, contract::RowKey const& key) {
  auto const now_us = parts_.clock.monotonic_us();
  bool const is_kept =
      last_card_ && last_card_->code == code && now_us - last_card_->at_us <= last_card_kept_us;
  if (!is_kept) {
    last_card_ = std::make_unique<LastCard>(LastCard{code, contract::stretch(code, key), now_us});
  }
  return last_card_->stretched;
}

GivenUse Door::use_of(Ask const& ask, SnapshotView const& data, contract::CardInput const& card) {
  GivenUse use;
  if (data.cards) use.card = own_card(stretched(code_of(card), data.cards->row_key()));
  use.event = ask.event;
  use.day = helsinki_day(parts_.clock.now());
  use.at = parts_.clock.server_time();
  use.tickets = ask.tickets;
  return use;
}

int Door::start() {
  auto const closed = parts_.journal.close_open_attempts(parts_.clock.stamp());
  if (closed > 0) parts_.contact.wake();
  return closed;
}

bool Door::close_left_open() {
  if (!left_open_) return true;
  try {
    if (parts_.journal.close_open_attempts(parts_.clock.stamp()) > 0) parts_.contact.wake();
    left_open_ = false;
  } catch (StorageFailure const&) {
    // Tried again at the next act and whenever the screen asks how things stand.
  }
  return !left_open_;
}

void Door::forget_last_card() {
  bool const is_old =
      last_card_ && parts_.clock.monotonic_us() - last_card_->at_us > last_card_kept_us;
  if (is_old) last_card_.reset();
}

// --- the server decides --------------------------------------------------------------------------

// False when the server is there and still cannot decide: the door does.
bool Door::stands(ServerRefusal const& refusal) {
  if (refusal.slug == "device-expired") {
    parts_.contact.found_trouble(Trouble::certificate_expired);
  } else if (refusal.status == 401) {
    parts_.contact.found_trouble(Trouble::not_enrolled);
  } else if (is_of_a_double(refusal)) {
    // Nobody is sent away because two devices count with the same numbers.
  } else if (refusal.status < 500) {
    return true;
  }
  parts_.contact.lost("HTTP " + std::to_string(refusal.status) + " " + refusal.slug);
  return false;
}

template <class T>
bool Door::stands(Reply<T> const& reply) {
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) {
    parts_.contact.lost(failure->detail);
    return false;
  }
  auto const* refusal = std::get_if<ServerRefusal>(&reply);
  if (refusal && !stands(*refusal)) return false;
  parts_.contact.heard(parts_.clock.server_time());
  return true;
}

std::optional<DoorResult> Door::ask_server(Ask const& ask, contract::CardInput const& card,
                                           std::int64_t attempt, bool look_first) {
  std::optional<contract::CheckReply> told;
  auto const began_us = parts_.clock.monotonic_us();
  if (look_first && !ask.override) {
    auto const looked = parts_.server.check(ask.card, ask.event, ask.tickets);
    if (!stands(looked)) return std::nullopt;
    if (auto const* refusal = std::get_if<ServerRefusal>(&looked)) {
      return close(attempt, no_answer(*refusal), false);
    }
    auto const& reply = std::get<contract::CheckReply>(looked);
    if (!contract::gives(reply.answer))
      return close(attempt, NotGiven{attempt, reply}, parts_.clock.stamp());
    told = reply;
  }
  contract::RedemptionRequest request;
  request.idempotency_key = contract::attempt_key(parts_.enrolment.device, attempt);
  if (auto const hash = parts_.journal.hash_at(attempt)) {
    request.attempt_hash = contract::attempt_hash(*hash);
  }
  request.card = ask.card;
  request.venue = parts_.enrolment.venue;
  request.event = ask.event;
  request.tickets = ask.tickets;
  request.override = ask.override;
  // Cut in the middle, the server may have recorded it: its key settles that at the next sync.
  auto const used = std::chrono::microseconds(parts_.clock.monotonic_us() - began_us);
  auto const reply = parts_.server.redeem(
      request, std::max(least_patience, std::chrono::duration_cast<std::chrono::milliseconds>(
                                            door_patience - used)));
  if (!stands(reply)) return std::nullopt;
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    return close(attempt, no_answer(*refusal), false);
  }
  auto const& outcome = std::get<RedemptionOutcome>(reply);
  if (auto const* refused = std::get_if<contract::CheckReply>(&outcome)) {
    return close(attempt, NotGiven{attempt, *refused}, parts_.clock.stamp());
  }
  return redeemed(ask, card, attempt, std::get<contract::RedemptionReply>(outcome), told);
}

DoorResult Door::redeemed(Ask const& ask, contract::CardInput const& card, std::int64_t attempt,
                          contract::RedemptionReply const& reply,
                          std::optional<contract::CheckReply> const& looked) {
  contract::Outcome outcome;
  outcome.of = attempt;
  outcome.answer = reply.answer;
  outcome.redemption = reply.redemption;
  append(parts_.clock.stamp(), outcome, true, use_of(ask, data(), card));
  Given given;
  given.attempt = attempt;
  given.answer = reply.answer;
  given.redemption = reply.redemption;
  given.tickets = reply.tickets;
  if (looked) {
    given.children_max = looked->children_max;
    given.allowed = looked->tickets_allowed;
  }
  given.quota_left = reply.quota_left;
  return given;
}

// --- the door decides ----------------------------------------------------------------------------

std::variant<Door::Own, NoAnswer> Door::decide(contract::CardInput const& card, Ask const& ask) {
  Own own;
  // Told once, it stays told until the server says otherwise.
  if (parts_.contact.standing().trouble == Trouble::revoked) {
    own.reply = reply_of(Answer::device_revoked);
    return own;
  }
  auto const data = this->data();
  if (!data.cards || !data.venue) return no_data(parts_.snapshots.fault());
  own.snapshot_sequence = data.cards->sequence();
  auto const code_stretched = stretched(code_of(card), data.cards->row_key());
  auto const now = parts_.clock.now();
  auto const opened = open_case(data, card, code_stretched, ask.event, now);
  if (!opened) {
    if (opened.error().problem != Problem::unreadable) return not_accepted(opened.error());
    own.reply = reply_of(Answer::unreadable);
    return own;
  }
  own.age = {age_of(data, now), age_of(data, now) > data.venue->part.policy.stale_warn_s};
  auto const day = helsinki_day(now);
  OwnAnswer answer;
  answer.uses = parts_.journal.own_uses(own_question(*opened, own_card(code_stretched), day));
  answer.unknown_cards_today = parts_.journal.unknown_cards_on(day);
  auto const decision = decide_here(data, *opened, answer, {ask.tickets, ask.override}, now);
  if (!decision) return not_accepted(decision.error());
  own.reply = contract::reply_for(*decision, any_language);
  if (decision->gives()) {
    own.use = use_of(ask, data, card);
    own.use->card_was_unknown = opened->recognition != contract::Recognition::known;
  }
  return own;
}

DoorResult Door::decide_and_close(Ask const& ask, contract::CardInput const& card,
                                  std::int64_t attempt) {
  auto const decided = decide(card, ask);
  if (auto const* none = std::get_if<NoAnswer>(&decided)) return close(attempt, *none, true);
  auto const& own = std::get<Own>(decided);
  auto const stamp = parts_.clock.stamp(own.snapshot_sequence);
  if (!own.use) return close(attempt, NotGiven{attempt, own.reply, true, own.age}, stamp);
  contract::Outcome outcome;
  outcome.of = attempt;
  outcome.answer = own.reply.answer;
  outcome.offline = true;
  append(stamp, outcome, false, own.use);
  Given given;
  given.attempt = attempt;
  given.answer = own.reply.answer;
  given.offline = true;
  given.age = own.age;
  given.tickets = ask.tickets;
  given.children_max = own.reply.children_max;
  given.allowed = own.reply.tickets_allowed;
  if (own.reply.quota_left) {
    given.quota_left = std::max(0, *own.reply.quota_left - ask.tickets.counted_in_quota());
  }
  return given;
}

// --- one act -------------------------------------------------------------------------------------

void Door::append(Stamp const& stamp, contract::Outcome const& outcome, bool told,
                  std::optional<GivenUse> const& use) {
  parts_.journal.append_outcome(stamp, outcome, told, use);
  left_open_ = false;
  parts_.contact.wake();
}

DoorResult Door::close(std::int64_t attempt, NotGiven result, Stamp const& stamp) {
  contract::Outcome outcome;
  outcome.of = attempt;
  outcome.answer = result.reply.answer;
  outcome.offline = result.offline;
  append(stamp, outcome, !result.offline);
  if (result.reply.answer == Answer::device_revoked) {
    parts_.contact.found_trouble(Trouble::revoked);
  }
  return result;
}

DoorResult Door::close(std::int64_t attempt, NoAnswer result, bool offline) {
  contract::Outcome not_confirmed;
  not_confirmed.of = attempt;
  not_confirmed.offline = offline;
  append(parts_.clock.stamp(), not_confirmed, !offline);
  result.attempt = attempt;
  return result;
}

std::int64_t Door::open(Ask const& ask) {
  auto const data = this->data();
  contract::Attempt attempt;
  attempt.event = ask.event;
  attempt.tickets = ask.tickets;
  attempt.override = ask.override;
  if (auto const* event = event_in(data, ask.event)) attempt.kind = event->kind;
  bool const own_data = !is_online() && data.cards;
  auto const stamp = parts_.clock.stamp(own_data ? data.cards->sequence() : 0);
  auto const opened = parts_.journal.append_attempt(stamp, std::move(attempt), ask.card);
  left_open_ = true;
  return opened;
}

DoorResult Door::act(Ask const& ask, bool look_first) {
  auto const card = read_card(ask.card);
  if (!card) return NotGiven{0, reply_of(Answer::unreadable), !is_online()};
  if (!close_left_open()) throw StorageFailure("The disk does not take the journal.");
  auto const attempt = open(ask);
  if (is_online()) {
    if (auto told = ask_server(ask, *card, attempt, look_first)) return *std::move(told);
  }
  return decide_and_close(ask, *card, attempt);
}

DoorResult Door::give(Ask const& ask) { return act(ask, false); }
DoorResult Door::look_and_give(Ask const& ask) { return act(ask, true); }

LookResult Door::look(std::string const& card, std::optional<EventId> event) {
  auto const input = read_card(card);
  if (!input) return Looked{reply_of(Answer::unreadable), !is_online()};
  Ask ask;
  ask.card = card;
  ask.event = event;
  if (is_online()) {
    auto const reply = parts_.server.check(card, event, ask.tickets);
    if (stands(reply)) {
      if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) return no_answer(*refusal);
      auto const& told = std::get<contract::CheckReply>(reply);
      if (told.answer == Answer::device_revoked) parts_.contact.found_trouble(Trouble::revoked);
      return Looked{told, false};
    }
  }
  auto decided = decide(*input, ask);
  if (auto* none = std::get_if<NoAnswer>(&decided)) return std::move(*none);
  auto const& own = std::get<Own>(decided);
  return Looked{own.reply, true, own.age};
}

UndoResult Door::undo(std::int64_t attempt) {
  constexpr std::int64_t newest = 1000;  // more than a quarter of an hour has
  auto const uses = parts_.journal.latest_uses(Instant{}, newest);
  auto const use = std::ranges::find(uses, attempt, &RecordedUse::attempt);
  return use == uses.end() ? UndoResult{} : undo(*use);
}

std::vector<RecordedUse> Door::uses_to_undo() {
  data();
  auto const since = parts_.clock.server_time() + -contract::undo_within_us;
  return parts_.journal.latest_uses(since, most_uses_to_undo);
}

UndoResult Door::undo(RecordedUse const& use) {
  data();
  if (!contract::may_be_undone(use.at, parts_.clock.server_time())) {
    return {UndoResult::Kind::too_late, use.tickets};
  }
  parts_.journal.append_undo(parts_.clock.stamp(), contract::Undo{use.attempt, undo_reason});
  parts_.contact.wake();
  return {UndoResult::Kind::undone, use.tickets};
}

}  // namespace kaiku::kiosk
