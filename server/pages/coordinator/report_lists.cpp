#include "server/pages/coordinator/report_lists.hpp"

#include <algorithm>
#include <utility>

#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/report_lists_view.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/sector_text.hpp"
#include "server/use_cases/report_lists.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view silent_path = "/figures/silent";
constexpr std::string_view untaken_path = "/figures/offers";
constexpr std::string_view quota_path = "/figures/quota";
constexpr int rows_a_page = 50;

using Asked = std::vector<std::pair<std::string, std::string>>;
std::string with_query(std::string_view path, Asked asked) {
  std::erase_if(asked, [](auto const& one) { return one.second.empty(); });
  return asked.empty() ? std::string(path) : std::string(path) + "?" + encoded(asked);
}

std::string name_of(domain::SilenceStep step, Language language) {
  if (step == domain::SilenceStep::ever) return std::string(in(language, Text::silent_ever));
  return fill(language, Text::silent_weeks, {{"n", std::to_string(domain::weeks_of(step))}});
}

std::string_view name_of(tables::DoorState state, Language language) {
  switch (state) {
    case tables::DoorState::none: return in(language, Text::door_state_none);
    case tables::DoorState::unheard: return in(language, Text::door_state_unheard);
    case tables::DoorState::silent: return in(language, Text::door_state_silent);
    case tables::DoorState::heard: return in(language, Text::door_state_heard);
  }
  return {};
}

std::string_view name_of(domain::QuotaBand band, Language language) {
  using enum domain::QuotaBand;
  switch (band) {
    case none: return in(language, Text::quota_band_none);
    case used: return in(language, Text::quota_band_used);
    case to_quarter: return in(language, Text::quota_band_to_quarter);
    case to_half: return in(language, Text::quota_band_to_half);
    case to_three_quarters: return in(language, Text::quota_band_to_three_quarters);
    case under_full: return in(language, Text::quota_band_under_full);
    case full: return in(language, Text::quota_band_full);
  }
  return {};
}

// What the three lists have in common: the area that a national role chose, and the page.
struct Question {
  std::optional<AreaId> area;
  use_cases::EventListPage events;
};
Question ask(access::Call const& call, ledger::ReadTx& tx, FormValues const& values,
             Language language, ReportList& list) {
  Question question;
  list.areas = area_choices(tx, call.caller(), language);
  if (call.caller().is_national()) {
    question.area = area_asked_for(tx, call.caller(), values["area"]);
    if (question.area) list.area = question.area->value;
  }
  if (auto const id = values.number("after")) question.events.after = EventId{*id};
  question.events.limit = rows_a_page;
  return question;
}

void put_steps(ReportList& list, use_cases::SilentVenues const& found, domain::SilenceStep shown,
               Language language) {
  list.steps_label = in(language, Text::silent_steps);
  list.step = word_of(shown);
  for (std::size_t at = 0; at < domain::silence_steps.size(); ++at) {
    auto const step = domain::silence_steps[at];
    ReportListStep link;
    if (step != shown) {
      link.href = with_query(silent_path,
                             {{"silent_for", std::string(word_of(step))}, {"area", list.area}});
    }
    link.label =
        fill(language, Text::silent_step,
             {{"step", name_of(step, language)}, {"n", number_text(language, found.counts[at])}});
    list.steps.push_back(std::move(link));
  }
}

std::string or_dash(std::optional<std::string> const& text) { return text.value_or("–"); }

ReportListRow row_of(use_cases::SilentVenues::Row const& row, Language language) {
  return {"/venues/" + std::to_string(row.venue.id.value),
          row.venue.name,
          {std::string(sector_text(language, row.venue.sector)), or_dash(row.venue.contact_role),
           or_dash(row.venue.work_contact), std::string(name_of(row.door, language))}};
}

// Everybody but a venue's own staff reads which venue it is.
ReportListRow event_row(ledger::ReadTx& tx, access::Call const& call, tables::Event const& event,
                        Language language) {
  ReportListRow row{"/events/" + std::to_string(event.id.value),
                    event.title.in(language),
                    {day_text(language, helsinki_day(event.starts_at))}};
  if (!call.caller().is_staff()) {
    row.cells.push_back(tables::find_venue(tx, event.venue).value().name);
  }
  return row;
}
void put_event_columns(ReportList& list, access::Call const& call, Language language) {
  list.columns = {std::string(in(language, Text::events_event)),
                  std::string(in(language, Text::judged_repeated_day))};
  if (!call.caller().is_staff()) list.columns.emplace_back(in(language, Text::events_venue));
}
// `last`: of the rows that are shown.
void put_more(ReportList& list, EventId last) {
  if (list.rows.size() < std::size_t{rows_a_page}) return;
  list.more = with_query(list.path, {{"area", list.area}, {"after", std::to_string(last.value)}});
}

}  // namespace

