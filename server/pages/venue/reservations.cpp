#include "server/pages/venue/reservations.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/venue/reservation_words.hpp"
#include "server/pages/venue/reservations_view.hpp"
#include "server/tables/cards.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::pages {
namespace {

constexpr int rows_a_page = 50;

std::string short_code(ledger::ReadTx& tx, tables::Reservation const& reservation) {
  return reservation.card ? tables::code_of(tx, *reservation.card).short_form() : "–";
}

void add_row(ReservationsPage& page, access::Call const& call, ledger::ReadTx& tx,
             Language language, tables::Reservation const& reservation) {
  auto const event = tables::find_event(tx, reservation.event).value();
  auto title = reserved_event_text(call, language, event);
  if (page.events.empty() || page.events.back().title != title) {
    page.events.push_back({std::move(title), {}});
  }
  page.events.back().rows.push_back(
      {std::string(reservations_path) + "?remove=" + std::to_string(reservation.id.value),
       short_code(tx, reservation), tickets_text(language, reservation.tickets),
       end_text(language, reservation.until, call.today())});
}

// What the address tells of, as it stands now.
ReservationNews news_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                        FormValues const& told) {
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const act = told["act"];
  if (act != "made" && act != "removed" && act != "gone") return {};
  auto const id = told.number("reservation");
  auto const found = id ? tables::find_reservation(tx, ReservationId{*id}) : std::nullopt;
  if (!found || !call.caller().stands_at(found->venue)) return {};
  if (act == "removed") {
    return {text(Text::reservations_removed), text(Text::reservations_removed_text)};
  }
  if (act == "gone" || !found->is_open(call.now())) {
    return {text(Text::reservations_gone), text(Text::reservations_gone_text), false};
  }
  auto const event = tables::find_event(tx, found->event).value();
  return {reserved_text(call, language, *found), reserved_event_text(call, language, event) +
                                                     " · " + short_code(tx, *found) + ". " +
                                                     text(Text::reserved_card)};
}

std::string told_of(access::Call const& call, char const* act, ReservationId id) {
  return with_state(call, reservations_path, reservations_path,
                    {{"act", act}, {"reservation", std::to_string(id.value)}});
}

// The question before one is taken away, or that it has ended already.
Result<http::Response> ask_removal(access::Call const& call, ledger::ReadTx& tx, ReservationId id) {
  auto const found = tables::find_reservation(tx, id);
  if (!found || !call.caller().stands_at(found->venue)) return Error(Problem::not_found);
  if (!found->is_open(call.now())) return see_other(told_of(call, "gone", id));
  auto const frame = frame_at_place(call, tx, address_of(call));
  auto const event = tables::find_event(tx, found->event).value();
  ReservationRemoval removal;
  removal.id = std::to_string(id.value);
  removal.form_id = new_form_id(call);
  removal.event = reserved_event_text(call, frame.language, event);
  removal.card_short = short_code(tx, *found);
  removal.tickets = tickets_text(frame.language, found->tickets);
  removal.places = found->tickets.total();
  return respond(frame, reservation_removal_page(frame, removal));
}

}  // namespace

Result<http::Response> get_reservations(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  auto const venue = call.caller().venues.front();
  if (auto const id = values.number("remove")) return ask_removal(call, tx, ReservationId{*id});
  auto frame = frame_at_place(call, tx, address_of(call));
  auto const language = frame.language;
  auto const state = state_of(call, reservations_path);
  ReservationsPage page;
  page.may_add = !frame.closed;
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  if (state && !state->is_old) page.news = news_of(call, tx, language, FormValues(state->told));
  auto const count = tables::count_open_reservations(tx, venue, call.now());
  page.count = fill(language, count == 1 ? Text::reservations_one : Text::reservations_many,
                    {{"n", number_text(language, count)}});
  std::optional<ReservationId> after;
  if (auto const id = values.number("after")) after = ReservationId{*id};
  auto rows = tables::reservations_by_event(tx, venue, call.now(), after, rows_a_page + 1);
  bool const has_more = rows.size() > static_cast<std::size_t>(rows_a_page);
  if (has_more) rows.pop_back();
  for (auto const& reservation : rows) add_row(page, call, tx, language, reservation);
  if (has_more) {
    page.more = std::string(reservations_path) + "?after=" + std::to_string(rows.back().id.value);
  }
  return respond(frame, reservations_page(frame, page));
}

Result<http::Response> post_reservations(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  ReservationId const id{form.number("reservation").value_or(0)};
  return sent_once(call, tx, *pairs, reservations_path, [&]() -> Result<FormDone> {
    auto const found = tables::find_reservation(tx, id);
    if (!found || !call.caller().stands_at(found->venue)) return Error(Problem::not_found);
    auto const removed = use_cases::remove_reservation(tx, id, call.caller());
    if (removed) return FormDone{see_other(told_of(call, "removed", id))};
    if (removed.error().problem != Problem::not_found) return removed.error();
    return FormDone{see_other(told_of(call, "gone", id))};
  });
}

}  // namespace kaiku::pages
