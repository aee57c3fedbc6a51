#include "schema/contract/admission.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "schema/values/faults.hpp"

namespace kaiku::contract {

namespace {

constexpr int no_bound = std::numeric_limits<int>::max();

// What is left of `whole` after `taken`, never below zero.
int left_of(int whole, int taken) {
  auto const left = static_cast<std::int64_t>(whole) - taken;
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, no_bound));
}

bool has_negative(Tickets const& t) {
  return std::min({t.adult, t.child, t.assistant, t.interpreter, t.companion}) < 0;
}

// One question with everything that its judgement needs, by reference; lives for one decide().
class Judgement {
 public:
  Judgement(CardFacts const& card, Offer const& offer, EarlierUses const& earlier, Ask const& ask)
      : card_(card),
        offer_(offer),
        earlier_(earlier),
        ask_(ask),
        kind_(narrower_kind(offer, ask)) {}

  // State and validity, then area; nullopt when the card is good here today.
  std::optional<Answer> refusal_of_card() const;
  // Shape, limit and quota; nullopt when the tickets asked can be given.
  std::optional<Answer> refusal_of_tickets() const;
  // A second ticket of the holder at the same event. Without an event it is an ordinary use.
  bool is_duplicate() const;
  bool event_is_over() const { return offer_.has_event && offer_.over; }
  // Fills what the screens show beside an answer about tickets.
  void describe(Decision& decision) const;

 private:
  // Whoever asks for a course place is judged by a course's rules, and so is whoever asks at one.
  static UseKind narrower_kind(Offer const& offer, Ask const& ask) {
    bool const says_nothing = ask.kind == UseKind::admission;
    return says_nothing && offer.has_event ? offer.kind : ask.kind;
  }
  std::optional<Answer> refusal_of_shape() const;
  bool limit_is_reached_with(int adults) const;
  bool adult_is_here(int adults_in_act) const {
    return adults_in_act > 0 || earlier_.adult_today_here;
  }
  bool holder_could_come() const;
  int places_left() const;
  int ceiling_left() const;
  // Children whom the card itself covers beside so many adults, quota aside.
  int children_of_card(int adults) const;
  int children_max(bool limit_reached) const;
  Tickets most() const;

  CardFacts const& card_;
  Offer const& offer_;
  EarlierUses const& earlier_;
  Ask const& ask_;
  UseKind kind_;
};

std::optional<Answer> Judgement::refusal_of_card() const {
  switch (shown_state(card_.state, card_.first_valid, card_.last_valid, ask_.day)) {
    case ShownState::stock: return Answer::not_registered;
    case ShownState::not_yet_valid: return Answer::not_yet_valid;
    case ShownState::expired: return Answer::expired;
    case ShownState::replaced: return Answer::replaced;
    // Taken out of use by an office, as a blocked card is; the door need not know the difference.
    case ShownState::blocked:
    case ShownState::void_: return Answer::blocked;
    case ShownState::valid: break;
  }
  bool const is_local_only = card_.home_area_is_local_only || offer_.area_is_local_only;
  if (is_local_only && card_.home_area != offer_.area) return Answer::wrong_area;
  return std::nullopt;
}

std::optional<Answer> Judgement::refusal_of_shape() const {
  auto const& asked = ask_.tickets;
  if (kind_ == UseKind::course && asked.child > 0) return Answer::children_not_on_courses;
  bool const is_community = card_.kind == CardKind::community;
  if (is_community && kind_ != UseKind::admission) return Answer::community_over_ceiling;
  if (asked.child > 0) {
    bool const no_children_here = kind_ != UseKind::admission || !offer_.children_allowed;
    if (no_children_here) return Answer::children_over_limit;
    if (!adult_is_here(asked.adult)) {
      bool const adult_helps = holder_could_come() && asked.child <= children_of_card(1);
      return adult_helps ? Answer::adult_first : Answer::children_over_limit;
    }
    if (!is_community && asked.child > children_of_card(asked.adult)) {
      return Answer::children_over_limit;
    }
  }
  if (is_community && asked.adult > left_of(ceiling_left(), asked.child)) {
    return Answer::community_over_ceiling;
  }
  if (is_community && asked.child > ceiling_left()) return Answer::community_over_ceiling;
  return std::nullopt;
}

