#include "server/pages/coordinator/figures.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "server/domain/report_run.hpp"
#include "server/exports/report_file.hpp"
#include "server/http/form.hpp"
#include "server/pages/coordinator/figures_address.hpp"
#include "server/pages/coordinator/figures_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/saved_file.hpp"
#include "server/reports/documents.hpp"
#include "server/reports/measures.hpp"
#include "server/reports/own_file.hpp"
#include "server/tables/network.hpp"
#include "server/tables/report_runs.hpp"
#include "server/tables/silent_venues.hpp"

namespace kaiku::pages {
namespace {

using reports::GroupBy;

constexpr int years_offered = 5;
constexpr int oldest_year = 2010;  // of which figures can be asked for
constexpr auto silence_step = domain::SilenceStep::weeks_8;

// What each role may divide the figures by, in the order in which it is offered.
std::vector<GroupBy> groupings_of(domain::Caller const& caller) {
  if (caller.is_staff()) return {GroupBy::none, GroupBy::month, GroupBy::sector};
  std::vector<GroupBy> groups{GroupBy::none};
  if (caller.is_national()) groups.insert(groups.end(), {GroupBy::month, GroupBy::area});
  groups.insert(groups.end(), {GroupBy::quarter, GroupBy::municipality, GroupBy::home,
                               GroupBy::office, GroupBy::venue, GroupBy::sector});
  return groups;
}

std::string_view name_of(GroupBy group, Language language) {
  switch (group) {
    case GroupBy::none: return in(language, Text::group_none);
    case GroupBy::area: return in(language, Text::figures_area);
    case GroupBy::municipality: return in(language, Text::group_municipality);
    case GroupBy::home: return in(language, Text::group_home);
    case GroupBy::office: return in(language, Text::group_office);
    case GroupBy::venue: return in(language, Text::group_venue);
    case GroupBy::sector: return in(language, Text::group_sector);
    case GroupBy::month: return in(language, Text::group_month);
    case GroupBy::quarter: return in(language, Text::group_quarter);
    case GroupBy::year: return in(language, Text::figures_year);
  }
  return {};
}

bool offers(std::vector<Option> const& options, std::string_view value) {
  return std::any_of(options.begin(), options.end(),
                     [&](Option const& option) { return option.value == value; });
}

// "2026-Q3 (11.10.2026)": a run by the day on which it was drawn.
std::vector<Option> runs_of(std::vector<tables::ReportRun> const& runs, int year,
                            Language language) {
  std::vector<Option> options;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (run->name.year != year) continue;
    auto const name = text_of(run->name);
    options.push_back({name, name + " (" + day_text(language, helsinki_day(run->drawn_at)) + ")"});
  }
  return options;
}

std::optional<domain::RunName> newest_settled(std::vector<tables::ReportRun> const& runs) {
  std::optional<domain::RunName> newest;
  for (auto const& run : runs) {
    if (run.name.is_settlement() && (!newest || newest->year < run.name.year)) newest = run.name;
  }
  return newest;
}

// The last day of what the year's runs have closed; nullopt when they closed nothing.
std::optional<Day> closed_until(std::vector<tables::ReportRun> const& runs, int year) {
  std::optional<Day> last;
  for (auto const& run : runs) {
    if (run.name.year != year) continue;
    auto const end = domain::days_of(run.name).last;
    if (!last || *last < end) last = end;
  }
  return last;
}

// What is chosen, of a request.
struct Chosen {
  int year = 0;
  std::optional<AreaId> area;
  GroupBy group = GroupBy::none;
  std::string run;
};

reports::UsageQuestion question_of(Chosen const& chosen, std::vector<tables::ReportRun> const& runs,
                                   domain::Caller const& caller) {
  reports::UsageQuestion question;
  question.from = day_from(chosen.year, 1, 1).value();
  question.to = day_from(chosen.year, 12, 31).value();
  bool const is_divided_in_time =
      chosen.group == GroupBy::month || chosen.group == GroupBy::quarter;
  auto const closed = closed_until(runs, chosen.year);
  if (is_divided_in_time && closed && !caller.is_staff()) question.to = *closed;
  question.group_by = chosen.group;
  question.area = chosen.area;
  if (!chosen.run.empty()) question.as_of = chosen.run;
  return question;
}

// What is not published yet is no fault of whoever asks: the page says when it will be.
Result<void> draw_table(ledger::ReadTx& tx, FiguresPage& page, Chosen const& chosen,
                        std::vector<tables::ReportRun> const& runs, access::Call const& call) {
  if (chosen.group == GroupBy::none) return {};
  auto usage = reports::draw_usage(tx, question_of(chosen, runs, call.caller()), call.caller(),
                                   call.today());
  if (usage) {
    page.usage = *std::move(usage);
    return {};
  }
  auto const problem = usage.error().problem;
  if (problem != Problem::validation_failed && problem != Problem::not_found) return usage.error();
  bool const is_divided_in_time =
      chosen.group == GroupBy::month || chosen.group == GroupBy::quarter;
  page.published_on = domain::first_day_of_drawing({chosen.year, is_divided_in_time ? 1 : 0});
  return {};
}

Chosen choose(FiguresPage& page, FormValues const& values, access::Call const& call,
              Language language, domain::Caller const& caller) {
  auto const this_year = civil_of(call.today()).year;
  for (auto const group : groupings_of(caller)) {
    page.groups.push_back({std::string(word_of(group)), std::string(name_of(group, language))});
  }
  page.area = offers(page.areas, values["area"]) ? values["area"] : "";
  page.group = offers(page.groups, values["group"]) ? std::string(values["group"])
                                                    : std::string(word_of(GroupBy::none));
  auto const wanted = values.number("year").value_or(this_year);
  Chosen chosen;
  chosen.year = wanted < oldest_year || wanted > this_year ? this_year : static_cast<int>(wanted);
  chosen.area = AreaId::parse(page.area);
  chosen.group = reports::group_by_from(page.group).value_or(GroupBy::none);
  page.year = std::to_string(chosen.year);
  for (int n = 0; n < years_offered; ++n) {
    page.years.push_back({std::to_string(this_year - n), std::to_string(this_year - n)});
  }
  if (!offers(page.years, page.year)) page.years.push_back({page.year, page.year});
  return chosen;
}

// The newest settled year's rate, beside a running one.
void put_settled(ledger::ReadTx& tx, FiguresPage& page, Chosen const& chosen,
                 std::vector<tables::ReportRun> const& runs, access::Call const& call) {
  auto const newest = newest_settled(runs);
  if (!newest || newest->year >= chosen.year) return;
  auto settled = reports::draw_annual(tx, {.year = newest->year, .area = chosen.area},
                                      call.caller(), call.today());
  if (settled) page.settled = *std::move(settled);
}

// The running year is as of now until one of its runs is chosen: the form takes along what it
// shows.
void offer_now(FiguresPage& page, Language language) {
  page.runs.insert(page.runs.begin(), {"", std::string(in(language, Text::figures_now))});
}

// A venue's staff see their own events; that a venue is silent is for coordinators.
// Reports of years take the year along where it is another than this one.
std::vector<Option> lists_beside(domain::Caller const& caller, FiguresPage const& page,
                                 int this_year, Language language) {
  std::vector<Option> lists;
  auto const add = [&](std::string path, std::string_view name, bool is_of_a_year = false) {
    auto const year = is_of_a_year && page.year != std::to_string(this_year) ? page.year : "";
    lists.push_back({figures_address(path, year, page.area), std::string(name)});
  };
  if (!caller.is_staff()) {
    add("/figures/cohorts", reports::name_in(language, reports::Measure::cohort), true);
    add("/figures/flows", reports::name_in(language, reports::Measure::flows), true);
    add("/figures/silent", in(language, Text::figures_silent));
  }
  add("/figures/offers", in(language, Text::untaken_title));
  add("/figures/quota", in(language, Text::quota_use_title));
  if (!caller.is_staff()) {
    add("/figures/value", in(language, Text::value_sheet_title), true);
    lists.push_back({"/figures/annex", std::string(in(language, Text::annex_title))});
  }
  return lists;
}

struct Figures {
  Frame frame;
  FiguresPage page;
};

Result<Figures> draw(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  Figures figures{network_frame(call, tx), {}};
  auto& [frame, page] = figures;
  auto const caller = caller_in(frame, call);
  page.areas = area_choices(tx, caller, frame.language);
  auto chosen = choose(page, values, call, frame.language, caller);
  page.others = lists_beside(caller, page, civil_of(call.today()).year, frame.language);
  auto const runs = tables::list_runs(tx);
  if (!caller.is_staff()) page.runs = runs_of(runs, chosen.year, frame.language);
  if (offers(page.runs, values["run"])) chosen.run = values["run"];

  reports::AnnualQuestion question{.year = chosen.year, .area = chosen.area};
  // A quarter's run tells nothing of a year: its numbers are those of now.
  auto const run = domain::run_name_from(chosen.run);
  if (run && !run->is_quarter()) question.as_of = chosen.run;
  auto annual = reports::draw_annual(tx, question, caller, call.today());
  if (annual) {
    page.annual = *std::move(annual);
    if (page.annual->state == reports::State::working) {
      put_settled(tx, page, chosen, runs, call);
      if (!page.runs.empty()) offer_now(page, frame.language);
    }
    if (auto const drawn = draw_table(tx, page, chosen, runs, call); !drawn) return drawn.error();
  } else if (annual.error().problem != Problem::not_found) {  // that no run tells of the year
    return annual.error();
  }
  page.run = chosen.run.empty() && !page.runs.empty() ? page.runs.front().value : chosen.run;
  if (!caller.is_staff()) {
    page.silent_venues =
        tables::count_silent_venues(tx, chosen.area ? chosen.area : caller.area, silence_step,
                                    domain::last_sunday(call.today()));
  }
  return figures;
}

// The name of what the numbers are of: an area, a venue, or nothing for all.
std::string scope_name(ledger::ReadTx& tx, reports::AnnualReport const& annual, Language language) {
  if (annual.venue) {
    auto const venue = tables::find_venue(tx, *annual.venue);
    return venue ? venue->name : std::string();
  }
  return annual.area ? area_name(tx, *annual.area, language) : std::string();
}

// Of the page with these choices; the kind of file is to be added.
std::string file_address_of(FiguresPage const& page) {
  std::string address = "/figures/file?year=" + page.year;
  for (auto const& [name, value] :
       {std::pair("area", page.area), std::pair("group", page.group), std::pair("run", page.run)}) {
    if (!value.empty()) address += "&" + std::string(name) + "=" + http::percent_encode(value);
  }
  return address + "&as=";
}

std::string settled_address_of(FiguresPage const& page) {
  if (!page.settled) return {};
  FiguresPage settled;
  settled.year = std::to_string(page.settled->year);
  settled.area = page.area;
  return file_address_of(settled) + "xlsx";
}

}  // namespace

