#include "server/use_cases/publish_run.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/values/faults.hpp"
#include "server/domain/declared_words.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/history.hpp"
#include "server/tables/ledger_places.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::use_cases {
namespace {

std::vector<domain::RunName> names_of(std::vector<tables::ReportRun> const& runs) {
  std::vector<domain::RunName> names;
  for (auto const& run : runs) names.push_back(run.name);
  return names;
}

std::vector<std::string> words_of(std::vector<domain::Table> const& tables) {
  std::vector<std::string> words;
  for (auto const table : tables) words.emplace_back(domain::word_of(table));
  return words;
}

// What no table names: "uses.venue of 2026-Q1".
std::string refusal_text(domain::Refusal const& refusal) {
  return "a small number in " + std::string(domain::word_of(refusal.cell.table)) +
         " could be worked out: leave that table out";
}

// The settlement first, then its editions, one number up each time.
domain::RunName name_of(RunQuestion const& question,
                        std::vector<domain::RunName> const& published) {
  domain::RunName name{question.year, question.quarter.value_or(0)};
  if (name.is_quarter()) return name;
  for (auto const& run : published) {
    if (run.year == name.year && !run.is_quarter()) {
      name.edition = std::max(name.edition, run.edition + 1);
    }
  }
  return name;
}

Result<void> require_its_turn(ledger::ReadTx& tx, domain::RunName const& name,
                              std::vector<domain::RunName> const& published, Day today) {
  if (std::ranges::find(published, name) != published.end()) {
    return Error(Problem::conflict, "this run is published");
  }
  if (!tables::areas_with_open_history(tx).empty()) {
    return Error(Problem::conflict, "earlier years are being loaded: wait until they are whole");
  }
  if (name.is_edition()) return {};
  if (today < domain::first_day_of_drawing(name)) {
    return Error(Problem::conflict, "too early: this run can be drawn from " +
                                        to_iso(domain::first_day_of_drawing(name)) + " on");
  }
  auto const first = tables::first_year(tx);
  if (!first || name.year < *first) {
    return field_error("/year", FaultCode::out_of_range, "has nothing recorded");
  }
  auto const due = domain::due_runs(published, *first, today);
  if (std::ranges::find(due, name) == due.end()) {
    return Error(Problem::conflict, "the year is settled, or will be in one run");
  }
  if (due.front() != name) {
    return Error(Problem::conflict, "the run " + text_of(due.front()) + " comes first");
  }
  return {};
}

}  // namespace

Result<reports::DrawnRun> draw_asked_run(ledger::ReadTx& tx, RunQuestion const& question,
                                         Day today) {
  if (question.year < 2010 || question.year > civil_of(today).year) {
    return field_error("/year", FaultCode::out_of_range, "has to be a year from 2010 to this one");
  }
  if (question.quarter && (*question.quarter < 1 || *question.quarter > 3)) {
    return field_error("/quarter", FaultCode::out_of_range,
                       "has to be 1, 2 or 3: the fourth is told with the year");
  }
  auto const published = names_of(tables::list_runs(tx));
  auto const name = name_of(question, published);
  if (auto const turn = require_its_turn(tx, name, published, today); !turn) return turn.error();
  auto drawn = reports::draw_run(tx, name, ledger::last_sequence(tx), question.without);
  if (drawn.refused) return Error(Problem::conflict, refusal_text(*drawn.refused));
  if (name.is_edition() && drawn.cells.empty()) {
    return Error(Problem::conflict, "nothing of the year is to be moved");
  }
  return drawn;
}

Result<tables::ReportRun> publish_run(ledger::WriteTx& tx, reports::DrawnRun const& drawn,
                                      domain::Actor actor) {
  if (drawn.refused) throw std::invalid_argument("a refused run is not published");
  auto const published = tables::list_runs(tx);
  bool const is_behind = std::ranges::any_of(published, [&](tables::ReportRun const& run) {
    return run.name == drawn.name || run.as_of > drawn.as_of;
  });
  if (is_behind) return Error(Problem::conflict, "another run was published meanwhile");
  ledger::ReportPublished entry;
  entry.run = text_of(drawn.name);
  entry.year = drawn.name.year;
  if (drawn.name.is_quarter()) entry.quarter = drawn.name.quarter;
  entry.edition = drawn.name.edition;
  entry.as_of = drawn.as_of;
  entry.method = reports::method;
  entry.left_out = words_of(drawn.left_out);
  entry.left_out_openly = words_of(drawn.left_out_openly);
  entry.cells = static_cast<std::int64_t>(drawn.cells.size());
  entry.hash = drawn.hash;
  auto const receipt = ledger::append(tx, actor, entry);
  tables::keep_cells(tx, receipt.sequence, drawn.cells);
  return tables::find_run(tx, drawn.name).value();
}

std::optional<domain::RunName> next_due_run(ledger::ReadTx& tx, Day today) {
  auto const first = tables::first_year(tx);
  if (!first || !tables::areas_with_open_history(tx).empty()) return std::nullopt;
  // Earlier years are loaded area by area: nobody but a person knows when they are whole.
  auto const since = std::max(*first, civil_of(helsinki_day(tables::began_at(tx))).year);
  auto const due = domain::due_runs(names_of(tables::list_runs(tx)), since, today);
  return due.empty() ? std::nullopt : std::optional(due.front());
}

bool DueRuns::publish_next() {
  auto const now = clock_.now();
  if (!writer_.may_run_chores() || now < not_before_) return false;
  not_before_ = now + hour_us;  // stands where this throws
  bool const is_published = publish_due(helsinki_day(now));
  not_before_ = Instant{};
  return is_published;
}

bool DueRuns::publish_due(Day today) {
  if (refused_on_ == today) return false;
  std::optional<reports::DrawnRun> drawn;
  readers_.run([&](ledger::ReadTx& tx) {
    auto const due = next_due_run(tx, today);
    if (due) drawn = reports::draw_run(tx, *due, ledger::last_sequence(tx));
  });
  if (!drawn) return false;
  if (drawn->refused) {
    refused_on_ = today;
    faults_.tell("report_refused", text_of(drawn->name) + ": " + refusal_text(*drawn->refused));
    return false;
  }
  auto const end = writer_.run(
      [&](ledger::WriteTx& tx) { return publish_run(tx, *drawn, domain::Actor{}).has_value(); });
  if (lanes::went_wrong(end)) throw std::runtime_error("a run could not be published");
  return true;
}

}  // namespace kaiku::use_cases