std::optional<Answer> Judgement::refusal_of_tickets() const {
  if (auto const refusal = refusal_of_shape()) return refusal;
  if (limit_is_reached_with(ask_.tickets.adult)) return Answer::limit_reached;
  if (offer_.sold_out || ask_.tickets.counted_in_quota() > places_left()) {
    return Answer::quota_full;
  }
  return std::nullopt;
}

bool Judgement::is_duplicate() const {
  if (!offer_.has_event || ask_.tickets.adult == 0) return false;
  return earlier_.adults_here > 0 || ask_.tickets.adult > 1;
}

bool Judgement::limit_is_reached_with(int adults) const {
  if (!offer_.limit || adults == 0) return false;
  return adults > left_of(offer_.limit->count, earlier_.uses_in_limit_period);
}

int Judgement::places_left() const {
  if (offer_.sold_out) return 0;
  return offer_.quota ? left_of(*offer_.quota, earlier_.quota_used) : no_bound;
}

int Judgement::ceiling_left() const {
  return left_of(left_of(card_.community_ceiling, earlier_.adults_here), earlier_.children_here);
}

int Judgement::children_of_card(int adults) const {
  if (card_.kind == CardKind::community) return left_of(ceiling_left(), adults);
  return left_of(card_.child_limit, earlier_.children_here);
}

int Judgement::children_max(bool limit_reached) const {
  // At a reached limit the adult cannot come along; children of an earlier act still can.
  int adults = limit_reached ? 0 : ask_.tickets.adult;
  if (kind_ != UseKind::admission || !offer_.children_allowed) return 0;
  if (!adult_is_here(adults)) {
    if (!holder_could_come()) return 0;
    adults = 1;
  }
  int const places = left_of(left_of(places_left(), adults), ask_.tickets.companion);
  return std::min(children_of_card(adults), places);
}

// Places aside.
bool Judgement::holder_could_come() const {
  bool const was_here = offer_.has_event && earlier_.adults_here > 0;
  bool const no_room = card_.kind == CardKind::community && ceiling_left() == 0;
  return !was_here && !no_room && !limit_is_reached_with(1);
}

// The holder first, then children, then a companion, as far as places and the ceiling go.
Tickets Judgement::most() const {
  bool const is_admission = kind_ == UseKind::admission;
  bool const is_community = card_.kind == CardKind::community;
  if (offer_.sold_out || (is_community && !is_admission)) return {};
  int places = places_left();
  Tickets most;
  most.adult = holder_could_come() && places > 0 ? 1 : 0;
  if (!is_admission) return most;
  places -= most.adult;
  if (offer_.children_allowed && adult_is_here(most.adult)) {
    most.child = std::min(children_of_card(most.adult), places);
  }
  places -= most.child;
  most.companion = !is_community && offer_.companion_allowed && places > 0 ? 1 : 0;
  most.assistant = 1;
  most.interpreter = 1;
  return most;
}

void Judgement::describe(Decision& decision) const {
  decision.children_max = children_max(decision.answer == Answer::limit_reached);
  decision.allowed = most();
  if (offer_.sold_out || offer_.quota) decision.quota_left = places_left();
  if (decision.answer == Answer::already_used_here) decision.used_at = earlier_.last_here;
}

bool is_too_old(DataSource const& source) { return source.age_s > source.stop_after_s; }

bool overrides(Ask const& ask, Answer answer) {
  assert(is_overridable(answer));
  return ask.override && ask.override->answer == answer;
}

// The answer of a card whose own state is no obstacle.
Answer answer_about_tickets(Judgement const& judgement, Ask const& ask) {
  if (auto const refusal = judgement.refusal_of_tickets()) return *refusal;
  if (judgement.is_duplicate()) {
    return overrides(ask, Answer::already_used_here) ? Answer::ok : Answer::already_used_here;
  }
  if (judgement.event_is_over()) {
    return overrides(ask, Answer::event_over) ? Answer::ok : Answer::event_over;
  }
  return Answer::ok;
}

bool lets_unknown_in(Recognition recognition, DataSource const& source) {
  bool const may = recognition == Recognition::typed_unknown ? source.unknown_typed_is_let_in
                                                             : source.unknown_genuine_is_let_in;
  return source.offline && may && source.unknown_genuine_today < source.unknown_genuine_daily_limit;
}

// Stands in for a genuine card that the data do not know; state and area are not asked of it.
CardFacts unknown_card_facts() {
  CardFacts facts;
  facts.child_limit = children_of_unknown_card;
  return facts;
}

