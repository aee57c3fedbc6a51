#include "server/pages/coordinator/own_areas.hpp"

#include <algorithm>

#include "server/domain/commitment.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/own_place.hpp"

namespace kaiku::pages {

Frame network_frame(access::Call const& call, ledger::ReadTx& tx,
                    std::optional<AreaId> const& shown) {
  auto frame = frame_at_place(call, tx, address_of(call));
  put_coordinator_header(frame, call, tx, shown);
  return frame;
}

Waiting put_coordinator_header(Frame& frame, access::Call const& call, ledger::ReadTx& tx,
                               std::optional<AreaId> const& shown) {
  auto const& caller = call.caller();
  if (!caller.coordinates()) return {};
  auto area = caller.area;
  if (caller.is_national()) {
    auto const query = call.query();
    auto const named = query ? http::form_value(*query, "area") : std::nullopt;
    area = shown ? shown : area_asked_for(tx, caller, named.value_or(std::string_view()));
    if (area) frame.area = area->value;
  } else if (area) {
    frame.place = area_name(tx, *area, frame.language);
  }
  auto const waiting = count_waiting(call, tx, area);
  frame.waiting = waiting.lines();
  return waiting;
}

AreaId area_of(ledger::ReadTx& tx, VenueId venue) {
  return tables::find_venue(tx, venue).value().area;
}

std::vector<tables::Area> own_areas(ledger::ReadTx& tx, domain::Caller const& caller,
                                    Language language) {
  auto areas = tables::list_areas(tx);
  std::erase_if(areas, [&](tables::Area const& area) { return !caller.covers(area.id); });
  sort_by_name(areas, [&](tables::Area const& area) { return area.name.in(language); });
  return areas;
}

std::optional<AreaId> area_asked_for(ledger::ReadTx& tx, domain::Caller const& caller,
                                     std::string_view named) {
  if (!caller.is_national()) return caller.area;
  auto id = AreaId::parse(named);
  if (!id || !tables::find_area(tx, *id)) return std::nullopt;
  return id;
}

Page ask_for_area(ledger::ReadTx& tx, domain::Caller const& caller, Frame const& frame,
                  std::string title, std::string_view path) {
  PlaceChoice choice;
  choice.title = std::move(title);
  for (auto const& area : own_areas(tx, caller, frame.language)) {
    choice.answers.push_back(
        {std::string(path) + "?area=" + area.id.value, area.name.in(frame.language)});
  }
  auto const question = choice.answers.empty() ? Text::areas_empty : Text::place_which_area;
  choice.question = in(frame.language, question);
  if (choice.answers.empty()) {
    choice.answers = {{"/areas/new", std::string(in(frame.language, Text::areas_add))}};
  }
  return place_choice_page(choice);
}

std::vector<Option> area_choices(ledger::ReadTx& tx, domain::Caller const& caller,
                                 Language language) {
  std::vector<Option> options;
  if (!caller.is_national()) return options;
  options.push_back({"", std::string(in(language, Text::accounts_all_areas))});
  for (auto const& area : own_areas(tx, caller, language)) {
    options.push_back({area.id.value, area.name.in(language)});
  }
  return options;
}

std::vector<Option> municipality_choices(ledger::ReadTx& tx, AreaId const& area,
                                         std::string_view present, Language language) {
  std::vector<Option> options;
  for (auto const& municipality : tables::municipalities_of(tx, area)) {
    options.push_back({municipality.code, municipality.name.in(language)});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  bool const has_it = std::ranges::find(options, present, &Option::value) != options.end();
  if (!has_it && !present.empty()) {
    options.push_back({std::string(present), municipality_name(tx, present, language)});
  }
  options.insert(options.begin(), {"", std::string(in(language, Text::place_choose))});
  return options;
}

void choose_no_other(std::vector<Option>& options, std::string_view chosen, Language language) {
  if (chosen.empty() || std::ranges::count(options, chosen, &Option::value) > 0) return;
  options.insert(options.begin(), {"", std::string(in(language, Text::place_choose))});
}

std::string count_text(Language language, std::size_t count, Text one, Text many) {
  if (count == 1) return std::string(in(language, one));
  auto const number = number_text(language, static_cast<std::int64_t>(count));
  return fill(language, many, {{"n", number}});
}

std::string municipality_name(ledger::ReadTx& tx, std::string_view code, Language language) {
  auto const municipality = tables::find_municipality(tx, code);
  return municipality ? municipality->name.in(language) : std::string(code);
}

std::string area_name(ledger::ReadTx& tx, AreaId const& id, Language language) {
  auto const area = tables::find_area(tx, id);
  return area ? area->name.in(language) : id.value;
}

std::string_view commitment_text(Language language, std::int64_t accepted_version) {
  bool const is_accepted = accepted_version >= domain::commitment_version;
  return in(language, is_accepted ? Text::commitment_is_accepted : Text::commitment_is_open);
}

}  // namespace kaiku::pages
