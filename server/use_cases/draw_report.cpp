#include "server/use_cases/draw_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "server/domain/suppression.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/ledger_places.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"
#include "server/tables/reports.hpp"

namespace kaiku::use_cases {
namespace {

using tables::PersonCounts;
using tables::UseCounts;

constexpr int most_days = 10 * 366;

// What the report's rows are before anything is hidden.
struct OpenRow {
  PersonCounts persons;
  UseCounts uses;
};

std::string label_of(ledger::ReadTx& tx, GroupBy group, std::string const& key,
                     contract::Language language) {
  auto const number = [&] { return key.empty() ? 0 : std::stoll(key); };
  switch (group) {
    case GroupBy::area: {
      auto const area = tables::find_area(tx, AreaId{key});
      return area ? area->name.in(language) : key;
    }
    case GroupBy::municipality: {
      auto const found = tables::find_municipality(tx, key);
      return found ? found->name.in(language) : key;
    }
    case GroupBy::office: {
      auto const office = tables::find_office(tx, OfficeId{number()});
      return office ? office->name : key;
    }
    case GroupBy::venue: {
      auto const venue = tables::find_venue(tx, VenueId{number()});
      return venue ? venue->name : key;
    }
    case GroupBy::none:
    case GroupBy::sector:
    case GroupBy::month: return key;
  }
  return key;
}

std::string key_of(GroupBy group, std::string const& stored) {
  if (group != GroupBy::sector) return stored;
  return std::string(contract::word_of(static_cast<contract::Sector>(std::stoi(stored))));
}

double ratio(std::int64_t part, std::int64_t whole) {
  return std::round(static_cast<double>(part) / static_cast<double>(whole) * 10'000.0) / 10'000.0;
}

// Hides in one column, chosen by `member`, what must not be shown.
template <class Member>
std::vector<Cell> published(std::vector<OpenRow> const& rows, Member member, bool hide) {
  std::vector<std::int64_t> column;
  for (auto const& row : rows) column.push_back(member(row));
  auto const hidden = hide ? domain::hidden_cells(column) : std::vector<bool>(column.size());
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < column.size(); ++at) {
    cells.push_back(hidden[at] ? Cell() : Cell(column[at]));
  }
  return cells;
}

void publish_persons(std::vector<OpenRow> const& open, std::vector<UsageRow>& rows) {
  auto const registered = published(
      open, [](auto& r) { return r.persons.registered; }, true);
  auto const active = published(
      open, [](auto& r) { return r.persons.active; }, true);
  // Taken into use goes with the registered: the two and their difference stay hidden together.
  auto taken = published(
      open, [](auto& r) { return r.persons.taken_into_use; }, true);
  std::size_t hidden_taken = 0;
  for (std::size_t at = 0; at < open.size(); ++at) {
    auto const& p = open[at].persons;
    if (!registered[at] || domain::hides_share(p.taken_into_use, p.registered)) taken[at].reset();
    hidden_taken += taken[at] ? 0 : 1;
  }
  if (hidden_taken == 1 && open.size() > 1) {
    auto smallest = open.size();
    for (std::size_t at = 0; at < open.size(); ++at) {
      if (taken[at] && (smallest == open.size() || *taken[at] < *taken[smallest])) smallest = at;
    }
    taken[smallest].reset();
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at].registered = registered[at];
    rows[at].active = active[at];
    rows[at].taken_into_use = taken[at];
    if (registered[at] && taken[at] && *registered[at] > 0) {
      rows[at].usage_rate = ratio(*taken[at], *registered[at]);
    }
  }
}

void publish_uses(std::vector<OpenRow> const& open, std::vector<UsageRow>& rows, bool hide) {
  for (std::size_t sector = 0; sector < 4; ++sector) {
    auto const adults = published(
        open, [&](auto& r) { return r.uses.adults[sector]; }, hide);
    auto const children = published(
        open, [&](auto& r) { return r.uses.children[sector]; }, hide);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      rows[at].adults[sector] = adults[at];
      rows[at].children[sector] = children[at];
    }
  }
  auto const assistants = published(
      open, [](auto& r) { return r.uses.assistants; }, hide);
  auto const interpreters = published(
      open, [](auto& r) { return r.uses.interpreters; }, hide);
  auto const companions = published(
      open, [](auto& r) { return r.uses.companions; }, hide);
  auto const community = published(
      open, [](auto& r) { return r.uses.community; }, hide);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at].assistants = assistants[at];
    rows[at].interpreters = interpreters[at];
    rows[at].companions = companions[at];
    rows[at].community_uses = community[at];
  }
}