Result<http::Response> get_silent_venues(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  ReportList list;
  list.path = silent_path;
  list.title = in(language, Text::figures_silent);
  auto const question = ask(call, tx, values, language, list);
  auto const step =
      domain::silence_step_from(values["silent_for"]).value_or(domain::SilenceStep::weeks_8);
  auto const found =
      use_cases::list_silent_venues(tx, question.area, step, call.caller(), call.now());
  if (!found) return found.error();
  list.intro = fill(language, Text::silent_intro, {{"day", day_text(language, found->as_of)}});
  put_steps(list, *found, step, language);
  list.columns = {
      std::string(in(language, Text::events_venue)), std::string(in(language, Text::venue_sector)),
      std::string(in(language, Text::contact_role)), std::string(in(language, Text::work_contact)),
      std::string(in(language, Text::silent_door))};
  for (auto const& row : found->venues) list.rows.push_back(row_of(row, language));
  sort_by_name(list.rows, [](ReportListRow const& row) { return row.name; });
  // The Monday on which the next list is drawn.
  list.empty = fill(language, Text::silent_none, {{"day", day_text(language, found->as_of + 8)}});
  return respond(frame, report_list_page(frame, list));
}

Result<http::Response> get_untaken_offers(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  ReportList list;
  list.path = untaken_path;
  list.title = in(language, Text::untaken_title);
  list.intro = in(language, Text::untaken_intro);
  auto const question = ask(call, tx, values, language, list);
  auto const found =
      use_cases::list_untaken_offers(tx, question.area, question.events, call.caller(), call.now());
  if (!found) return found.error();
  list.count = count_text(language, static_cast<std::size_t>(found->count), Text::events_one,
                          Text::events_many);
  put_event_columns(list, call, language);
  list.columns.emplace_back(in(language, Text::untaken_offered));
  for (auto const& event : found->events) {
    auto row = event_row(tx, call, event, language);
    row.cells.push_back(event.quota ? number_text(language, *event.quota)
                                    : std::string(in(language, Text::untaken_no_quota)));
    list.rows.push_back(std::move(row));
  }
  if (!found->events.empty()) put_more(list, found->events.back().id);
  list.empty = in(language, Text::untaken_none);
  return respond(frame, report_list_page(frame, list));
}

Result<http::Response> get_quota_use(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const say = [&](Text text) { return std::string(in(language, text)); };
  bool const is_own = call.caller().is_staff();
  ReportList list;
  list.path = quota_path;
  list.title = say(Text::quota_use_title);
  list.intro = is_own ? say(Text::quota_use_own)
                      : fill(language, Text::quota_use_bands,
                             {{"n", std::to_string(domain::smallest_banded_quota)}});
  auto const question = ask(call, tx, values, language, list);
  auto const uses =
      use_cases::list_quota_use(tx, question.area, question.events, call.caller(), call.now());
  if (!uses) return uses.error();
  put_event_columns(list, call, language);
  list.columns.push_back(say(Text::quota_use_quota));
  if (is_own) list.columns.push_back(say(Text::quota_use_reserved));
  list.columns.push_back(say(Text::quota_use_used));
  if (is_own) list.columns.push_back(say(Text::quota_use_returned));
  for (auto const& use : *uses) {
    auto row = event_row(tx, call, use.event, language);
    row.cells.push_back(number_text(language, use.event.quota.value()));
    if (use.exact) {
      row.cells.push_back(number_text(language, use.exact->reserved));
      row.cells.push_back(number_text(language, use.event.places_used));
      row.cells.push_back(number_text(language, use.exact->returned));
    }
    if (use.band) row.cells.emplace_back(name_of(*use.band, language));
    list.rows.push_back(std::move(row));
  }
  if (!uses->empty()) put_more(list, uses->back().event.id);
  list.empty = say(is_own ? Text::quota_use_none : Text::quota_use_none_over);
  return respond(frame, report_list_page(frame, list));
}

}  // namespace kaiku::pages
