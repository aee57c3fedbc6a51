#include "server/pages/coordinator/area_municipalities.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/api/areas.hpp"
#include "server/domain/declared_cells.hpp"
#include "server/domain/municipalities.hpp"
#include "server/pages/coordinator/area_form.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"

namespace kaiku::pages {
namespace {

constexpr std::array<std::string_view, 1> field_names{"municipalities"};

std::string path_of(AreaId const& area) { return area_path(area) + "/municipalities"; }

http::FormPairs fields_of(ledger::AreaSet const& area) {
  return {{"municipalities", municipality_lines(area.municipalities)}};
}

nlohmann::json members_of(http::FormPairs const& pairs) {
  FormValues const fields(pairs);
  return {{"municipalities", municipality_members(fields["municipalities"])}};
}

// Those that the area has and a changed list has no more.
std::vector<domain::Municipality> left_out(std::vector<domain::Municipality> const& present,
                                           nlohmann::json const& members) {
  auto gone = present;
  for (auto const& member : members.at("municipalities")) {
    std::erase_if(gone, [&](auto const& known) { return known.code == member.at("code"); });
  }
  return gone;
}

// The names of those that a changed list has beside them.
std::string added_by(std::vector<domain::Municipality> const& present, http::FormPairs const& typed,
                     Language language) {
  std::string names;
  for (auto const& member : members_of(typed).at("municipalities")) {
    auto const code = member.at("code").get<std::string>();
    auto const* listed = domain::find_listed(code);
    bool const is_new =
        std::ranges::find(present, code, &domain::Municipality::code) == present.end();
    if (!is_new || listed == nullptr) continue;
    if (!names.empty()) names += ", ";
    names += listed->name.in(language);
  }
  return names;
}

bool stands_empty(tables::InMunicipality const& count) {
  return count.offices == 0 && count.venues == 0 && count.live_cards == 0;
}

// A few cards could point at somebody: told as the figures tell them.
std::string cards_text(Language language, std::int64_t cards) {
  if (!domain::counts_few(cards)) return number_text(language, cards);
  return "<" + std::to_string(domain::threshold);
}

PlaceConfirm removal_of(access::Call const& call, ledger::ReadTx& tx,
                        std::vector<domain::Municipality> const& gone, Language language) {
  PlaceConfirm confirm;
  for (auto const& [code, name] : gone) {
    auto const count = tables::count_in_municipality(tx, code, call.today());
    if (stands_empty(count)) continue;
    confirm.lines.push_back(fill(language, Text::municipalities_left,
                                 {{"name", name.in(language)},
                                  {"offices", number_text(language, count.offices)},
                                  {"venues", number_text(language, count.venues)},
                                  {"cards", cards_text(language, count.live_cards)}}));
  }
  confirm.lines.emplace_back(in(language, Text::municipalities_left_stay));
  confirm.submit = in(language, Text::municipalities_remove);
  return confirm;
}

}  // namespace

Result<http::Response> get_area_municipalities(access::Call const& call, ledger::ReadTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto frame = network_frame(call, tx, area->id);
  auto const language = frame.language;
  auto const path = path_of(area->id);
  auto const returned = returned_form(call, path, frame);
  auto const entry = tables::entry_of(tx, *area);
  if (returned.came == Came::to_confirm) {
    auto const gone = left_out(entry.municipalities, members_of(returned.typed));
    auto confirm = removal_of(call, tx, gone, language);
    if (auto const added = added_by(entry.municipalities, returned.typed, language); !added.empty())
      confirm.lines.push_back(fill(language, Text::municipalities_added, {{"names", added}}));
    confirm.about = area->name.in(language);
    put_question(confirm, call, path, returned);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  auto const standing = standing_of(returned, fields_of(entry), area->seq, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = in(language, Text::municipalities_title);
  form.about = area->name.in(language);
  form.parts = {{area_path(area->id), area->name.in(language)}};
  if (!form.done.empty()) put_next_step(form.next, call, tx, language, area->id);
  FieldList fields(standing.filled);
  form.fields = add_municipalities(fields, tx, area->id, call.today(), language).list();
  form.submit = in(language, Text::place_save);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_area_municipalities(access::Call& call, ledger::WriteTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto const entry = tables::entry_of(tx, *area);
  Change change;
  change.path = path_of(area->id);
  change.names = field_names;
  change.now = fields_of(entry);
  change.shown = [&](std::int64_t seen) -> std::optional<http::FormPairs> {
    auto const then = area_as_of(tx, area->id, seen);
    if (!then) return std::nullopt;
    return fields_of(*then);
  };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) {
    return keep_area_changes(tx, *area, changes, call.caller());
  };
  change.asks = [&](nlohmann::json const& changes) {
    return std::ranges::any_of(left_out(entry.municipalities, changes), [&](auto const& gone) {
      return !stands_empty(tables::count_in_municipality(tx, gone.code, call.today()));
    });
  };
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
