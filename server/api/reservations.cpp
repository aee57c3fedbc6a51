#include "server/api/reservations.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"
#include "schema/values/ascii.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/api/redemptions.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::api {
namespace {

constexpr std::int64_t usual_hold_minutes = 15;
constexpr std::int64_t longest_hold_minutes = 3 * 24 * 60;

nlohmann::json to_json(tables::Reservation const& reservation) {
  nlohmann::json json{{"reservation_id", reservation.id.value},
                      {"venue_id", reservation.venue.value},
                      {"event_id", reservation.event.value},
                      {"tickets", contract::to_json(reservation.tickets)},
                      {"expires_at", to_rfc3339(reservation.until)},
                      {"order_ref", nullptr}};
  if (reservation.order_ref) json["order_ref"] = *reservation.order_ref;
  return json;
}

bool is_order_ref(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return ascii::is_letter(c) || ascii::is_digit(c) || c == '_' || c == '-';
  });
}

struct Asked {
  std::string card;
  use_cases::ReservationRequest request;
};
Result<Asked> read_reservation(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  Asked asked;
  asked.card = contract::read_card(fields);
  asked.request.venue = fields.id<VenueId>("venue_id");
  asked.request.event = fields.id<EventId>("event_id");
  if (auto tickets = fields.object("tickets")) {
    asked.request.tickets = contract::read_tickets(*tickets);
  }
  auto const minutes = fields.optional_integer("hold_minutes", {1, longest_hold_minutes});
  asked.request.until = call.now() + minutes.value_or(usual_hold_minutes) * minute_us;
  asked.request.order_ref = fields.optional_text("order_ref", {.max = 64});
  if (asked.request.order_ref && !is_order_ref(*asked.request.order_ref)) {
    fields.fault("order_ref", FaultCode::not_a_key, "has to be 1 to 64 of A-Z, a-z, 0-9, _ and -");
  }
  if (auto const good = fields.finish(); !good) return good.error();
  return asked;
}

// Staff see what is held at their venue; an agent what it holds itself, for it sells for many.
std::vector<tables::Reservation> own_reservations(access::Call const& call, ledger::ReadTx& tx,
                                                  tables::Page page) {
  auto const& caller = call.caller();
  if (caller.role == domain::Role::agent) {
    return tables::list_reservations(tx, caller.actor, call.now(), page);
  }
  if (caller.venues.empty()) return {};
  return tables::list_reservations(tx, caller.venues.front(), call.now(), page);
}

}  // namespace

Result<http::Response> get_reservations(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const rows = own_reservations(call, tx, *page);
  return ok(list_of(call, rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> post_reservation(access::Call& call, ledger::WriteTx& tx) {
  auto const asked = read_reservation(call);
  if (!asked) return asked.error();
  auto const card = contract::parse_card_input(asked->card);
  if (!card) return card.error();
  auto const venue = asked->request.venue;
  if (auto const allowed = access::may_type(call, *card, venue); !allowed) return allowed.error();
  auto const answer = use_cases::reserve(tx, asked->request, *card, call.caller());
  if (!answer) return answer.error();
  if (auto const* decision = std::get_if<contract::Decision>(&*answer)) {
    if (decision->answer == contract::Answer::unknown_card) access::note_miss(call, *card, venue);
    return refused(call, *decision);
  }
  if (auto const* already = std::get_if<use_cases::ReservedAlready>(&*answer)) {
    auto const id = std::to_string(already->standing.id.value);
    return Error(Problem::conflict, "The card has a reservation for this event already: " + id);
  }
  auto const& held = std::get<use_cases::Held>(*answer);
  auto json = to_json(held.reservation);
  json["quota_left"] = nullptr;
  if (held.quota_left) json["quota_left"] = *held.quota_left;
  return created(json);
}

Result<http::Response> delete_reservation(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<ReservationId>(0);
  if (!id) return id.error();
  auto const removed = use_cases::remove_reservation(tx, *id, call.caller());
  if (!removed) return removed.error();
  return no_content();
}

}  // namespace kaiku::api
