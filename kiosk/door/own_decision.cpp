#include "kiosk/door/own_decision.hpp"

#include <algorithm>
#include <cassert>

namespace kaiku::kiosk {

namespace {

using contract::LimitPeriod;
using contract::Recognition;

constexpr int months_of_validity = 12;

// The key list is judged by its own time, as everywhere: a clock fault does not make cards foreign.
bool is_genuine(contract::OpenedVenuePart const& venue, contract::UnverifiedToken const& token) {
  auto const keys = venue.keys.keys_for(contract::KeyUse::card, venue.part.issued_at);
  return std::ranges::any_of(keys, [&](crypto::Ed25519PublicKey const& key) {
    return key.key_id() == token.key_id && token.verify(key);
  });
}

contract::CardFacts facts_in_state(contract::StoredState state) {
  contract::CardFacts facts;
  facts.state = state;
  return facts;  // both days 1970: registered and so long over
}

// A genuine token without a row: dead long ago, of a range that was voided, or new to the data.
void judge_without_row(contract::CardTable const& cards, contract::CardClaims const& claims,
                       OwnCase& own) {
  own.recognition = Recognition::known;
  if (claims.stock && cards.is_void(*claims.stock)) {
    own.facts = facts_in_state(contract::StoredState::void_);
  } else if (cards.is_dead(own.row)) {
    own.facts = facts_in_state(contract::StoredState::registered);
  } else {
    own.recognition = Recognition::genuine_unknown;
  }
}

contract::SnapshotEvent const* find_event(contract::VenuePart const& venue, EventId id) {
  auto const at = std::ranges::find(venue.events, id, &contract::SnapshotEvent::id);
  return at == venue.events.end() ? nullptr : &*at;
}

contract::Offer offer_of(contract::VenuePart const& venue, contract::SnapshotEvent const* event,
                         Instant now) {
  contract::Offer offer;
  offer.area = venue.area;
  offer.area_is_local_only = venue.policy.local_only;
  offer.companion_allowed = venue.policy.companion_allowed;
  offer.limit = venue.limit;
  if (!event) return offer;
  offer.has_event = true;
  offer.kind = event->kind;
  offer.children_allowed = event->children_allowed;
  offer.quota = event->quota;
  offer.limit = event->limit;
  offer.sold_out = event->sold_out;
  offer.cancelled = event->cancelled;
  offer.over = now > event->ends_at + contract::event_over_after_us;
  return offer;
}

// How many of the adults elsewhere count for the limit: as many as the part proves, never more. A
// wrongly free ticket costs little, a wrong refusal costs dignity.
int adults_in_limit(contract::UsesElsewhere const& use, LimitPeriod period, bool is_today,
                    Day day) {
  switch (period) {
    case LimitPeriod::event:
    case LimitPeriod::validity: return use.adults;
    case LimitPeriod::day:
      if (!use.event) return use.adults;  // of this day alone
      return is_today && use.adult_today ? 1 : 0;
    case LimitPeriod::month: {
      auto const last = civil_of(helsinki_day(use.last_at));
      auto const today = civil_of(day);
      return last.year == today.year && last.month == today.month ? use.adults : 0;
    }
  }
  return 0;
}

// Uses at other doors. Without an event they are told for one day; their hashes are of one epoch.
contract::EarlierUses uses_elsewhere(SnapshotView const& data, OwnCase const& own, Day day) {
  auto const& venue = data.venue->part;
  contract::EarlierUses uses;
  if (own.event) uses.quota_used = find_event(venue, *own.event)->used_elsewhere;
  if (venue.epoch != data.cards->row_key().epoch) return uses;
  bool const is_today = venue.day == day;
  for (auto const& use : venue.uses) {
    if (use.card != own.row || use.event != own.event) continue;
    if (!use.event && !is_today) continue;
    uses.adults_here += use.adults;
    uses.children_here += use.children;
    if (is_today && use.adult_today) uses.adult_today_here = true;
    if (use.adults > 0) uses.last_here = std::max(uses.last_here, std::optional(use.last_at));
    if (own.offer.limit) {
      uses.uses_in_limit_period += adults_in_limit(use, own.offer.limit->period, is_today, day);
    }
  }
  return uses;
}

contract::EarlierUses sum(contract::EarlierUses a, contract::EarlierUses const& b) {
  a.quota_used += b.quota_used;
  a.adults_here += b.adults_here;
  a.children_here += b.children_here;
  a.adult_today_here = a.adult_today_here || b.adult_today_here;
  a.uses_in_limit_period += b.uses_in_limit_period;
  a.last_here = std::max(a.last_here, b.last_here);
  return a;
}

Result<void> check_override(contract::VenuePart const& venue,
                            std::optional<contract::Override> const& override) {
  if (!override) return {};
  if (!contract::is_overridable(override->answer)) {
    return field_error("/override/answer", FaultCode::not_an_option, "is an answer that stands");
  }
  auto const& reasons = venue.override_reasons;
  if (!reasons.empty() && std::ranges::find(reasons, override->reason) == reasons.end()) {
    return field_error("/override/reason", FaultCode::not_an_option,
                       "is not in the list of reasons");
  }
  return {};
}

contract::DataSource source_of(SnapshotView const& data, int unknown_today, Instant now) {
  auto const& policy = data.venue->part.policy;
  contract::DataSource source;
  source.offline = true;
  source.age_s = age_of(data, now);
  source.stop_after_s = policy.stale_stop_s;
  source.age_may_be_overruled = policy.stale_may_be_overruled;
  source.unknown_genuine_is_let_in = policy.unknown_genuine_is_let_in;
  source.unknown_typed_is_let_in = policy.unknown_typed_is_let_in;
  source.unknown_genuine_today = unknown_today;
  source.unknown_genuine_daily_limit = policy.unknown_genuine_daily_limit;
  return source;
}

}  // namespace

Result<OwnCase> open_case(SnapshotView const& data, contract::CardInput const& read,
                          Digest const& stretched, std::optional<EventId> event, Instant now) {
  assert(data.cards && data.venue);
  auto const* token = std::get_if<contract::UnverifiedToken>(&read);
  if (token && !is_genuine(*data.venue, *token)) {
    return Error(Problem::unreadable, "the card's signature is not ours");
  }
  auto const& venue = data.venue->part;
  if (!venue.active) {
    return field_error("/venue_id", FaultCode::venue_closed);
  }
  auto const* known_event = event ? find_event(venue, *event) : nullptr;
  if (event && !known_event) {
    return field_error("/event_id", FaultCode::not_found, "is no event of this venue");
  }
  OwnCase own;
  own.row = contract::row_hash(data.cards->row_key().key, stretched);
  own.event = event;
  own.offer = offer_of(venue, known_event, now);
  own.facts = data.cards->find(own.row);
  if (own.facts) {
    own.recognition = Recognition::known;
    // The venue's part is newer than that of the cards: nobody is sent away for what it cannot say.
    bool const is_untold = own.facts->home_area.value.empty();
    if (is_untold && !data.cards->tells_homes_of(venue.area)) own.facts->home_area = venue.area;
  } else if (token) {
    judge_without_row(*data.cards, token->claims, own);
  }
  return own;
}

OwnQuestion own_question(OwnCase const& own, OwnCard const& card, Day day) {
  OwnQuestion question;
  question.card = card;
  question.event = own.event;
  question.day = day;
  question.limit = own.offer.limit;
  if (own.facts) {
    // A row keeps its first day only while that lies ahead; else a year is what cards commonly get.
    // An area with longer periods counts too little here, and the judgement counts again.
    question.valid_from = std::max(own.facts->first_valid,
                                   add_months(own.facts->last_valid + 1, -months_of_validity));
  }
  return question;
}

Result<contract::Decision> decide_here(SnapshotView const& data, OwnCase const& own,
                                       OwnAnswer const& answer, OwnAsk const& ask, Instant now) {
  if (auto const fits = check_override(data.venue->part, ask.override); !fits) return fits.error();
  auto const kind = own.facts ? own.facts->kind : contract::CardKind::personal;
  auto const shape = contract::check_shape(ask.tickets, own.offer.kind, kind, own.offer);
  if (!shape) return shape.error();
  auto const day = helsinki_day(now);
  auto const earlier = sum(uses_elsewhere(data, own, day), answer.uses);
  contract::Ask const asked{ask.tickets, own.offer.kind, day, ask.override};
  return contract::decide(own.recognition, own.facts ? &*own.facts : nullptr, own.offer, earlier,
                          asked, source_of(data, answer.unknown_cards_today, now));
}

std::int64_t age_of(SnapshotView const& data, Instant now) {
  return std::max<std::int64_t>(0, now - data.cards_as_of) / second_us;
}

}  // namespace kaiku::kiosk
