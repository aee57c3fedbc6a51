#include <algorithm>
#include <set>

#include "schema/codec/personal_identity_code.hpp"
#include "server/access/call/fresh_code.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/agent_view.hpp"
#include "server/pages/coordinator/agents.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/make_api_key.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view new_path = "/agents/new";

void add_numbers(std::set<VenueId>& venues, std::string_view text) {
  while (!text.empty()) {
    auto const end = std::min(text.find(','), text.size());
    FormValues const one({{"n", std::string(text.substr(0, end))}});
    if (auto const id = one.number("n")) venues.insert(VenueId{*id});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// A form has a pair for every venue that is ticked; an address, which is short, has one for all.
std::set<VenueId> ticked_in(http::FormPairs const& pairs) {
  std::set<VenueId> venues;
  for (auto const& [name, value] : pairs) {
    if (name == "venue") add_numbers(venues, value);
  }
  return venues;
}

std::vector<tables::Venue> venues_of(ledger::ReadTx& tx, AreaId const& area) {
  auto venues = tables::list_venues(tx, area, tables::every_row);
  std::erase_if(venues, [](tables::Venue const& venue) { return !venue.active; });
  sort_by_name(venues, [](tables::Venue const& venue) { return venue.name; });
  return venues;
}

PageFaults judge(http::FormPairs const& pairs, std::vector<tables::Venue> const& known,
                 Language language) {
  PageFaults faults;
  FormValues const typed(pairs);
  auto const fault = [&](char const* field, Text text) {
    faults.push_back({field, std::string(in(language, text))});
  };
  if (codec::contains_personal_identity_code(typed["name"]) || typed["hidden"] == "1")
    fault("name", Text::fault_identity_code);
  else if (typed["name"].empty())
    fault("name", Text::blank);
  else if (typed["name"].size() < 2)
    fault("name", Text::fault_too_short);
  auto const ticked = ticked_in(pairs);
  bool const are_known = std::ranges::all_of(ticked, [&](VenueId id) {
    return std::ranges::find(known, id, &tables::Venue::id) != known.end();
  });
  if (ticked.empty() || !are_known) fault("venues", Text::agents_venues_fault);
  return faults;
}

// The form as it was sent; a personal identity code is not told again.
http::Response refused(access::Call const& call, http::FormPairs const& pairs,
                       std::string_view code) {
  FormValues const form(pairs);
  http::FormPairs told{{"area", std::string(form["area"])}, {"code", std::string(code)}};
  if (codec::contains_personal_identity_code(form["name"]))
    told.emplace_back("hidden", "1");
  else
    told.emplace_back("name", form["name"]);
  std::string venues;
  for (auto const venue : ticked_in(pairs)) venues += std::to_string(venue.value) + ",";
  told.emplace_back("venue", venues);
  return back_to(with_state(call, new_path, new_path, told));
}

}  // namespace

Result<http::Response> get_new_agent(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto frame = frame_of(call, address_of(call));
  auto const state = state_of(call, new_path);
  bool const is_back = state && !state->is_old;
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  auto const& pairs = is_back ? state->told : *query;
  FormValues const values(pairs);
  auto const area = area_asked_for(tx, call.caller(), values["area"]);
  put_coordinator_header(frame, call, tx, area);
  if (!area) {
    auto title = std::string(in(frame.language, Text::agents_new));
    return respond(frame, ask_for_area(tx, call.caller(), frame, std::move(title), new_path));
  }
  auto const known = venues_of(tx, *area);
  NewAgentPage page;
  page.form_id = new_form_id(call);
  page.area = area->value;
  page.area_name = area_name(tx, *area, frame.language);
  page.asks_code = !access::has_fresh_code(call, tx);
  std::set<VenueId> ticked;
  if (is_back) {
    page.name = values["name"];
    page.faults = judge(pairs, known, frame.language);
    if (page.asks_code) add_code_fault(page.faults, frame.language, values["code"]);
    ticked = ticked_in(pairs);
  }
  for (auto const& venue : known) {
    page.venues.push_back({std::to_string(venue.id.value), venue.name, ticked.contains(venue.id)});
  }
  return respond(frame, new_agent_page(frame, page));
}

Result<http::Response> post_new_agent(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  return sent_once(call, tx, *pairs, new_path, [&]() -> Result<FormDone> {
    auto const area = area_asked_for(tx, call.caller(), form["area"]);
    auto const known = area ? venues_of(tx, *area) : std::vector<tables::Venue>{};
    if (!judge(*pairs, known, Language::fi).empty()) return FormDone{refused(call, *pairs, "")};
    auto const allowed = access::take_fresh_code(call, tx, form[code_field_name]);
    if (!allowed) {
      auto const word = code_fault_word(allowed.error());
      if (!word) return allowed.error();
      return FormDone{refused(call, *pairs, *word)};
    }
    auto const ticked = ticked_in(*pairs);
    use_cases::NewApiKey const wanted{std::string(form["name"]), {ticked.begin(), ticked.end()}};
    auto const made = use_cases::make_api_key(tx, wanted, call.caller(), call.services().random);
    if (!made) return made.error();
    auto const path = "/agents/" + std::to_string(made->api_key.id.value);
    return FormDone{
        see_other(with_state(call, path, path,
                             {{"did", "made"}, {"form", std::string(form["form_id"])}})),
        made->key};
  });
}

}  // namespace kaiku::pages
