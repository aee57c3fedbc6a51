#include "tests/property/model.hpp"

#include <algorithm>

namespace kaiku::property {
namespace {

using contract::Answer;
using contract::StoredState;

bool in_limit_period(contract::UseLimit const& limit, Day use, Day day, Day valid_from) {
  switch (limit.period) {
    case contract::LimitPeriod::event: return true;
    case contract::LimitPeriod::day: return use == day;
    case contract::LimitPeriod::validity: return use >= valid_from;
    case contract::LimitPeriod::month: break;
  }
  return civil_of(use).year == civil_of(day).year && civil_of(use).month == civil_of(day).month;
}

bool same_body(contract::RedemptionRequest const& a, contract::RedemptionRequest const& b) {
  return a.venue == b.venue && a.event == b.event && a.tickets == b.tickets &&
         a.occurred_at == b.occurred_at && a.override == b.override;
}

std::optional<Error> fault_of_times_and_reasons(contract::RedemptionRequest const& request,
                                                Instant now) {
  std::vector<FieldFault> faults;
  if (request.occurred_at &&
      (*request.occurred_at - now > minute_us || now - *request.occurred_at > 60 * day_us)) {
    faults.push_back({"/occurred_at", FaultCode::out_of_range});
  }
  if (request.override && !contract::is_overridable(request.override->answer)) {
    faults.push_back({"/override/answer", FaultCode::not_an_option});
  }
  if (request.override && !domain::is_override_reason(request.override->reason)) {
    faults.push_back({"/override/reason", FaultCode::not_an_option});
  }
  if (faults.empty()) return std::nullopt;
  return Error(Problem::validation_failed, std::move(faults));
}

}  // namespace

std::optional<std::size_t> Model::find(std::string const& code) const {
  auto const found = std::find_if(cards.begin(), cards.end(),
                                  [&](ModelCard const& card) { return card.code == code; });
  if (found == cards.end()) return std::nullopt;
  return static_cast<std::size_t>(found - cards.begin());
}

void Model::set_state(std::size_t card, Instant from, CardState state) {
  cards.at(card).now = state;
  cards.at(card).versions.add(from, state);
  cards.at(card).took_place.reset();
}

void Model::take_back(std::size_t at, Instant from, CardState state) {
  auto& card = cards.at(at);
  card.lineage = -1;
  card.kind = contract::CardKind::personal;
  card.ceiling = 0;
  if (!card.is_made) card.office = card.batch_office;
  set_state(at, from, state);
}

std::optional<Error> Model::stock_fault(Shown const& shown, domain::Caller const& caller) const {
  auto const card = shown.readable ? find(shown.code) : std::nullopt;
  auto const bad = !card || cards[*card].now.state != StoredState::stock ||
                   offices.at(*caller.office).area != cards[*card].area ||
                   (cards[*card].office && *cards[*card].office != *caller.office);
  if (!bad) return std::nullopt;
  return field_error("/card", FaultCode::unknown_card);
}

Result<CardState> Model::registers(use_cases::RegisterCard const& request, Shown const* card,
                                   domain::Caller const& caller, Day today) const {
  auto const& office = offices.at(*caller.office);
  auto const first = request.issued_on.value_or(today);
  std::vector<FieldFault> faults;
  if (card != nullptr && stock_fault(*card, caller))
    faults.push_back({"/card", FaultCode::unknown_card});
  if (first > today || today - first > 60)
    faults.push_back({"/issued_on", FaultCode::out_of_range});
  if (request.kind == contract::CardKind::personal &&
      civil_of(first).year - request.holder.birth_year < 16) {
    faults.push_back({"/birth_year", FaultCode::under_age});
  }
  if (!municipalities.contains(request.municipality.value_or(office.municipality))) {
    faults.push_back({"/municipality", FaultCode::outside_network});
  }
  if (!faults.empty()) return Error(Problem::validation_failed, std::move(faults));
  auto const months = policy_of(office.area, std::nullopt).validity_months;
  auto const last = last_valid_day(first, months);
  if (last < today) return Error(Problem::no_days_left);
  return CardState{StoredState::registered, first, last};
}

Result<std::size_t> Model::own_card(Shown const& shown, domain::Caller const& caller) const {
  if (!shown.readable) return Error(Problem::unreadable);
  auto const card = find(shown.code);
  if (!card) return Error(Problem::not_found);
  auto const& of = cards[*card];
  // Stock that was handed to nobody: each office of its area may give it.
  bool const may_give =
      !of.office && of.lineage < 0 && caller.office && offices.at(*caller.office).area == of.area;
  if (of.office != caller.office && !may_give) return Error(Problem::forbidden);
  if (of.lineage < 0) return Error(Problem::card_not_valid);
  return *card;
}

Result<CardState> Model::renews(Shown const& shown, domain::Caller const& caller, Day today) const {
  auto const own = own_card(shown, caller);
  if (!own) return own.error();
  auto state = cards[*own].now;
  if (state.state == StoredState::replaced) return Error(Problem::card_replaced);
  if (state.state != StoredState::registered) return Error(Problem::card_not_valid);
  auto const months =
      policy_of(lineages.at(static_cast<std::size_t>(cards[*own].lineage)).area, std::nullopt)
          .validity_months;
  if (state.last < today) return CardState{state.state, today, last_valid_day(today, months)};
  if (state.last > last_valid_day(today, months)) return Error(Problem::card_not_valid);
  return CardState{state.state, state.first, last_valid_day(state.last + 1, months)};
}

Result<CardState> Model::replaces(Shown const& old_card, Shown const* stock,
                                  domain::Caller const& caller, Day today) const {
  auto const own = own_card(old_card, caller);
  if (!own) return own.error();
  if (cards[*own].now.state == StoredState::replaced) return Error(Problem::card_replaced);
  if (cards[*own].now.barred) return Error(Problem::card_barred);
  if (cards[*own].now.last < today) return Error(Problem::card_ended);
  if (stock != nullptr) {
    if (auto const fault = stock_fault(*stock, caller)) return *fault;
  }
  return CardState{StoredState::registered, cards[*own].now.first, cards[*own].now.last};
}

Result<CardState> Model::blocks(Shown const& shown, domain::BlockReason reason,
                                domain::Caller const& caller) const {
  auto const own = own_card(shown, caller);
  if (!own) return own.error();
  auto state = cards[*own].now;
  if (state.state == StoredState::replaced) return Error(Problem::card_replaced);
  if (state.state != StoredState::registered) return Error(Problem::card_not_valid);
  state.state = StoredState::blocked;
  state.barred = reason == domain::BlockReason::misuse;
  return state;
}

Result<CardState> Model::unblocks(Shown const& shown, domain::Caller const& caller) const {
  auto const own = own_card(shown, caller);
  if (!own) return own.error();
  auto state = cards[*own].now;
  if (state.state != StoredState::blocked) return Error(Problem::not_blocked);
  state.state = StoredState::registered;
  state.barred = false;
  return state;
}

Result<std::size_t> Model::changes_children(Shown const& shown,
                                            domain::Caller const& caller) const {
  auto const own = own_card(shown, caller);
  if (!own) return own.error();
  if (cards[*own].kind == contract::CardKind::community) return Error(Problem::card_not_valid);
  if (cards[*own].now.state == StoredState::replaced) return Error(Problem::card_replaced);
  return *own;
}

Result<CardState> Model::undoes_registration(std::size_t at, domain::Caller const& caller,
                                             Instant now) const {
  auto const& card = cards.at(at);
  if (card.office != caller.office) return Error(Problem::forbidden);
  if (card.lineage < 0 || card.now.state != StoredState::registered) {
    return Error(Problem::undo_too_late);
  }
  auto const& lineage = lineages.at(static_cast<std::size_t>(card.lineage));
  bool const was_used = std::any_of(
      uses.begin(), uses.end(), [&](ModelUse const& use) { return use.lineage == card.lineage; });
  bool const is_over = now - lineage.registered_at > 10 * minute_us;
  if (is_over || lineage.is_changed || was_used) return Error(Problem::undo_too_late);
  return CardState{card.is_made ? StoredState::void_ : StoredState::stock, {}, {}};
}

Result<CardState> Model::undoes_replacement(std::size_t at, domain::Caller const& caller,
                                            Instant now) const {
  auto const& card = cards.at(at);
  if (card.office != caller.office) return Error(Problem::forbidden);
  bool const was_used = std::any_of(uses.begin(), uses.end(), [&](ModelUse const& use) {
    return use.code == card.code && use.lineage == card.lineage;
  });
  bool const is_fresh = card.took_place && now - card.took_place->at <= 10 * minute_us;
  if (!is_fresh || was_used) return Error(Problem::undo_too_late);
  return CardState{card.is_made ? StoredState::void_ : StoredState::stock, {}, {}};
}

domain::Policy Model::policy_of(AreaId const& area, std::optional<Instant> at) const {
  auto const& versions = areas.at(area);
  auto const* then = at ? versions.at(*at) : nullptr;
  return then != nullptr ? *then : versions.now();
}

contract::CardFacts Model::facts_of(ModelCard const& card, std::optional<Instant> at) const {
  auto const* then = at ? card.versions.at(*at) : nullptr;
  auto const state = at ? (then != nullptr ? *then : CardState{}) : card.now;
  contract::CardFacts facts;
  facts.state = state.state;
  facts.kind = card.kind;
  facts.first_valid = state.first;
  facts.last_valid = state.last;
  facts.home_area = card.area;
  facts.home_area_is_local_only = policy_of(card.area, at).local_only;
  facts.community_ceiling = card.ceiling;
  if (card.lineage >= 0 && card.kind == contract::CardKind::personal) {
    auto const& children = lineages.at(static_cast<std::size_t>(card.lineage)).children;
    auto const* count = at ? children.at(*at) : &children.now();
    facts.child_limit = count != nullptr ? *count : 0;
  }
  return facts;
}

contract::EarlierUses Model::earlier(ModelCard const* card,
                                     contract::RedemptionRequest const& request,
                                     std::optional<contract::UseLimit> const& limit, Day day,
                                     Day valid_from) const {
  contract::EarlierUses found;
  if (request.event) found.quota_used = static_cast<int>(places_used(*request.event));
  if (card == nullptr || card->lineage < 0) return found;
  for (auto const& use : uses) {
    auto const same_door = use.request.venue == request.venue && use.request.event == request.event;
    if (use.undone || use.waits() || use.lineage != card->lineage || !same_door) continue;
    auto const& tickets = use.request.tickets;
    auto const use_day = helsinki_day(use.occurred);
    if (limit && in_limit_period(*limit, use_day, day, valid_from)) {
      found.uses_in_limit_period += tickets.adult;
    }
    if (!request.event && use_day != day) continue;
    found.adults_here += tickets.adult;
    found.children_here += tickets.child;
    if (tickets.adult == 0) continue;
    found.adult_today_here = found.adult_today_here || use_day == day;
    if (!found.last_here || use.occurred > *found.last_here) found.last_here = use.occurred;
  }
  return found;
}

Result<Expected> Model::judges(contract::RedemptionRequest const& request, Shown const& shown,
                               domain::Caller const& caller, Instant occurred,
                               std::optional<Instant> at) const {
  if (!caller.stands_at(request.venue)) return Error(Problem::forbidden);
  auto const& venue = venues.at(request.venue);
  contract::Offer offer;
  offer.area = venue.area;
  auto const policy = policy_of(venue.area, at);
  offer.area_is_local_only = policy.local_only;
  offer.companion_allowed = policy.companion_allowed;
  offer.limit = venue.limit;
  Expected expected;
  expected.occurred = occurred;
  expected.kind = request.kind.value_or(contract::UseKind::admission);
  offer.kind = expected.kind;
  if (request.event) {
    auto const event = events.find(*request.event);
    if (event == events.end() || event->second.venue != request.venue) {
      return field_error("/event_id", FaultCode::not_found);
    }
    auto const* then = at ? event->second.versions.at(*at) : nullptr;
    auto const facts = then != nullptr ? *then : event->second.versions.now();
    expected.kind = request.kind.value_or(facts.kind);
    offer.has_event = true;
    offer.kind = facts.kind;
    offer.limit = facts.limit;
    offer.children_allowed = facts.children_allowed;
    offer.sold_out = facts.sold_out;
    offer.cancelled = facts.cancelled;
    offer.over = occurred > event->second.ends_at + 2 * hour_us;
    if (facts.quota) offer.quota = static_cast<int>(*facts.quota);
  }
  auto const found = find(shown.code);
  auto const* card = found ? &cards[*found] : nullptr;
  std::optional<contract::CardFacts> facts;
  if (card != nullptr) facts = facts_of(*card, at);
  auto const kind = facts ? facts->kind : contract::CardKind::personal;
  auto const shape = contract::check_shape(request.tickets, expected.kind, kind, offer);
  if (!shape && (!at || request.tickets == contract::Tickets{})) return shape.error();
  contract::DataSource online;
  online.unknown_genuine_is_let_in = false;
  auto const recognition = card != nullptr ? contract::Recognition::known
                           : shown.typed   ? contract::Recognition::typed_unknown
                                           : contract::Recognition::genuine_unknown;
  auto const day = helsinki_day(occurred);
  auto const valid_from = facts ? facts->first_valid : Day{0};
  expected.decision =
      contract::decide(recognition, facts ? &*facts : nullptr, offer,
                       earlier(card, request, offer.limit, day, valid_from),
                       {request.tickets, expected.kind, day, request.override}, online);
  return expected;
}

Result<contract::Decision> Model::checks(contract::RedemptionRequest const& request,
                                         Shown const& shown, domain::Caller const& caller,
                                         Instant now) const {
  // The door is asked before the card: whose venue it is comes first.
  if (!caller.stands_at(request.venue)) return Error(Problem::forbidden);
  auto const judged = judges(request, shown, caller, now, std::nullopt);
  if (!judged && !judged.error().fields.empty() &&
      judged.error().fields[0].pointer == "/event_id") {
    return judged.error();
  }
  if (!shown.readable) return Error(Problem::unreadable);
  if (!judged) return judged.error();
  return judged->decision;
}

Result<Expected> Model::redeems(contract::RedemptionRequest const& request, Shown const& shown,
                                domain::Caller const& caller, Instant now) const {
  if (!shown.readable) return Error(Problem::unreadable);
  for (std::size_t at = 0; at < uses.size(); ++at) {
    auto const& use = uses[at];
    if (use.actor != caller.actor || use.request.idempotency_key != request.idempotency_key)
      continue;
    auto const same = use.code == shown.code && same_body(use.request, request) &&
                      request.kind.value_or(use.kind) == use.kind;
    if (!same) return Error(Problem::idempotency_key_reused);
    Expected expected;
    expected.repeated = true;
    expected.use = at;
    return expected;
  }
  if (auto const fault = fault_of_times_and_reasons(request, now)) return *fault;
  auto const occurred = request.occurred_at.value_or(now);
  auto const late = now - occurred > 5 * minute_us;
  auto expected = judges(request, shown, caller, occurred,
                         late ? std::optional<Instant>(occurred) : std::nullopt);
  if (!expected) return expected.error();
  if (!late && (!find(shown.code) || !expected->decision.gives())) {
    expected->given = false;
    return expected;
  }
  if (late) expected->verdict = verdict_of(request, shown, *expected, occurred);
  return expected;
}

std::string Model::verdict_of(contract::RedemptionRequest const& request, Shown const& shown,
                              Expected const& expected, Instant occurred) const {
  auto const found = find(shown.code);
  if (!found) return "unknown_card";
  auto const& card = cards[*found];
  std::int64_t acts = 0;
  for (auto const& use : uses) {
    bool const same_day = helsinki_day(use.occurred) == helsinki_day(occurred);
    acts += card.lineage >= 0 && use.lineage == card.lineage && same_day && !use.undone ? 1 : 0;
  }
  domain::ToldUse const told{request.tickets, expected.kind, card.kind, 0, false, acts};
  return domain::is_implausible(told) ? "implausible" : contract::verdict_of(expected.decision);
}

Result<std::size_t> Model::undoes(RedemptionId id, domain::Caller const& caller,
                                  Instant now) const {
  auto const found =
      std::find_if(uses.begin(), uses.end(), [&](ModelUse const& use) { return use.id == id; });
  if (found == uses.end()) return Error(Problem::not_found);
  auto const coordinates = caller.covers(venues.at(found->request.venue).area);
  if (!coordinates && !caller.stands_at(found->request.venue)) return Error(Problem::not_found);
  if (!coordinates && found->actor != caller.actor) return Error(Problem::forbidden);
  if (found->undone) return Error(Problem::already_undone);
  if (!coordinates && now - found->recorded > 15 * minute_us) return Error(Problem::undo_too_late);
  return static_cast<std::size_t>(found - uses.begin());
}

std::int64_t Model::places_used(EventId event) const {
  std::int64_t places = 0;
  for (auto const& use : uses) {
    if (!use.undone && !use.waits() && use.request.event == event)
      places += use.request.tickets.counted_in_quota();
  }
  return places;
}

std::pair<std::int64_t, std::int64_t> Model::tickets_and_children(VenueId venue, Day day) const {
  std::pair<std::int64_t, std::int64_t> counts{0, 0};
  for (auto const& use : uses) {
    if (use.undone || use.waits()) continue;
    if (use.request.venue != venue || helsinki_day(use.occurred) != day) continue;
    counts.first += use.request.tickets.total();
    counts.second += use.request.tickets.child;
  }
  return counts;
}

}  // namespace kaiku::property
