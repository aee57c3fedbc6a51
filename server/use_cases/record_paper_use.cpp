#include "server/use_cases/record_paper_use.hpp"

#include <algorithm>

#include "server/domain/plausibility.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/judge_use.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::use_cases {
namespace {

// The time that a form does not tell: the event's start, else noon; and how late on the day it may
// have been.
struct Times {
  Instant occurred, last;
};
Times times_of(Day day, std::optional<tables::Event> const& event, Instant now) {
  auto const begin = start_of(day);
  auto const end = start_of(day + 1) + -1;
  auto const occurred = event ? std::max(event->starts_at, begin) : instant_at(day, 12 * 60);
  auto const last = event ? std::clamp(event->ends_at, occurred, std::max(occurred, end)) : end;
  return {std::min(occurred, now), std::min(last, now)};
}

Result<std::optional<tables::Event>> event_of(ledger::ReadTx& tx, PaperUse const& use) {
  if (!use.event) return std::optional<tables::Event>();
  auto event = tables::find_event(tx, *use.event);
  bool const is_of_day = event && event->venue == use.venue &&
                         event->starts_at < start_of(use.day + 1) &&
                         event->ends_at >= start_of(use.day);
  if (!is_of_day) return field_error("/event", FaultCode::not_found, "is no event of that day");
  return event;
}

// As it stood on that day; what was entered into the network later, as it stands now.
Result<Door> door_of(ledger::ReadTx& tx, PaperUse const& use, domain::Caller const& caller,
                     Instant at, Instant now) {
  auto then = open_door(tx, use.venue, use.event, std::nullopt, caller, at);
  if (then || then.error().problem != Problem::validation_failed) return then;
  return open_door(tx, use.venue, use.event, std::nullopt, caller, now);
}

struct Judged {
  Door door;
  contract::Decision decision;
};
Result<Judged> judge(ledger::ReadTx& tx, PaperUse const& use,
                     contract::RedemptionRequest const& request, ResolvedCard const& card,
                     domain::Caller const& caller, Instant at, Instant now) {
  auto door = door_of(tx, use, caller, at, now);
  if (!door) return door.error();
  auto const occurred = *request.occurred_at;
  auto const facts = facts_of_use(tx, *door, card, occurred, at);
  auto const decision = judge_use(tx, request, *door, card, facts, occurred);
  return Judged{*std::move(door), decision};
}

bool is_on_form(ledger::ReadTx& tx, PaperUse const& use, ResolvedCard const& card) {
  if (!card.card) return false;
  auto const rows = tables::paper_uses(tx, use.venue, use.day, use.event);
  return std::ranges::any_of(rows, [&](tables::Redemption const& row) {
    if (row.undone_seq) return false;
    bool const is_holders = card.card->lineage && row.lineage == card.card->lineage;
    return is_holders || row.card == card.card->id;
  });
}

}  // namespace

std::optional<PaperDayFault> paper_day_fault(Day day, Day today) {
  if (day > today) return PaperDayFault::in_future;
  if (today - day > paper_days_back) return PaperDayFault::too_old;
  return std::nullopt;
}

Result<PaperAnswer> record_paper_use(ledger::WriteTx& tx, PaperUse const& use,
                                     contract::CardInput const& given,
                                     domain::Caller const& caller) {
  if (!caller.stands_at(use.venue)) return Error(Problem::forbidden, "the venue is not yours");
  if (auto const before = tables::find_redemption(tx, caller.actor, use.key)) {
    return PaperAnswer(*before);
  }
  if (paper_day_fault(use.day, helsinki_day(tx.now()))) {
    return field_error("/day", FaultCode::out_of_range, "has to be in the past, at most 60 days");
  }
  if (use.tickets.total() == 0) return field_error("/tickets", FaultCode::at_least_one);
  auto const event = event_of(tx, use);
  if (!event) return event.error();
  auto const card = resolve_card(tx, given);
  if (!card) return card.error();
  if (!card->card && !use.unknown_too) return PaperAnswer(PaperQuestion::unknown);
  if (!use.another_too && is_on_form(tx, use, *card)) return PaperAnswer(PaperQuestion::twice);
  auto const times = times_of(use.day, *event, tx.now());
  contract::RedemptionRequest request;
  request.idempotency_key = use.key;
  request.venue = use.venue;
  request.event = use.event;
  request.tickets = use.tickets;
  request.occurred_at = times.occurred;
  auto judged = judge(tx, use, request, *card, caller, times.occurred, tx.now());
  if (!judged) return judged.error();
  if (!judged->decision.gives()) {
    // A card that came or went in the course of the day: somebody has seen that it was good.
    auto later = judge(tx, use, request, *card, caller, times.last, tx.now());
    if (later && later->decision.gives()) judged = std::move(later);
  }
  auto const& [door, decision] = *judged;
  auto entry = use_entry(request, door, *card, times.occurred);
  entry.answer = decision.answer;
  entry.body_mac = body_mac(tx.keys(), request, card->code, door.use_kind);
  ToldTime told;
  told.before_the_door = !tables::venue_at(tx, use.venue, times.last);
  entry.verdict = verdict_of_told(tx, request, door, *card, decision, times.occurred, told);
  entry.on_paper = true;
  auto const receipt = ledger::append(tx, caller.actor, entry);
  auto stored = tables::find_redemption(tx, RedemptionId{receipt.sequence}).value();
  if (!domain::waits(*entry.verdict)) {
    use_up_reservation(
        tx, caller.actor,
        {stored.id, stored.event, stored.lineage, stored.tickets, stored.occurred_at});
  }
  return PaperAnswer(std::move(stored));
}

}  // namespace kaiku::use_cases