Result<tables::ReportWindow> window_of(ledger::ReadTx& tx, UsageQuestion const& question,
                                       domain::Caller const& caller) {
  if (question.from > question.to)
    return field_error("/to", FaultCode::out_of_range, "is before the first day");
  if (question.to - question.from > most_days) {
    return field_error("/to", FaultCode::out_of_range,
                       "is more than ten years after the first day");
  }
  tables::ReportWindow window{question.from, question.to,  ledger::last_sequence(tx),
                              question.area, std::nullopt, question.group_by};
  if (caller.is_staff()) {
    window.venue = caller.venues.front();
    if (question.area) return Error(Problem::forbidden);
  } else if (!caller.is_national()) {
    if (!caller.area) return Error(Problem::forbidden);
    if (question.area && *question.area != *caller.area) return Error(Problem::forbidden);
    window.area = caller.area;
  } else if (question.area && !tables::find_area(tx, *question.area)) {
    return field_error("/area", FaultCode::not_found, "is no area");
  }
  if (question.as_of)
    window.as_of = std::min(window.as_of, tables::sequence_at(tx, *question.as_of));
  if (question.as_of_sequence) {
    if (*question.as_of_sequence > window.as_of) {
      return field_error("/as_of", FaultCode::out_of_range, "is beyond the newest entry");
    }
    window.as_of = *question.as_of_sequence;
  }
  return window;
}

}  // namespace

Result<UsageReport> draw_usage(ledger::ReadTx& tx, UsageQuestion const& question,
                               domain::Caller const& caller) {
  if (!may_have(caller, question.group_by)) {
    return Error(Problem::forbidden, "figures grouped so are not for this role");
  }
  auto const window = window_of(tx, question, caller);
  if (!window) return window.error();
  auto const persons_too = divides_persons(question.group_by) && !window->venue;
  std::map<std::string, OpenRow> by_key;
  if (question.group_by == GroupBy::none) by_key[""];
  if (persons_too) {
    for (auto& [key, counts] : tables::count_persons(tx, *window)) by_key[key].persons = counts;
  }
  std::int64_t uses = 0;
  std::int64_t late = 0;
  for (auto& [key, counts] : tables::count_uses(tx, *window)) {
    uses += counts.uses;
    late += counts.late;
    by_key[key].uses = counts;
  }
  UsageReport report;
  report.from = question.from;
  report.to = question.to;
  report.as_of_sequence = window->as_of;
  report.as_of = tables::recorded_at_of(tx, window->as_of).value_or(Instant{});
  report.area = window->area;
  report.group_by = question.group_by;
  report.municipalities = tables::count_municipalities(tx, window->area);
  report.waiting_uses = tables::count_waiting(tx, *window);
  if (uses > 0) report.late_share = ratio(late, uses);
  std::vector<OpenRow> open;
  for (auto const& [key, row] : by_key) {
    UsageRow published_row;
    published_row.key = key_of(question.group_by, key);
    published_row.label = label_of(tx, question.group_by, published_row.key, caller.language);
    published_row.has_persons = persons_too;
    report.rows.push_back(std::move(published_row));
    open.push_back(row);
  }
  if (persons_too) publish_persons(open, report.rows);
  // A venue has given its tickets itself: its own numbers hide nothing from it.
  publish_uses(open, report.rows, !window->venue);
  return report;
}

}  // namespace kaiku::use_cases
