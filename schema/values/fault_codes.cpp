#include "schema/values/fault_codes.hpp"

#include <cassert>

namespace kaiku {

std::array<FaultRow, 48> const fault_table{{
    {FaultCode::required, "required", "is needed"},
    {FaultCode::unknown_field, "unknown_field", "is not a field of this request"},
    {FaultCode::repeated, "repeated", "is given more than once"},
    {FaultCode::wrong_type, "wrong_type", "is of another JSON type"},
    {FaultCode::out_of_range, "out_of_range", "is smaller, larger, earlier or later than is taken"},
    {FaultCode::too_short, "too_short", "has fewer characters than are needed"},
    {FaultCode::too_long, "too_long", "has more characters than are taken"},
    {FaultCode::control_character, "control_character", "has a control character"},
    {FaultCode::personal_identity_code, "personal_identity_code",
     "seems to hold a personal identity code; Kaiku never stores one, leave it out"},
    {FaultCode::not_an_option, "not_an_option", "is not one of the words that are taken"},
    {FaultCode::not_a_day, "not_a_day", "has to be a day such as 2026-11-22"},
    {FaultCode::not_a_time, "not_a_time", "has to be a time such as 2026-11-22T15:41:00Z"},
    {FaultCode::not_base64, "not_base64", "has to be base64 (RFC 4648, section 4)"},
    {FaultCode::not_a_hash, "not_a_hash", "has to be a hash in hexadecimal"},
    {FaultCode::not_a_key, "not_a_key", "has to be 8 to 64 of A-Z, a-z, 0-9, colon, _ and -"},
    {FaultCode::not_a_cursor, "not_a_cursor", "has to be the `next` of a list"},
    {FaultCode::not_a_published_period, "not_a_published_period",
     "is no period by which these figures are published"},
    {FaultCode::not_an_area_id, "not_an_area_id", "has to be 2 to 8 of A-Z, 0-9 and hyphen"},
    {FaultCode::not_a_municipality_code, "not_a_municipality_code",
     "has to be a municipality's code of three digits"},
    {FaultCode::not_a_postcode, "not_a_postcode", "has to be five digits"},
    {FaultCode::not_found, "not_found", "names nothing that the network has"},
    {FaultCode::outside_area, "outside_area", "lies outside the area"},
    {FaultCode::other_office, "other_office", "is in another office's stock"},
    {FaultCode::outside_network, "outside_network",
     "lies in a municipality that has not joined the network"},
    {FaultCode::taken, "taken", "holds what already belongs to another"},
    {FaultCode::venue_closed, "venue_closed", "is a venue that has left"},
    {FaultCode::event_cancelled, "event_cancelled", "is an event that was cancelled"},
    {FaultCode::choose_one, "choose_one", "cannot stand beside another field: give one of them"},
    {FaultCode::at_least_one, "at_least_one", "has to ask for at least one ticket"},
    {FaultCode::not_offered, "not_offered", "is not the kind of ticket that the event gives"},
    {FaultCode::holder_alone, "holder_alone",
     "does not go with a course place or a season pass: it is for the holder alone"},
    {FaultCode::not_allowed_here, "not_allowed_here", "is a ticket that the area does not give"},
    {FaultCode::not_on_community_card, "not_on_community_card",
     "is a ticket that a community card does not give"},
    {FaultCode::unreadable, "unreadable", "cannot be read: check the code, character by character"},
    {FaultCode::unknown_card, "unknown_card", "is no card of ours"},
    {FaultCode::card_already_registered, "card_already_registered", "is already somebody's card"},
    {FaultCode::card_replaced, "card_replaced", "is a card that another has replaced"},
    {FaultCode::card_void, "card_void", "is a card that was taken out of use"},
    {FaultCode::unknown_postcode, "unknown_postcode", "is not a postcode that we know"},
    {FaultCode::not_of_postcode, "not_of_postcode", "is not a municipality of this postcode"},
    {FaultCode::choose_municipality, "choose_municipality",
     "has to be chosen: the postcode lies in several"},
    {FaultCode::under_age, "under_age",
     "has to be the year of somebody who turns 16 this year or is older"},
    {FaultCode::needs_approval, "needs_approval", "needs a second person's approval"},
    {FaultCode::not_a_username, "not_a_username",
     "has to be 3 to 64 letters a-z, digits, dots, hyphens, underscores or @"},
    {FaultCode::not_for_role, "not_for_role", "does not go with this role"},
    {FaultCode::too_common, "too_common", "is among the first that others would try"},
    {FaultCode::has_username, "has_username", "may not hold the user name"},
    {FaultCode::wrong_code, "wrong_code", "is not the code shown now"},
}};

FaultRow const& row_of(FaultCode code) {
  auto const& row = fault_table[static_cast<std::size_t>(code)];
  assert(row.code == code);
  return row;
}

}  // namespace kaiku
