#include "server/pages/coordinator/area_form.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "schema/values/spaces.hpp"
#include "server/api/areas.hpp"
#include "server/domain/municipalities.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

// The next line of `text`, which it loses.
std::string_view take_line(std::string_view& text) {
  auto const end = std::min(text.find('\n'), text.size());
  auto const line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return without_spaces_around(line);
}

// Who has what in the network: the area's own municipalities, and the names of the others' areas.
struct Shares {
  std::vector<domain::Municipality> own;
  std::map<std::string, std::string, std::less<>> area_of;
};
Shares shares(ledger::ReadTx& tx, std::optional<AreaId> const& area, Language language) {
  Shares shares;
  for (auto const& one : tables::list_areas(tx)) {
    for (auto& municipality : tables::municipalities_of(tx, one.id)) {
      if (area == one.id)
        shares.own.push_back(std::move(municipality));
      else
        shares.area_of.emplace(municipality.code, one.name.in(language));
    }
  }
  return shares;
}

TickBox box_of(domain::ListedMunicipality const& listed, Shares const& shares, Language language) {
  TickBox box{std::string(listed.code), std::string(listed.name.in(language))};
  if (listed.last_year) box.label += " (–" + std::to_string(*listed.last_year) + ")";
  auto const other = shares.area_of.find(listed.code);
  box.barred = other != shares.area_of.end();
  if (box.barred) {
    box.label = fill(language, Text::municipalities_of_other,
                     {{"name", box.label}, {"area", other->second}});
  }
  return box;
}

std::vector<TickGroup> groups_of(Shares const& shares, Day today, Language language) {
  auto const is_own = [&](std::string_view code) {
    return std::ranges::find(shares.own, code, &domain::Municipality::code) != shares.own.end();
  };
  std::vector<TickGroup> groups;
  for (auto const& region : domain::regions()) {
    TickGroup group{std::string(region.name.in(language))};
    for (auto const& listed : domain::listed_municipalities()) {
      bool const is_here = listed.region == region.code;
      if (!is_here || !(listed.is_one_on(today) || is_own(listed.code))) continue;
      group.boxes.push_back(box_of(listed, shares, language));
    }
    sort_by_name(group.boxes, [](TickBox const& box) { return box.label; });
    groups.push_back(std::move(group));
  }
  // What was entered before there was a list.
  TickGroup unlisted{std::string(in(language, Text::municipalities_unlisted))};
  for (auto const& [code, name] : shares.own) {
    if (domain::find_listed(code) != nullptr) continue;
    unlisted.boxes.push_back({code, name.in(language) + " (" + code + ")"});
  }
  if (!unlisted.boxes.empty()) groups.push_back(std::move(unlisted));
  return groups;
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
  for (auto const& municipality : municipalities) {
    if (!lines.empty()) lines += '\n';
    lines += municipality.code;
  }
  return lines;
}

nlohmann::json municipality_members(std::string_view lines) {
  auto members = nlohmann::json::array();
  while (!lines.empty()) {
    std::string const code(take_line(lines));
    if (code.empty()) continue;
    // The use case knows the names.
    members.push_back({{"code", code}, {"name", {{"fi", code}}}});
  }
  return members;
}

FieldList& add_municipalities(FieldList& list, ledger::ReadTx& tx,
                              std::optional<AreaId> const& area, Day today, Language language) {
  return list.ticks({.id = "municipalities",
                     .label = in(language, Text::municipalities_title),
                     .hint = in(language, Text::municipalities_hint),
                     .groups = groups_of(shares(tx, area, language), today, language)});
}

}  // namespace kaiku::pages
