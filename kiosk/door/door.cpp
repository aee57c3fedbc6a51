#include "kiosk/door/door.hpp"

#include <utility>

#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

namespace {

using contract::Answer;

constexpr std::int64_t remember_every_us = minute_us;
constexpr std::size_t longest_card = 512;
constexpr char const* undo_reason = "mistake";

NoAnswer no_answer(ServerRefusal const& refusal) {
  NoAnswer result;
  result.why = refusal.status == 429   ? NoAnswer::Why::too_many_tries
               : refusal.status >= 500 ? NoAnswer::Why::server_busy
                                       : NoAnswer::Why::not_accepted;
  result.detail = refusal.slug.empty() ? "HTTP " + std::to_string(refusal.status)
                                       : refusal.slug + ": " + refusal.detail;
  result.retry_after_s = refusal.retry_after_s;
  return result;
}

NoAnswer no_answer(LinkFailure const& failure) {
  NoAnswer result;
  result.detail = failure.detail;
  return result;
}

bool gives(contract::CheckReply const& reply) {
  return reply.answer == Answer::ok || reply.answer == Answer::ok_offline;
}

}  // namespace

Door::Door(Database& database, Journal& journal, DoorServer& server, KioskClock& clock,
           Enrolment const& enrolment)
    : database_(database),
      journal_(journal),
      server_(server),
      clock_(clock),
      device_(enrolment.device),
      venue_(enrolment.venue) {
  if (auto const us = integer_setting(database, "last_contact_us")) last_contact_ = Instant{*us};
}

int Door::start() { return journal_.close_open_attempts(clock_.stamp()); }

std::optional<contract::CheckReply> Door::unreadable(std::string const& card) const {
  if (card.size() <= longest_card && contract::parse_card_input(card)) return std::nullopt;
  contract::CheckReply reply;
  reply.answer = Answer::unreadable;
  return reply;
}

void Door::heard(bool from_server) {
  online_ = from_server;
  if (!from_server) return;
  last_contact_ = clock_.now();
  auto const now_us = clock_.monotonic_us();
  if (remembered_at_us_ == 0 || now_us - remembered_at_us_ > remember_every_us) {
    remembered_at_us_ = now_us;
    remember_contact();
  }
}

void Door::remember_contact() {
  Transaction writing(database_);
  set_setting(database_, "last_contact_us", std::to_string(last_contact_.value_or(Instant{}).us));
  set_setting(database_, "clock_difference_us", std::to_string(clock_.difference_us()));
  writing.commit();
}

LookResult Door::look(std::string const& card, std::optional<EventId> event) {
  if (auto const reply = unreadable(card)) return *reply;
  auto const reply = server_.check(card, event, contract::Tickets{.adult = 1});
  heard(!std::holds_alternative<LinkFailure>(reply));
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) return no_answer(*refusal);
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return no_answer(*failure);
  return std::get<contract::CheckReply>(reply);
}

std::int64_t Door::open(Ask const& ask) {
  contract::Attempt attempt;
  attempt.event = ask.event;
  attempt.tickets = ask.tickets;
  attempt.override = ask.override;
  for (auto const& event : events_) {
    if (ask.event == event.id) attempt.kind = event.kind;
  }
  return journal_.append_attempt(clock_.stamp(), std::move(attempt), ask.card);
}

DoorResult Door::close(std::int64_t attempt, NotGiven result) {
  contract::Outcome outcome;
  outcome.of = attempt;
  outcome.answer = result.reply.answer;
  journal_.append_outcome(clock_.stamp(), outcome, true);
  result.attempt = attempt;
  return result;
}

DoorResult Door::close(std::int64_t attempt, NoAnswer result, bool told) {
  contract::Outcome not_confirmed;
  not_confirmed.of = attempt;
  journal_.append_outcome(clock_.stamp(), not_confirmed, told);
  result.attempt = attempt;
  return result;
}

DoorResult Door::give(Ask const& ask) {
  if (auto const reply = unreadable(ask.card)) return NotGiven{0, *reply};
  return send(ask, open(ask), std::nullopt);
}

