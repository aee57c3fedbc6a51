// Every route × every role × own and other scope. A route without a row here or among the pages
// (authorisation_{pages,places}_test.cpp) fails the test, and so does a row without a route.
#include <set>

#include "server/app/routes.hpp"
#include "tests/integration/server/authorisation_matrix.hpp"

namespace kaiku::test {

std::vector<Matrix::Row> Matrix::operations() {
  return {
      {"GET /healthz", everybody, 200, 0, plain("/healthz")},
      {"GET /metrics", everybody, 200, 0, plain("/metrics")},
      {"GET /openapi.json", everybody, 200, 0, plain("/openapi.json")},
      {"GET /.well-known/security.txt", everybody, 200, 0, plain("/.well-known/security.txt")},
      {"GET /readyz", everybody, 200, 0, plain("/readyz")},
      {"GET /ledger/checkpoint", everybody, 200, 0, plain("/ledger/checkpoint")},
      {"GET /open/v1/stats", everybody, 200, 0, plain("/open/v1/stats?table=uses.network")},
      {"GET /open/v1/stats.csv", everybody, 200, 0, plain("/open/v1/stats.csv")},
  };
}

std::vector<Matrix::Row> Matrix::reports() {
  // Of a year that is settled: running figures leave as no file.
  auto const file = [](std::string const& path) {
    return [=](char role) { return Ask{path + (role == 'V' ? "" : "&area=ETELA")}; };
  };
  auto const annual = std::string("/api/v1/reports/annual");
  auto const usage = std::string("/api/v1/reports/usage");
  auto const year = std::string("?year=2025");
  auto const days = std::string("?from=2025-01-01&to=2025-12-31&group_by=sector");
  return {
      {"GET /api/v1/reports/annual.csv", "ANCV", 200, 403, file(annual + ".csv" + year), "", "C"},
      {"GET /api/v1/reports/annual.xlsx", "ANCV", 200, 403, file(annual + ".xlsx" + year), "", "C"},
      {"GET /api/v1/reports/annual.pdf", "ANCV", 200, 403, file(annual + ".pdf" + year), "", "C"},
      {"GET /api/v1/reports/usage.csv", "ANCV", 200, 403, file(usage + ".csv" + days), "", "C"},
      {"GET /api/v1/reports/usage.xlsx", "ANCV", 200, 403, file(usage + ".xlsx" + days), "", "C"},
      {"GET /api/v1/reports/usage.pdf", "ANCV", 200, 403, file(usage + ".pdf" + days), "", "C"},
      {"POST /api/v1/reports/runs", "AN", 409, 0,
       [](char) {
         return Ask{"/api/v1/reports/runs", {{"year", 2025}}};
       }},
      {"GET /api/v1/reports/annual", "ANCV", 200, 403,
       [](char role) {
         return Ask{std::string("/api/v1/reports/annual?year=2026") +
                    (role == 'V' ? "" : "&area=ETELA")};
       },
       "", "C"},
      {"GET /api/v1/reports/usage", "ANCV", 200, 403,
       [](char role) {
         return Ask{
             std::string("/api/v1/reports/usage?from=2026-01-01&to=2026-12-31&group_by=sector") +
             (role == 'V' ? "" : "&area=ETELA")};
       },
       "", "C"},
      {"GET /api/v1/reports/runs", managers, 200, 0, plain("/api/v1/reports/runs")},
      {"GET /api/v1/reports/runs/{id}", managers, 404, 0, plain("/api/v1/reports/runs/2026-Q1")},
      // Of areas that are younger than the one year that is settled here: nothing is told of them.
      {"GET /api/v1/reports/cohorts", managers, 404, 403,
       plain("/api/v1/reports/cohorts?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/cohorts.csv", managers, 404, 403,
       plain("/api/v1/reports/cohorts.csv?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/cohorts.xlsx", managers, 404, 403,
       plain("/api/v1/reports/cohorts.xlsx?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/cohorts.pdf", managers, 404, 403,
       plain("/api/v1/reports/cohorts.pdf?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/flows", managers, 404, 403, plain("/api/v1/reports/flows?area=ETELA"),
       "", "C"},
      {"GET /api/v1/reports/flows.csv", managers, 404, 403,
       plain("/api/v1/reports/flows.csv?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/flows.xlsx", managers, 404, 403,
       plain("/api/v1/reports/flows.xlsx?area=ETELA"), "", "C"},
      {"GET /api/v1/reports/flows.pdf", managers, 404, 403,
       plain("/api/v1/reports/flows.pdf?area=ETELA"), "", "C"},
  };
}

std::vector<Matrix::Row> Matrix::report_lists() {
  // Staff name no area: theirs is the venue.
  auto const of_area = [](std::string const& path) {
    return [=](char role) { return Ask{path + (role == 'V' ? "" : "?area=ETELA")}; };
  };
  return {
      {"GET /api/v1/reports/silent-venues", managers, 200, 403,
       plain("/api/v1/reports/silent-venues?area=ETELA")},
      {"GET /api/v1/reports/offers-without-takers", "ANCV", 200, 403,
       of_area("/api/v1/reports/offers-without-takers"), "", "C"},
      {"GET /api/v1/reports/quota-use", "ANCV", 200, 403, of_area("/api/v1/reports/quota-use"), "",
       "C"},
      {"GET /api/v1/reports/annex", managers, 200, 403,
       plain("/api/v1/reports/annex?municipality=491")},
      {"GET /api/v1/reports/value-sheets", managers, 200, 403,
       plain("/api/v1/reports/value-sheets?year=2025&area=ETELA")},
      {"POST /api/v1/reports/value-sheets", managers, 201, 403,
       [](char) {
         Json const share{{"low", 100}, {"base", 200}, {"high", 300}};
         return Ask{"/api/v1/reports/value-sheets",
                    {{"year", 2025},
                     {"area", "ETELA"},
                     {"rows", {{"otherwise", share}, {"attribution", share}}}}};
       }},
      {"GET /api/v1/reports/value-sheets/{id}", managers, 404, 0,
       plain("/api/v1/reports/value-sheets/1")},
      {"GET /api/v1/reports/value-sheets.csv", managers, 404, 0,
       plain("/api/v1/reports/value-sheets.csv?sheet=1")},
      {"GET /api/v1/reports/value-sheets.xlsx", managers, 404, 0,
       plain("/api/v1/reports/value-sheets.xlsx?sheet=1")},
      {"GET /api/v1/reports/value-sheets.pdf", managers, 404, 0,
       plain("/api/v1/reports/value-sheets.pdf?sheet=1")},
      {"GET /api/v1/reports/unused", "W", 200, 200, plain("/api/v1/reports/unused")},
  };
}

std::vector<Matrix::Row> Matrix::identity() {
  auto const staff = "/api/v1/accounts/" + std::to_string(account("museum_staff").value);
  auto const device = "/api/v1/devices/" + std::to_string(target_device_.id.value);
  auto const key = new_api_key();
  // Bodies without members: what anybody may call has to get as far as the fields.
  auto const empty = [](std::string const& path) {
    return [path](char) { return Ask{path, Json::object()}; };
  };
  return {
      {"POST /api/v1/sessions", everybody, 422, 0, empty("/api/v1/sessions")},
      {"GET /api/v1/sessions/current", people, 200, 0, plain("/api/v1/sessions/current")},
      {"DELETE /api/v1/sessions", people, 204, 0, plain("/api/v1/sessions")},
      {"POST /api/v1/account-setups", everybody, 422, 0, empty("/api/v1/account-setups")},
      {"POST /api/v1/account-setups/confirmations", everybody, 422, 0,
       empty("/api/v1/account-setups/confirmations")},
      {"GET /api/v1/accounts", managers, 200, 200, plain("/api/v1/accounts"), "pool_staff"},
      {"POST /api/v1/accounts", managers, 201, 403,
       [this](char) {
         return Ask{"/api/v1/accounts",
                    {{"role", "issuer_worker"},
                     {"username", unique("uusi")},
                     {"office_id", net.office.value}}};
       }},
      {"GET /api/v1/accounts/{id}", managers, 200, 404, plain(staff)},
      {"PATCH /api/v1/accounts/{id}", managers, 200, 404,
       [=, this](char) {
         return Ask{staff, {{"language", "sv"}}, "", etag(staff)};
       }},
      {"POST /api/v1/accounts/{id}/resets", managers, 201, 404,
       [=](char) {
         return Ask{staff + "/resets", Json::object()};
       }},
      {"GET /api/v1/api-keys", managers, 200, 200, plain("/api/v1/api-keys"), "lippupalvelu"},
      {"POST /api/v1/api-keys", managers, 201, 403,
       [this](char) {
         return Ask{"/api/v1/api-keys",
                    {{"name", unique("Avain ")}, {"venue_ids", {net.pool.value}}}};
       }},
      {"GET /api/v1/api-keys/{id}", managers, 200, 404, plain(key)},
      {"DELETE /api/v1/api-keys/{id}", managers, 204, 404,
       [this](char) { return Ask{new_api_key()}; }},
      {"GET /api/v1/devices", managers_and_venue, 200, 200, plain("/api/v1/devices"),
       "pool-device"},
      {"POST /api/v1/devices/enrolment-codes", managers_and_venue, 201, 403,
       [this](char) {
         return Ask{"/api/v1/devices/enrolment-codes", {{"venue_id", net.pool.value}}};
       }},
      {"POST /api/v1/devices/enrolments", everybody, 422, 0, empty("/api/v1/devices/enrolments")},
      {"GET /api/v1/devices/{id}", managers_and_venue, 200, 404, plain(device)},
      {"PATCH /api/v1/devices/{id}", managers, 200, 404,
       [=, this](char) {
         return Ask{device, {{"name", "Itäovi"}}, "", etag(device)};
       }},
      {"GET /api/v1/devices/{id}/quarantine", managers_and_venue, 200, 404,
       plain(device + "/quarantine")},
      {"POST /api/v1/devices/{id}/revocations", managers, 200, 404,
       [=](char) {
         return Ask{device + "/revocations", Json::object()};
       }},
  };
}

std::vector<Matrix::Row> Matrix::network() {
  auto const office = "/api/v1/offices/" + std::to_string(net.office.value);
  auto const venue = "/api/v1/venues/" + std::to_string(net.pool.value);
  auto const event = "/api/v1/events/" + std::to_string(event_);
  auto const named = [this](std::string const& path, Json const& body) {
    return [=, this](char) { return Ask{path, body, "", etag(path)}; };
  };
  return {
      {"GET /api/v1/areas", managers, 200, 200, plain("/api/v1/areas"), "ETELA"},
      {"POST /api/v1/areas", "AN", 201, 0,
       [this](char) {
         auto const id = unique("A");
         Json const town{{"code", free_municipality()}, {"name", {{"fi", "Uusi"}}}};
         return Ask{"/api/v1/areas",
                    {{"id", id}, {"name", {{"fi", "Uusi"}}}, {"municipalities", {town}}}};
       }},
      {"GET /api/v1/areas/{id}", managers, 200, 404, plain("/api/v1/areas/ETELA")},
      {"PATCH /api/v1/areas/{id}", managers, 200, 404,
       named("/api/v1/areas/ETELA", {{"name", {{"fi", "Etelä"}}}})},
      {"GET /api/v1/policies", managers, 200, 200, plain("/api/v1/policies"), "ETELA"},
      {"PATCH /api/v1/policies/{id}", managers, 200, 404,
       [this](char) {
         return Ask{
             "/api/v1/policies/ETELA", {{"child_age_limit", 16}}, "", etag("/api/v1/areas/ETELA")};
       }},
      {"GET /api/v1/offices", managers, 200, 200, plain("/api/v1/offices"), "Mikkelin"},
      {"POST /api/v1/offices", managers, 201, 403,
       [this](char) {
         return Ask{"/api/v1/offices",
                    {{"area_id", "ETELA"},
                     {"municipality", "491"},
                     {"postcode", "50100"},
                     {"name", unique("T ")}}};
       }},
      {"GET /api/v1/offices/{id}", "ANCW", 200, 404, plain(office)},
      {"PATCH /api/v1/offices/{id}", managers, 200, 404,
       named(office, {{"name", "Mikkelin asema"}})},
      {"GET /api/v1/venues", "ANCVG", 200, 200, plain("/api/v1/venues"), "uimahalli"},
      {"POST /api/v1/venues", managers, 201, 403,
       [this](char) {
         return Ask{"/api/v1/venues",
                    {{"area_id", "ETELA"},
                     {"municipality", "491"},
                     {"sector", "sport"},
                     {"name", unique("K ")}}};
       }},
      {"GET /api/v1/venues/{id}", "ANCVG", 200, 404, plain(venue)},
      {"PATCH /api/v1/venues/{id}", managers, 200, 404,
       named(venue, {{"name", "Rantakeitaan uimahalli"}})},
      {"GET /api/v1/events", "ANCVG", 200, 200, plain("/api/v1/events"), "Vesijumppa"},
      {"POST /api/v1/events", "ANCV", 201, 403,
       [this](char) {
         return Ask{"/api/v1/events",
                    {{"venue_id", net.pool.value},
                     {"title", {{"fi", "Uinti"}}},
                     {"starts_at", ago(-hour_us)}}};
       }},
      {"GET /api/v1/events/{id}", "ANCVG", 200, 404, plain(event)},
      {"PATCH /api/v1/events/{id}", "ANCV", 200, 404, named(event, {{"quota", 50}})},
  };
}

std::vector<Matrix::Row> Matrix::cards() {
  auto const batch = "/api/v1/card-batches/" + std::to_string(net.batch.value);
  auto const card = [this](std::string const& what, Json const& body) {
    return [=, this](char) { return Ask{"/api/v1/cards/" + new_card() + what, body}; };
  };
  return {
      {"GET /api/v1/card-batches", managers, 200, 200, plain("/api/v1/card-batches"), "ETELA"},
      {"POST /api/v1/card-batches", managers, 201, 403,
       [this](char) {
         return Ask{"/api/v1/card-batches", {{"count", 2}, {"office_id", net.office.value}}};
       }},
      {"GET /api/v1/card-batches/{id}", managers, 200, 404, plain(batch)},
      {"GET /api/v1/approvals/{id}", managers, 200, 404, plain("/api/v1" + new_approval())},
      {"POST /api/v1/card-batches/{id}/voids", managers, 201, 404,
       [this, batch](char) {
         auto const at = 40 + ++made_ % 20;
         return Ask{batch + "/voids", {{"from", at}, {"to", at}}};
       }},
      // A card of another office's stock is a fault of the field.
      {"POST /api/v1/cards", "W", 201, 422,
       [this](char) {
         return Ask{"/api/v1/cards",
                    {{"card", net.codes.at(static_cast<std::size_t>(1 + ++made_ % 30))},
                     {"birth_year", 1990},
                     {"postcode", "50100"},
                     {"children", 0}}};
       }},
      {"GET /api/v1/cards/{code}", "W", 200, 403, card("", nullptr)},
      {"POST /api/v1/cards/{code}/renewals", "W", 200, 403, card("/renewals", Json::object())},
      {"POST /api/v1/cards/{code}/replacements", "W", 200, 403,
       card("/replacements", {{"reason", "lost"}})},
      {"POST /api/v1/cards/{code}/blocks", "W", 200, 403, card("/blocks", {{"reason", "misuse"}})},
      {"POST /api/v1/cards/{code}/unblocks", "W", 200, 403,
       [this](char) {
         auto const path = "/api/v1/cards/" + new_card();
         post(as("worker"), path + "/blocks", {{"reason", "lost"}});
         return Ask{path + "/unblocks", Json::object()};
       }},
      {"POST /api/v1/cards/{code}/children", "W", 200, 403, card("/children", {{"children", 3}})},
  };
}

std::vector<Matrix::Row> Matrix::at_doors() {
  auto const use = [this](std::string const& path) {
    return [this, path](char) { return Ask{path, ticket(card_, net.pool)}; };
  };
  auto const undo = [this](std::string const& stem) {
    return [this, stem](char role) {
      return Ask{stem + new_use(role) + "/void", {{"reason", "wrong_count"}}};
    };
  };
  auto const ask = [this](std::string const& path) {
    return [this, path](char) { return Ask{path, check_body()}; };
  };
  return {
      {"POST /api/v1/checks", doors, 200, 403, ask("/api/v1/checks")},
      {"POST /api/v1/redemptions", doors, 201, 403, use("/api/v1/redemptions")},
      {"POST /api/v1/redemptions/{id}/void", "ANCVG", 200, 404, undo("/api/v1/redemptions/")},
      {"GET /api/v1/reservations", doors, 200, 0, plain("/api/v1/reservations")},
      {"POST /api/v1/reservations", doors, 201, 403,
       [this](char) {
         return Ask{"/api/v1/reservations", reservation_body()};
       }},
      {"DELETE /api/v1/reservations/{id}", doors, 204, 404,
       [this](char role) { return Ask{"/api/v1/reservations/" + new_reservation(role)}; }},
      {"GET /door/v1/snapshot/cards", "D", 200, 0, plain("/door/v1/snapshot/cards")},
      {"GET /door/v1/snapshot/venue", "D", 200, 200, plain("/door/v1/snapshot/venue"), "uimahalli"},
      {"POST /door/v1/checks", "D", 200, 403, ask("/door/v1/checks")},
      {"POST /door/v1/redemptions", "D", 201, 403, use("/door/v1/redemptions")},
      {"POST /door/v1/redemptions/{id}/void", "D", 200, 404, undo("/door/v1/redemptions/")},
      {"POST /door/v1/journal", "D", 200, 200,
       [](char) {
         return Ask{"/door/v1/journal", {{"entries", {{{"entry", "AAAA"}}}}}};
       }},
      {"POST /api/v1/judged-uses/{id}/rulings", managers, 200, 404,
       [this](char) {
         return Ask{"/api/v1/judged-uses/" + new_waiting_use() + "/rulings",
                    {{"accepted", true}, {"reason", "venue_confirms"}}};
       }},
      {"GET /api/v1/judged-uses", managers, 200, 403, plain("/api/v1/judged-uses?area_id=ETELA")},
      {"POST /door/v1/certificates", "D", 201, 422,
       [this](char) {
         return Ask{"/door/v1/certificates", {{"csr", certificate_request(pool_device_.key)}}};
       }},
  };
}

TEST_F(Matrix, holds_for_operations_and_reports) {
  for (auto const& row : operations()) walk(row);
  for (auto const& row : reports()) walk(row);
  for (auto const& row : report_lists()) walk(row);
}
TEST_F(Matrix, holds_for_accounts_keys_and_devices) {
  for (auto const& row : identity()) walk(row);
}
TEST_F(Matrix, holds_for_the_network) {
  for (auto const& row : network()) walk(row);
}
TEST_F(Matrix, holds_for_cards) {
  for (auto const& row : cards()) walk(row);
}
TEST_F(Matrix, holds_at_doors) {
  for (auto const& row : at_doors()) walk(row);
}

TEST_F(Matrix, has_a_row_for_every_route_and_no_other) {
  std::multiset<std::string> rows;
  for (auto const& part :
       {operations(), reports(), report_lists(), identity(), network(), cards(), at_doors(),
        pages(), public_pages(), venue_pages(), figure_pages(), card_pages(), place_pages()}) {
    for (auto const& row : part) rows.insert(row.route);
  }
  std::multiset<std::string> registered;
  for (auto const& route : routes()) {
    registered.insert(std::string(http::word_of(route.method)) + " " + std::string(route.pattern));
  }
  EXPECT_EQ(rows, registered);
}

TEST_F(Matrix, the_device_listener_knows_doors_and_operations_alone) {
  for (auto const& route : routes()) {
    SCOPED_TRACE(route.pattern);
    auto const wanted = route.pattern.starts_with("/door/v1/") ||
                        (route.constant != nullptr && route.face == access::Face::json);
    EXPECT_EQ(route.on_device, wanted);
  }
  EXPECT_EQ(on_device_listener(pool_device_, "GET", "/healthz").status, 200);
  EXPECT_EQ(on_device_listener(pool_device_, "GET", "/door/v1/snapshot/venue").status, 200);
  EXPECT_EQ(on_device_listener(pool_device_, "POST", "/api/v1/redemptions", check_body()).status,
            404);
  EXPECT_EQ(on_device_listener(pool_device_, "GET", "/api/v1/venues").status, 404);
  auto const far = on_device_listener(far_device_, "POST", "/door/v1/checks", check_body());
  EXPECT_EQ(far.slug(), "forbidden");
}

}  // namespace kaiku::test
