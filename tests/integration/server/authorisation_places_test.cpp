// The authorisation matrix's rows of the pages of areas, offices, venues and card stock.
#include "tests/integration/server/authorisation_matrix.hpp"

namespace kaiku::test {

std::vector<Matrix::Row> Matrix::place_pages() {
  auto const sent = [this](std::string const& path, std::string const& text) {
    return [=, this](char) { return Ask{path, nullptr, fresh_form() + "&" + text}; };
  };
  std::string const new_place = "area=ETELA&municipality=491&name=Uusi+paikka";
  auto const office = "/offices/" + std::to_string(net.office.value);
  auto const venue = "/venues/" + std::to_string(net.pool.value);
  auto const api_key = new_api_key();
  auto const agent = "/agents/" + api_key.substr(api_key.rfind('/') + 1);
  auto const agent_name = get(as("admin"), api_key).body.at("name").get<std::string>();
  auto const batch = "/batches/" + std::to_string(net.batch.value);
  auto const approval = new_approval();
  auto const event = "/events/" + std::to_string(event_);
  return {
      {"GET /area", managers, 200, 0, plain("/area")},
      {"POST /area", managers, 303, 0, sent("/area", "area=ETELA&act=show")},
      {"GET /start", everybody, 303, 0, plain("/start")},
      {"GET /areas", managers, 0, 0, plain("/areas")},
      {"GET /areas/new", "AN", 200, 0, plain("/areas/new")},
      {"POST /areas/new", "AN", 303, 0, sent("/areas/new", "id=")},
      {"GET /areas/{id}", managers, 200, 404, plain("/areas/ETELA"), "Etelä"},
      {"POST /areas/{id}", managers, 303, 404, sent("/areas/ETELA", "name_fi=")},
      {"GET /areas/{id}/municipalities", managers, 200, 404, plain("/areas/ETELA/municipalities")},
      {"POST /areas/{id}/municipalities", managers, 303, 404,
       sent("/areas/ETELA/municipalities", "municipalities=")},
      {"GET /areas/{id}/policy", managers, 200, 404, plain("/areas/ETELA/policy")},
      {"POST /areas/{id}/policy", managers, 303, 404,
       sent("/areas/ETELA/policy", "child_age_limit=")},
      {"GET /areas/{id}/postcodes", managers, 200, 404, plain("/areas/ETELA/postcodes")},
      {"POST /areas/{id}/postcodes", managers, 303, 404,
       sent("/areas/ETELA/postcodes", "rows=50100%3B491&confirmed=1")},
      {"GET /offices", managers, 200, 200, plain("/offices?area=ETELA"), "Mikkelin"},
      {"GET /offices/new", managers, 200, 200, plain("/offices/new?area=ETELA"), "Hirvensalmi"},
      {"POST /offices/new", managers, 303, 403,
       sent("/offices/new", new_place + "&postcode=50100")},
      {"GET /offices/{id}", managers, 200, 404, plain(office)},
      {"POST /offices/{id}", managers, 303, 404, sent(office, "name=")},
      {"GET /venues", managers, 200, 200, plain("/venues?area=ETELA"), "uimahalli"},
      {"GET /venues/new", managers, 200, 200, plain("/venues/new?area=ETELA"), "Hirvensalmi"},
      {"POST /venues/new", managers, 303, 403,
       sent("/venues/new", new_place + "&sector=sport&limit_period=none")},
      {"GET /venues/{id}", managers, 200, 404, plain(venue)},
      {"POST /venues/{id}", managers, 303, 404, sent(venue, "name=")},
      {"GET /agents", managers, 200, 200, plain("/agents?area=ETELA"), agent_name},
      {"GET /agents/new", managers, 200, 200, plain("/agents/new?area=ETELA"), "uimahalli"},
      {"POST /agents/new", managers, 303, 0, sent("/agents/new", "area=ETELA&name=")},
      {"GET /agents/{id}", managers, 200, 404, plain(agent)},
      {"GET /agents/{id}/revoke", managers, 0, 404, plain(agent + "/revoke")},
      {"POST /agents/{id}/revoke", managers, 303, 404, sent(agent + "/revoke", "x=1")},
      {"GET /batches", managers, 200, 200, plain("/batches?area=ETELA"), "Mikkelin"},
      {"GET /batches/new", managers, 200, 200, plain("/batches/new?area=ETELA"), "Mikkelin"},
      {"POST /batches/new", managers, 303, 0, sent("/batches/new", "area=ETELA&count=x")},
      {"GET /batches/{id}", managers, 200, 404, plain(batch)},
      {"POST /batches/{id}", managers, 303, 404, sent(batch, "from=9&to=1")},
      {"GET /batches/{id}/hand", managers, 200, 404, plain(batch + "/hand")},
      {"POST /batches/{id}/hand", managers, 303, 404, sent(batch + "/hand", "from=9&to=1")},
      {"GET /batches/{id}/void", managers, 200, 404, plain(batch + "/void")},
      {"POST /batches/{id}/void", managers, 303, 404, sent(batch + "/void", "from=9&to=1")},
      {"GET /approvals", managers, 200, 200, plain("/approvals"), "800"},
      {"GET /approvals/{id}", managers, 200, 404, plain(approval), "800"},
      {"POST /approvals/{id}", managers, 303, 404, sent(approval, "act=refuse")},
      {"GET /print-test", managers, 200, 0, plain("/print-test")},
      {"GET /stock", "W", 200, 200, plain("/stock"), "0001-0060"},
      {"GET /events", managers_and_venue, 200, 200, plain("/events"), "Vesijumppa"},
      {"GET /events/new", managers_and_venue, 200, 200, plain("/events/new?area=ETELA"),
       "uimahalli"},
      {"POST /events/new", managers_and_venue, 303, 403,
       sent("/events/new",
            "title_fi=Uinti&kind=admission&day=16.6.2026&starts=17.42&quota_kind=none&"
            "limit_period=none&children=yes&venue=" +
                std::to_string(net.pool.value))},
      {"GET /events/{id}", managers_and_venue, 200, 404, plain(event)},
      {"POST /events/{id}", managers_and_venue, 303, 404, sent(event, "title_fi=Vesijumppa")},
      {"GET /events/{id}/cancel", managers_and_venue, 200, 404, plain(event + "/cancel")},
      {"POST /events/{id}/cancel", managers_and_venue, 303, 404,
       sent(event + "/cancel", "act=cancel")},
  };
}

TEST_F(Matrix, holds_for_pages_of_places) {
  for (auto const& row : place_pages()) walk(row);
}

}  // namespace kaiku::test