DoorResult Door::look_and_give(Ask const& ask) {
  if (auto const reply = unreadable(ask.card)) return NotGiven{0, *reply};
  auto const attempt = open(ask);
  std::optional<int> children_max;
  if (!ask.override) {
    auto const looked = server_.check(ask.card, ask.event, ask.tickets);
    heard(!std::holds_alternative<LinkFailure>(looked));
    if (auto const* reply = std::get_if<contract::CheckReply>(&looked)) {
      if (!gives(*reply)) return close(attempt, NotGiven{attempt, *reply});
      children_max = reply->children_max;
    } else if (auto const* refusal = std::get_if<ServerRefusal>(&looked)) {
      return close(attempt, no_answer(*refusal), true);
    } else {
      return close(attempt, no_answer(std::get<LinkFailure>(looked)), false);
    }
  }
  return send(ask, attempt, children_max);
}

DoorResult Door::send(Ask const& ask, std::int64_t attempt, std::optional<int> children_max) {
  contract::RedemptionRequest request;
  request.idempotency_key = idempotency_key(device_, attempt);
  request.card = ask.card;
  request.venue = venue_;
  request.event = ask.event;
  request.tickets = ask.tickets;
  request.override = ask.override;
  auto reply = server_.redeem(request);
  // Cut in the middle: the same key gives the same answer, so ask again once.
  if (auto const* cut = std::get_if<LinkFailure>(&reply);
      cut && cut->maybe_sent && cut->fault == LinkFault::broken) {
    reply = server_.redeem(request);
  }
  heard(!std::holds_alternative<LinkFailure>(reply));
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    // After a 5xx the use may still be there; only a 4xx says that it is not.
    return close(attempt, no_answer(*refusal), refusal->status < 500);
  }
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) {
    return close(attempt, no_answer(*failure), false);
  }
  auto const& result = std::get<RedemptionOutcome>(reply);
  if (auto const* refused = std::get_if<contract::CheckReply>(&result)) {
    return close(attempt, NotGiven{attempt, *refused});
  }
  auto const& given = std::get<contract::RedemptionReply>(result);
  contract::Outcome outcome;
  outcome.of = attempt;
  outcome.answer = given.answer;
  outcome.redemption = given.redemption;
  journal_.append_outcome(clock_.stamp(), outcome, true);
  return Given{attempt, given.redemption, given.tickets, children_max, given.quota_left};
}

UndoResult Door::undo_latest() {
  auto const use = journal_.latest_use(clock_.wall() + -undo_window_us);
  if (!use || !use->redemption) return {};
  auto const sequence =
      journal_.append_undo(clock_.stamp(), contract::Undo{use->attempt, undo_reason});
  auto const reply = server_.undo(*use->redemption, undo_reason);
  heard(!std::holds_alternative<LinkFailure>(reply));
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    if (refusal->status >= 500 || refusal->status == 429) {
      return {UndoResult::Kind::noted, use->tickets};
    }
    journal_.mark_told(sequence);
    return {refusal->is_too_old() ? UndoResult::Kind::too_late : UndoResult::Kind::refused,
            use->tickets};
  }
  if (std::holds_alternative<LinkFailure>(reply)) return {UndoResult::Kind::noted, use->tickets};
  journal_.mark_told(sequence);
  return {UndoResult::Kind::undone, use->tickets};
}

void Door::tell_pending_undos() {
  for (auto const& undo : journal_.pending_undos()) {
    auto const reply = server_.undo(undo.redemption, undo.reason);
    auto const* refusal = std::get_if<ServerRefusal>(&reply);
    bool const later = std::holds_alternative<LinkFailure>(reply) ||
                       (refusal && (refusal->status >= 500 || refusal->status == 429));
    if (later) return;
    journal_.mark_told(undo.sequence);
  }
}

Reply<VenueNews> Door::refresh() {
  auto const asked_at_us = clock_.monotonic_us();
  auto reply = server_.venue();
  if (auto const* news = std::get_if<VenueNews>(&reply)) {
    // The server read its clock somewhere between the question and the answer.
    clock_.server_said(news->server_time, (clock_.monotonic_us() - asked_at_us) / 2);
    events_ = news->events;
  }
  heard(!std::holds_alternative<LinkFailure>(reply));
  if (online_) tell_pending_undos();
  return reply;
}

DoorStanding Door::standing() {
  return {online_, journal_.queue(), clock_.difference_us(), last_contact_};
}

}  // namespace kaiku::kiosk
