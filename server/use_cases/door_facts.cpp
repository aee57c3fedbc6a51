#include "server/use_cases/door_facts.hpp"

#include "server/tables/reservations.hpp"

namespace kaiku::use_cases {

Result<Door> open_door(ledger::ReadTx& tx, VenueId venue_id, std::optional<EventId> event_id,
                       std::optional<contract::UseKind> kind, domain::Caller const& caller,
                       std::optional<Instant> at) {
  if (!caller.stands_at(venue_id)) return Error(Problem::forbidden, "the venue is not yours");
  auto venue = at ? tables::venue_at(tx, venue_id, *at) : tables::find_venue(tx, venue_id);
  if (!venue) return field_error("/venue_id", FaultCode::not_found, "is no venue");
  if (!venue->active && !at) return field_error("/venue_id", FaultCode::venue_closed);
  Door door;
  if (event_id) {
    door.event = at ? tables::event_at(tx, *event_id, *at) : tables::find_event(tx, *event_id);
    if (!door.event || door.event->venue != venue_id) {
      return field_error("/event_id", FaultCode::not_found, "is no event of this venue");
    }
  }
  door.policy = at ? tables::policy_at(tx, venue->area, *at).value_or(domain::Policy{})
                   : tables::policy_of(tx, venue->area).value();
  door.use_kind = kind.value_or(door.event ? door.event->use_kind : contract::UseKind::admission);
  door.venue = std::move(*venue);
  return door;
}

contract::Offer offer_of(Door const& door, Instant occurred) {
  contract::Offer offer;
  offer.area = door.venue.area;
  offer.area_is_local_only = door.policy.local_only;
  offer.companion_allowed = door.policy.companion_allowed;
  offer.kind = door.use_kind;
  offer.limit = door.venue.limit;
  if (door.event) {
    offer.has_event = true;
    offer.kind = door.event->use_kind;
    offer.children_allowed = door.event->children_allowed;
    offer.limit = door.event->limit;
    offer.sold_out = door.event->sold_out;
    offer.cancelled = door.event->cancelled;
    offer.over = occurred > door.event->ends_at + contract::event_over_after_us;
    if (door.event->quota) offer.quota = static_cast<int>(*door.event->quota);
  }
  return offer;
}

contract::CardFacts facts_of(ledger::ReadTx& tx, tables::Card const& card,
                             std::optional<Instant> at, WithHolder holder) {
  contract::CardFacts facts;
  facts.state = card.state;
  facts.first_valid = card.first_valid;
  facts.last_valid = card.last_valid;
  facts.kind = card.kind;
  facts.home_area = card.area;
  facts.community_ceiling = card.community_ceiling;
  if (at) {
    auto const version = tables::card_at(tx, card.id, *at);
    facts.state = version ? version->state : contract::StoredState::stock;
    facts.first_valid = version ? version->first_valid : Day{0};
    facts.last_valid = version ? version->last_valid : Day{0};
  }
  auto policy = at ? tables::policy_at(tx, card.area, *at) : std::nullopt;
  if (!policy) policy = tables::policy_of(tx, card.area);
  if (policy) facts.home_area_is_local_only = policy->local_only;
  if (holder == WithHolder::yes && card.lineage && card.kind == contract::CardKind::personal) {
    auto const found =
        at ? tables::holder_at(tx, *card.lineage, *at) : tables::holder_of(tx, *card.lineage);
    if (found) facts.child_limit = found->children;
  }
  return facts;
}

contract::EarlierUses uses_before(ledger::ReadTx& tx, ResolvedCard const& card, Door const& door,
                                  Day day, Day valid_from, std::optional<Instant> held_at) {
  auto const event = door.event ? std::optional<EventId>(door.event->id) : std::nullopt;
  auto const lineage = card.card ? card.card->lineage : std::nullopt;
  std::int64_t const held =
      event && held_at ? tables::places_held(tx, *event, *held_at, lineage) : 0;
  if (!lineage) {
    contract::EarlierUses none;
    if (event) none.quota_used = static_cast<int>(tables::places_used(tx, *event) + held);
    return none;
  }
  auto const limit = door.event ? door.event->limit : door.venue.limit;
  auto uses = tables::earlier_uses(tx, {*lineage, door.venue.id, event, day, limit, valid_from});
  uses.quota_used += static_cast<int>(held);
  return uses;
}

}  // namespace kaiku::use_cases