Result<http::Response> get_figures(access::Call const& call, ledger::ReadTx& tx) {
  auto figures = draw(call, tx);
  if (!figures) return figures.error();
  figures->page.file_address = file_address_of(figures->page);
  figures->page.settled_address = settled_address_of(figures->page);
  return respond(figures->frame, figures_page(figures->frame, figures->page));
}

// Figures that change daily leave as no file: somebody would publish them.
Result<http::Response> get_figures_file(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = call.query();
  if (!values) return values.error();
  auto const format = exports::format_from(FormValues(*values)["as"]);
  if (!format) return Error(Problem::not_found);
  auto figures = draw(call, tx);
  if (!figures) return figures.error();
  auto& page = figures->page;
  auto const language = figures->frame.language;
  bool const is_missing = !page.annual || page.published_on;
  if (is_missing) return Error(Problem::not_found, "not published yet");
  auto const state = page.usage ? page.usage->state : page.annual->state;
  if (state == reports::State::working) return Error(Problem::not_found, "not published yet");
  auto const scope = scope_name(tx, *page.annual, language);
  if (page.usage) reports::withhold_for_others(tx, *page.usage);
  reports::withhold_for_others(tx, *page.annual);
  auto const document = page.usage ? exports::named_document(language, *page.usage, scope)
                                   : exports::named_document(language, *page.annual, scope);
  return file_response(exports::file_name(document, *format), exports::media_type_of(*format),
                       [document, format] { return exports::file_bytes(document, *format); });
}

}  // namespace kaiku::pages
