#include "server/pages/coordinator/agents.hpp"

#include "server/api/api_keys.hpp"
#include "server/pages/coordinator/agent_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/tables/api_keys.hpp"
#include "server/use_cases/revoke_api_key.hpp"

namespace kaiku::pages {
namespace {

std::string agent_path(ApiKeyId id) { return "/agents/" + std::to_string(id.value); }
std::string revocation_path(ApiKeyId id) { return agent_path(id) + "/revoke"; }

std::string state_text(Language language, tables::ApiKey const& key) {
  return std::string(in(language, key.revoked ? Text::agent_revoked : Text::agent_in_use));
}

}  // namespace

Result<http::Response> get_agents(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const area = area_asked_for(tx, call.caller(), asked["area"]);
  PlaceList list;
  list.title = text(Text::agents_title);
  list.columns = {text(Text::place_name), text(Text::place_area), text(Text::agents_venues),
                  text(Text::agents_state)};
  for (auto const& key : tables::list_api_keys(tx, area, tables::every_row)) {
    PlaceRow row{agent_path(key.id), key.name, {}};
    row.cells = {area_name(tx, key.area, language),
                 number_text(language, static_cast<std::int64_t>(key.venues.size())),
                 state_text(language, key)};
    list.rows.push_back(std::move(row));
  }
  sort_by_name(list.rows, [](PlaceRow const& row) { return row.name; });
  list.count = count_text(language, list.rows.size(), Text::agents_one, Text::agents_many);
  list.empty = text(Text::agents_empty);
  list.path = "/agents";
  list.area = call.caller().is_national() && area ? area->value : "";
  list.areas = area_choices(tx, call.caller(), language);
  list.make_href = "/agents/new";
  if (!list.area.empty()) list.make_href += "?area=" + list.area;
  list.make_label = text(Text::agents_new);
  list.page = asked.number("page").value_or(1);
  return respond(frame, place_list_page(frame, list));
}

Result<http::Response> get_agent(access::Call const& call, ledger::ReadTx& tx) {
  auto const key = api::named_api_key(call, tx);
  if (!key) return key.error();
  auto const frame = network_frame(call, tx, key->area);
  AgentPage page;
  page.path = agent_path(key->id);
  page.name = key->name;
  page.area = area_name(tx, key->area, frame.language);
  for (auto const id : key->venues) {
    if (auto const venue = tables::find_venue(tx, id)) page.venues.push_back(venue->name);
  }
  sort_by_name(page.venues, [](std::string const& name) { return name; });
  page.is_revoked = key->revoked;
  auto const state = state_of(call, page.path);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  if (told["did"] == "revoked") page.done = in(frame.language, Text::agent_was_revoked);
  // The key lies in the vault with what came of the form that made it.
  auto const left = told["did"] == "made" ? left_by_form(call, tx, told["form"]) : std::nullopt;
  if (left && !key->revoked) {
    page.done = in(frame.language, Text::agent_was_made);
    page.key = *left;
  }
  return respond(frame, agent_page(frame, page));
}

Result<http::Response> get_agent_revocation(access::Call const& call, ledger::ReadTx& tx) {
  auto const key = api::named_api_key(call, tx);
  if (!key) return key.error();
  if (key->revoked) return see_other(agent_path(key->id));
  auto const frame = network_frame(call, tx, key->area);
  auto const language = frame.language;
  auto const text = [&](Text name) { return std::string(in(language, name)); };
  PlaceConfirm confirm;
  confirm.about = key->name;
  confirm.lines = {count_text(language, key->venues.size(), Text::agent_revoke_stops_one,
                              Text::agent_revoke_stops),
                   text(Text::agent_revoke_rest), text(Text::agent_no_way_back)};
  confirm.action = revocation_path(key->id);
  confirm.form_id = new_form_id(call);
  confirm.submit = text(Text::agent_revoke);
  confirm.back = agent_path(key->id);
  return respond(frame, place_confirm_page(frame, confirm));
}

Result<http::Response> post_agent_revocation(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  auto const key = api::named_api_key(call, tx);
  if (!key) return key.error();
  auto const path = agent_path(key->id);
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const revoked = use_cases::revoke_api_key(tx, key->id, call.caller());
    if (!revoked) return revoked.error();
    return FormDone{see_other(with_state(call, path, path, {{"did", "revoked"}}))};
  });
}

}  // namespace kaiku::pages
