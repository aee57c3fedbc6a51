#include "server/pages/coordinator/area_form.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "schema/values/spaces.hpp"
#include "server/api/areas.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view separators = ";,\t";

// The next part of `text` up to one of `ends`, which goes with it.
std::string_view take_part(std::string_view& text, std::string_view ends) {
  auto const end = std::min(text.find_first_of(ends), text.size());
  auto const part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return without_spaces_around(part);
}

// "205;Kajaani", and also "205 Kajaani" as people copy it from a list.
std::array<std::string, 4> cells_of(std::string_view line) {
  std::array<std::string, 4> cells;
  bool const has_separator = line.find_first_of(separators) != std::string_view::npos;
  cells[0] = take_part(line, has_separator ? separators : " ");
  for (std::size_t at = 1; at < cells.size(); ++at) cells[at] = take_part(line, separators);
  return cells;
}

}  // namespace

std::string area_path(AreaId const& area) { return "/areas/" + area.value; }

std::optional<ledger::AreaSet> area_as_of(ledger::ReadTx& tx, AreaId const& area,
                                          std::int64_t seq) {
  auto const entry = ledger::public_entry_at(tx, seq);
  auto const* said = entry ? std::get_if<ledger::AreaSet>(&*entry) : nullptr;
  if (said == nullptr || said->area != area) return std::nullopt;
  auto then = *said;
  // As the register lists them: the entry keeps the order in which they were typed.
  std::ranges::sort(then.municipalities, {}, &domain::Municipality::code);
  return then;
}

Error as_typed(Error error) {
  for (auto& fault : error.fields) {
    if (fault.pointer == "/name") fault.pointer = "/name/fi";
    bool const is_number = fault.pointer.starts_with("/municipalities/") &&
                           fault.pointer.ends_with("/code") &&
                           fault.code != FaultCode::personal_identity_code;
    if (is_number) fault.code = FaultCode::not_a_municipality_code;
  }
  return error;
}

Result<void> keep_area_changes(ledger::WriteTx& tx, tables::Area const& area,
                               nlohmann::json const& changes, domain::Caller const& caller) {
  Faults faults;
  codec::JsonFields fields(changes, faults);
  auto entry = tables::entry_of(tx, area);
  api::read_area(fields, entry);
  if (auto const good = fields.finish(); !good) return as_typed(good.error());
  auto const kept = use_cases::keep_area(tx, entry, caller);
  if (!kept) return kept.error();
  return {};
}

std::string municipality_lines(std::vector<domain::Municipality> const& municipalities) {
  std::string lines;
  for (auto const& [code, name] : municipalities) {
    if (!lines.empty()) lines += '\n';
    lines += code + ";" + name.fi + ";" + name.sv + ";" + name.en;
    while (lines.ends_with(';')) lines.pop_back();
  }
  return lines;
}

nlohmann::json municipality_members(std::string_view lines,
                                    std::vector<domain::Municipality> const& known) {
  auto members = nlohmann::json::array();
  while (!lines.empty()) {
    auto const line = take_part(lines, "\n");
    if (line.empty()) continue;
    auto const [code, fi, sv, en] = cells_of(line);
    auto const before = std::ranges::find(known, code, &domain::Municipality::code);
    bool const is_named = !(fi.empty() && sv.empty() && en.empty());
    if (is_named || before == known.end()) {
      members.push_back({{"code", code}, {"name", {{"fi", fi}, {"sv", sv}, {"en", en}}}});
    } else {
      members.push_back({{"code", code}, {"name", api::to_json(before->name)}});
    }
  }
  return members;
}

FieldList& add_municipalities(FieldList& list, Language language) {
  constexpr int rows_shown = 8;
  return list.lines({.id = "municipalities",
                     .label = in(language, Text::municipalities_title),
                     .hint = in(language, Text::municipalities_hint)},
                    rows_shown);
}

}  // namespace kaiku::pages