Decision refused(Answer answer) {
  Decision decision;
  decision.answer = answer;
  return decision;
}

}  // namespace

Result<void> check_shape(Tickets const& tickets, UseKind kind, CardKind card, Offer const& offer) {
  Faults faults;
  auto const at_most_one = [&](int count, char const* pointer) {
    if (count < 0 || count > 1) faults.add(pointer, FaultCode::out_of_range, "is at most one");
  };
  auto const none = [&](int count, char const* pointer, FaultCode code) {
    if (count > 0) faults.add(pointer, code);
  };
  at_most_one(tickets.adult, "/tickets/adult");
  at_most_one(tickets.assistant, "/tickets/assistant");
  at_most_one(tickets.interpreter, "/tickets/interpreter");
  at_most_one(tickets.companion, "/tickets/companion");
  if (tickets.child < 0) faults.add("/tickets/child", FaultCode::out_of_range, "is below zero");
  if (tickets == Tickets{}) faults.add("/tickets", FaultCode::at_least_one);
  bool const of_event = offer.has_event && offer.kind != UseKind::admission;
  if (kind != UseKind::admission || of_event) {
    none(tickets.assistant, "/tickets/assistant", FaultCode::holder_alone);
    none(tickets.interpreter, "/tickets/interpreter", FaultCode::holder_alone);
    none(tickets.companion, "/tickets/companion", FaultCode::holder_alone);
  } else if (!offer.companion_allowed) {
    none(tickets.companion, "/tickets/companion", FaultCode::not_allowed_here);
  } else if (card == CardKind::community) {
    none(tickets.companion, "/tickets/companion", FaultCode::not_on_community_card);
  }
  if (offer.has_event && kind != offer.kind) faults.add("/kind", FaultCode::not_offered);
  return faults.result();
}

Decision decide(Recognition recognition, CardFacts const* card, Offer const& offer,
                EarlierUses const& earlier, Ask const& ask, DataSource const& source) {
  assert((recognition == Recognition::known) == (card != nullptr));
  assert(!has_negative(ask.tickets));
  if (is_too_old(source) && !source.age_may_be_overruled) return refused(Answer::stale_snapshot);
  bool const is_known = recognition == Recognition::known;
  if (!is_known && !lets_unknown_in(recognition, source)) return refused(Answer::unknown_card);
  static CardFacts const unknown_card = unknown_card_facts();
  Judgement const judgement(is_known ? *card : unknown_card, offer, earlier, ask);
  auto refusal = is_known ? judgement.refusal_of_card() : std::nullopt;
  if (!refusal && offer.has_event && offer.cancelled) refusal = Answer::event_cancelled;
  if (is_too_old(source) && !ask.override) {
    // A card may have been renewed or blocked since: nothing is said of it before somebody asks.
    auto decision = refused(Answer::stale_snapshot);
    decision.may_override = true;
    if (!refusal) judgement.describe(decision);
    return decision;
  }
  if (refusal) return refused(*refusal);
  auto decision = refused(answer_about_tickets(judgement, ask));
  decision.may_override = is_overridable(decision.answer);
  judgement.describe(decision);
  if (decision.answer == Answer::ok && !is_known) decision.answer = Answer::ok_offline;
  return decision;
}

Tickets offered(Tickets const& allowed, Tickets const& reserved) {
  Tickets offered;
  for (auto const kind : {&Tickets::adult, &Tickets::child, &Tickets::assistant,
                          &Tickets::interpreter, &Tickets::companion}) {
    offered.*kind = std::min(reserved.*kind, allowed.*kind);
  }
  return offered.total() > 0 ? offered : Tickets{.adult = 1};
}

int quota_from_percentage(int capacity, int percent) {
  auto const share = static_cast<std::int64_t>(capacity) * percent / 100;
  return static_cast<int>(std::clamp<std::int64_t>(share, 1, no_bound));
}

std::string verdict_of(Decision const& decision) {
  switch (decision.answer) {
    case Answer::ok:
    case Answer::ok_offline: return "fine";
    case Answer::quota_full: return "over_quota";
    case Answer::already_used_here: return "duplicate";
    case Answer::unknown_card: return "unknown_card";
    default: return "late_" + std::string(word_of(decision.answer));
  }
}

}  // namespace kaiku::contract
