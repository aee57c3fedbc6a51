#include "server/pages/venue/venue.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/venue/door_desk.hpp"
#include "server/pages/venue/late_undo.hpp"
#include "server/pages/venue/venue_view.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/late_undo.hpp"

namespace kaiku::pages {
namespace {

constexpr int tickets_a_page = 20;  // each with its form: more would be too long a page
constexpr int most_days_back = static_cast<int>(use_cases::late_undo_us / day_us);

std::string standing_text(Language language, tables::Event const& event, Instant now) {
  if (event.cancelled) return std::string(in(language, Text::day_cancelled));
  if (event.ends_at <= now) return std::string(in(language, Text::day_over));
  if (event.sold_out) return std::string(in(language, Text::venue_sold_out));
  return {};
}

DayEvent event_of(Language language, tables::Event const& event, Instant now) {
  DayEvent row;
  row.title = clock_text(language, event.starts_at) + "–" + clock_text(language, event.ends_at) +
              " " + event.title.in(language);
  row.standing = standing_text(language, event, now);
  bool const is_open = !event.cancelled && event.ends_at > now;
  if (is_open) row.href = "/door/basic?event=" + std::to_string(event.id.value);
  row.used = event.places_used;
  row.quota = event.quota;
  return row;
}

// A day of those whose tickets may still be asked to be undone; today for any other.
Day day_asked_for(std::string_view text, Day today) {
  auto const day = day_from_iso(text);
  return day && *day <= today && today - *day <= most_days_back ? *day : today;
}

}  // namespace

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  auto const venue = tables::find_venue(tx, call.caller().venues.front());
  if (!venue) return Error(Problem::forbidden);
  auto frame = frame_of(call, address_of(call));
  put_place(frame, *venue);
  auto const today = call.today();
  auto const day = day_asked_for(values["day"], today);
  VenuePage page;
  if (day != today) page.day = day_text(frame.language, day);
  if (today - day < most_days_back) page.day_before = "/venue?day=" + to_iso(day + -1);
  if (day < today) page.day_after = "/venue?day=" + to_iso(day + 1);
  for (auto const& event :
       tables::events_at_door(tx, venue->id, start_of(day), start_of(day + 1))) {
    page.events.push_back(event_of(frame.language, event, call.now()));
    page.events.back().held = tables::places_held(tx, event.id, call.now());
  }
  auto const count = tables::count_of_day(tx, venue->id, day);
  page.tickets_today = count.tickets;
  page.children_today = count.children;
  std::optional<RedemptionId> before;
  if (auto const id = values.number("before")) before = RedemptionId{*id};
  auto uses = tables::redemptions_of_day(tx, venue->id, day, tickets_a_page + 1, before);
  if (auto const state = state_of(call, venue_pattern)) {
    FormValues const told(state->told);
    frame.notice = state->is_old ? in(frame.language, Text::k_old)
                                 : late_undo_notice(frame.language, told["undo"]);
  }
  bool const has_more = uses.size() > static_cast<std::size_t>(tickets_a_page);
  if (has_more) uses.pop_back();
  for (auto const& use : uses) {
    page.given.push_back(given_row(call, tx, frame.language, use));
    put_late_undo(call, tx, frame.language, use, page.given.back());
  }
  if (has_more) {
    auto const of_day = day == today ? std::string() : "day=" + to_iso(day) + "&";
    page.earlier = "/venue?" + of_day + "before=" + std::to_string(uses.back().id.value);
  }
  return respond(frame, venue_page(frame, page));
}

}  // namespace kaiku::pages
