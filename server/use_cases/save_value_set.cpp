#include "server/use_cases/save_value_set.hpp"

#include <utility>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/faults.hpp"
#include "schema/values/utf8.hpp"
#include "server/ledger/ledger.hpp"

namespace kaiku::use_cases {
namespace {

using domain::ValueLine;
using domain::ValueRange;
using domain::ValueRow;

constexpr std::int64_t fewest_events = 5;

void settle_text(std::string const& pointer, std::string const& text, Faults& faults) {
  if (code_points_in(text) > longest_value_text) faults.add(pointer, FaultCode::too_long);
  if (ascii::has_control(text)) faults.add(pointer, FaultCode::control_character);
  if (codec::contains_personal_identity_code(text)) {
    faults.add(pointer, FaultCode::personal_identity_code);
  }
}

// Each number is at least the one before.
std::optional<ValueRange> settle_range(std::string const& pointer, GivenValue const& given,
                                       Faults& faults) {
  bool const is_empty = !given.low && !given.base && !given.high;
  if (is_empty && domain::may_be_empty(given.line)) return std::nullopt;
  // Nothing is compared with costs of nought.
  std::int64_t least = given.line == ValueLine::costs ? 1 : 0;
  for (auto const& [name, number] : {std::pair("/low", &given.low), std::pair("/base", &given.base),
                                     std::pair("/high", &given.high)}) {
    if (!*number) {
      faults.add(pointer + name, FaultCode::required, "is missing");
    } else if (**number < least || **number > domain::most_of(given.line)) {
      faults.add(pointer + name, FaultCode::out_of_range,
                 "has to be from " + std::to_string(least) + " to " +
                     std::to_string(domain::most_of(given.line)));
    } else {
      least = **number;
    }
  }
  return ValueRange{given.low.value_or(0), given.base.value_or(0), given.high.value_or(0)};
}

std::vector<ValueRow> all_lines() {
  std::vector<ValueRow> rows(domain::value_line_count);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at].line = static_cast<ValueLine>(at);
  return rows;
}

}  // namespace

Result<std::vector<ValueRow>> settle_values(std::vector<GivenValue> const& lines) {
  Faults faults;
  std::vector<GivenValue> given(domain::value_line_count);
  for (std::size_t at = 0; at < given.size(); ++at) given[at].line = static_cast<ValueLine>(at);
  for (auto const& line : lines) given.at(static_cast<std::size_t>(line.line)) = line;
  auto rows = all_lines();
  for (std::size_t at = 0; at < rows.size(); ++at) {
    auto const& line = given[at];
    auto const pointer = "/rows/" + std::string(word_of(line.line));
    rows[at].range = settle_range(pointer, line, faults);
    settle_text(pointer + "/source", line.source, faults);
    settle_text(pointer + "/note", line.note, faults);
    rows[at].source = line.source;
    rows[at].note = line.note;
  }
  if (!faults.empty()) return faults.error();
  return rows;
}

Result<tables::ValueSet> save_value_set(ledger::WriteTx& tx, GivenValues const& given,
                                        domain::Caller const& caller, Day today) {
  auto rows = settle_values(given.lines);
  if (!rows) return rows.error();
  auto const uses = reports::valued_uses(tx, {given.year, given.area}, caller, today);
  if (!uses) return uses.error();
  ledger::ValueSetSaved entry;
  entry.area = uses->area;
  entry.year = uses->year;
  entry.run = text_of(uses->as_of.run.value());
  entry.rows = *std::move(rows);
  auto const receipt = ledger::append(tx, caller.actor, entry);
  return tables::find_value_set(tx, receipt.sequence).value();
}

Result<tables::ValueSet> read_value_set(ledger::ReadTx& tx, std::int64_t id,
                                        domain::Caller const& caller) {
  if (!caller.coordinates()) return Error(Problem::forbidden);
  auto set = tables::find_value_set(tx, id);
  bool const is_own = set && (caller.is_national() || (set->area && set->area == caller.area));
  if (!is_own) return Error(Problem::not_found);
  return *std::move(set);
}

Result<reports::ValueReport> value_report_of(ledger::ReadTx& tx, tables::ValueSet const& set,
                                             domain::Caller const& caller, Day today) {
  auto uses = reports::valued_uses(tx, {set.year, set.area, set.run}, caller, today);
  if (!uses) return uses.error();
  auto report = reports::value_report(*std::move(uses), set.rows);
  report.version = set.version;
  report.saved_at = set.saved_at;
  return report;
}

StartingValues starting_values(ledger::ReadTx& tx, std::optional<AreaId> const& area, int year) {
  StartingValues start{.rows = all_lines()};
  auto const face_values = tables::face_values(tx, area, year);
  for (std::size_t at = 0; at < face_values.size(); ++at) {
    auto const& of_sector = face_values[at];
    if (of_sector.events < fewest_events) continue;
    start.events[at] = of_sector.events;
    auto const sector = static_cast<contract::Sector>(at);
    for (auto const line : {domain::adult_line(sector), domain::child_line(sector)}) {
      start.rows[static_cast<std::size_t>(line)].range = of_sector.range;
    }
  }
  start.rows[static_cast<std::size_t>(ValueLine::wellbeing)].range = ValueRange{};
  return start;
}

}  // namespace kaiku::use_cases
