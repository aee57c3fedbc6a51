// The fixture of the authorisation matrix: every route × every role × own and other scope. Its rows
// stand in authorisation_matrix_test.cpp and, of pages, in authorisation_pages_test.cpp and
// authorisation_places_test.cpp.
#pragma once

#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/municipalities.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/approvals.hpp"
#include "server/use_cases/register_card.hpp"
#include "tests/support/published_runs.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {

// Roles by a letter: nobody, Admin, National and area Coordinator, Worker, Venue staff, aGent,
// Device.
inline constexpr std::string_view everybody = "nANCWVGD";
inline constexpr std::string_view managers = "ANC";
inline constexpr std::string_view managers_and_venue = "ANCV";
inline constexpr std::string_view people = "ANCWV";
inline constexpr std::string_view doors = "VG";
inline constexpr std::string_view scoped_roles = "CWVGD";

struct Ask {
  std::string path;
  Json body = nullptr;
  std::string form{};  // of a page, without its csrf
  std::string etag{};
};

class Matrix : public ServerTest {
 protected:
  struct Row {
    std::string route;  // "GET /api/v1/areas"
    std::string_view who;
    int own;    // status for a role that may; 0: any below 400
    int other;  // status for such a role of another scope; 0: the scope plays no part
    std::function<Ask(char role)> ask;
    std::string hidden{};                   // what the answer to another scope must not hold
    std::string_view bound = scoped_roles;  // roles for which `other` differs from `own`
  };

  Matrix() {
    pool_device_ = enrol(net.pool_enrolment, "pool-device");
    far_device_ = enrol(net.far_enrolment, "far-device");
    target_device_ = enrol(net.pool_enrolment, "target-device");
    auto const event = post(as("admin"), "/api/v1/events",
                            {{"venue_id", net.pool.value},
                             {"title", {{"fi", "Vesijumppa"}}},
                             {"starts_at", ago(-hour_us)}});
    event_ = event.body.at("id");
    write([](ledger::WriteTx& tx) { publish_run(tx, "2025"); });
    card_ = registered(1, 1);
    handover_ = new_handover();
  }

  std::string new_card() {
    Json const body{{"birth_year", 1970}, {"postcode", "50100"}, {"children", 1}};
    return post(as("worker"), "/api/v1/cards", body).body.at("code");
  }
  // The page of a card that the office has still to hand over.
  std::string new_handover() {
    ledger::Ref id{};
    write([&](ledger::WriteTx& tx) {
      domain::Caller worker;
      worker.role = domain::Role::issuer_worker;
      worker.office = net.office;
      use_cases::RegisterCard request;
      request.card = domain::GivenCard(net.codes[50]);
      request.holder = {1985, "50100", 0, "", "", ""};
      request.code_waits = true;
      auto const given = use_cases::register_card(tx, request, worker).value();
      id = given.handover.value();
      given_ = std::to_string(given.card.value);
    });
    return "/cards/handovers/" + to_hex(id);
  }
  std::string etag(std::string const& path) { return get(as("admin"), path).header("etag"); }
  std::string unique(std::string const& stem) { return stem + std::to_string(++made_); }
  // The code of a municipality that is in no area yet.
  std::string free_municipality() {
    for (;;) {
      auto const& listed = domain::listed_municipalities()[next_municipality_++];
      bool is_free = listed.is_one_on(today());
      for (auto const* taken : {"097", "491", "698"}) is_free = is_free && listed.code != taken;
      if (is_free) return std::string(listed.code);
    }
  }
  std::string fresh_form() {
    return "form_id=" + to_hex(crypto::sha256(bytes_of(unique("form")))).substr(0, 32);
  }
  std::string new_api_key() {
    auto const made = post(as("admin"), "/api/v1/api-keys",
                           {{"name", unique("Avain ")}, {"venue_ids", {net.pool.value}}});
    return "/api/v1/api-keys/" + std::to_string(made.body.at("id").get<int>());
  }
  // A use that the role's own caller recorded at the pool.
  std::string new_use(char role) {
    auto const body = ticket(card_, net.pool);
    Reply made;
    if (role == 'V')
      made = post(as("pool_staff"), "/api/v1/redemptions", body);
    else if (role == 'D')
      made = on_device_listener(pool_device_, "POST", "/door/v1/redemptions", body);
    else
      made = post(agent(), "/api/v1/redemptions", body);
    EXPECT_EQ(made.status, 201) << made;
    return std::to_string(made.body.value("redemption_id", 0));
  }
  Json reservation_body() {
    return {{"card", new_card()},
            {"venue_id", net.pool.value},
            {"event_id", event_},
            {"tickets", {{"adult", 1}}}};
  }
  // Places that the role's own caller holds at the pool.
  std::string new_reservation(char role) {
    auto const who = role == 'V' ? as("pool_staff") : agent();
    auto const made = post(who, "/api/v1/reservations", reservation_body());
    EXPECT_EQ(made.status, 201) << made;
    return std::to_string(made.body.value("reservation_id", 0));
  }
  // A paper form that tells of two adults.
  std::string new_waiting_use() {
    auto body = ticket(card_, net.pool, {{"tickets", {{"adult", 2}}}});
    body["occurred_at"] = ago(hour_us);
    auto const made = post(agent(), "/api/v1/redemptions", body);
    EXPECT_EQ(made.body.value("verdict", ""), "implausible") << made;
    return std::to_string(made.body.value("redemption_id", 0));
  }
  // A use of the pool's device that lies in its quarantine.
  std::string new_quarantined_use() {
    std::int64_t use = 0;
    write([&](ledger::WriteTx& tx) {
      ledger::UseRedeemed entry;
      entry.venue = net.pool;
      entry.occurred_at = tx.now();
      entry.tickets = {.adult = 1};
      entry.verdict = "quarantined";
      entry.idempotency_key = unique("quarantined:");
      domain::Actor const door{domain::ActorKind::device, pool_device_.id.value};
      use = ledger::append(tx, door, entry).sequence;
    });
    return std::to_string(use);
  }
  // Of many cards, asked for and taken back by the server itself: no code is asked for any more.
  std::string new_approval() {
    ApprovalId id;
    write([&](ledger::WriteTx& tx) {
      id = use_cases::ask_for_batch(tx, {AreaId{"ETELA"}, std::nullopt, 800}, {}).value();
      ledger::append(tx, {}, ledger::ApprovalDecided{id, domain::ApprovalOutcome::taken_back, {}});
    });
    return "/approvals/" + std::to_string(id.value);
  }
  std::string new_undo_request() {
    RedemptionId const use{std::stoll(new_use('G'))};
    std::int64_t id = 0;
    write([&](ledger::WriteTx& tx) {
      id = ledger::append(tx, {}, ledger::UndoAsked{use, "mistake"}).sequence;
    });
    return std::to_string(id);
  }
  Json check_body() {
    return {{"card", card_}, {"venue_id", net.pool.value}, {"tickets", {{"adult", 1}}}};
  }

  Sender person(std::string const& name) {
    forget_session(name);  // an earlier row may have ended it
    return as(name);
  }
  // Device proofs cover the whole request, so the sender is made for it.
  Sender sender(char role, bool own, std::string const& method, Ask const& ask,
                std::string const& text) {
    switch (role) {
      case 'A': return person("admin");
      case 'N': return person("national");
      case 'C': return person(own ? "coordinator" : "far_coordinator");
      case 'W': return person(own ? "worker" : "other_worker");
      case 'V': return person(own ? "pool_staff" : "far_staff");
      case 'G': return own ? agent() : far_agent();
      case 'D': return proof(own ? pool_device_ : far_device_, method, ask.path, text);
      default: return nobody;
    }
  }

  Reply act(Row const& row, char role, bool own) {
    auto const method = row.route.substr(0, row.route.find(' '));
    auto const ask = row.ask(role);
    auto text = ask.body.is_null() ? ask.form : ask.body.dump();
    auto headers = sender(role, own, method, ask, text);
    if (!ask.form.empty()) {
      for (auto const& [name, value] : headers) {
        if (name == "X-CSRF-Token") text += "&csrf=" + value;
      }
      if (role == 'n' || role == 'G' || role == 'D') headers.emplace_back("Origin", origin());
      headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    } else if (!ask.body.is_null()) {
      headers.emplace_back("Content-Type", "application/json");
    }
    if (!ask.etag.empty()) headers.emplace_back("If-Match", ask.etag);
    return send(headers, method, ask.path, text);
  }

  void walk(Row const& row) {
    SCOPED_TRACE(row.route);
    auto const is_page = row.route.find(" /api/") == std::string::npos &&
                         row.route.find(" /door/v1/") == std::string::npos;
    for (char const role : everybody) {
      for (bool const own : {true, false}) {
        if (!own && scoped_roles.find(role) == std::string_view::npos) continue;
        SCOPED_TRACE(std::string("role ") + role + (own ? " own" : " other"));
        auto const reply = act(row, role, own);
        if (row.who.find(role) == std::string_view::npos) {
          if (role == 'n' && is_page) {
            EXPECT_EQ(reply.status, 303) << reply;
            EXPECT_TRUE(reply.header("location").starts_with("/login")) << reply;
          } else {
            EXPECT_EQ(reply.status, role == 'n' ? 401 : 403) << reply;
            if (!is_page) {
              EXPECT_EQ(reply.slug(), role == 'n' ? "not-signed-in" : "forbidden") << reply;
            }
          }
        } else if (own || row.other == 0 || row.bound.find(role) == std::string_view::npos) {
          if (row.own == 0)
            EXPECT_LT(reply.status, 400) << reply;
          else
            EXPECT_EQ(reply.status, row.own) << reply;
          if (own && row.own < 300 && !row.hidden.empty()) {
            EXPECT_THAT(reply.text, ::testing::HasSubstr(row.hidden));
          }
        } else {
          EXPECT_EQ(reply.status, row.other) << reply;
          if (!row.hidden.empty()) {
            EXPECT_THAT(reply.text, ::testing::Not(::testing::HasSubstr(row.hidden)));
          }
        }
      }
    }
  }

  static std::function<Ask(char)> plain(std::string path) {
    return [path = std::move(path)](char) { return Ask{path}; };
  }
  std::vector<Row> operations();
  std::vector<Row> reports();
  std::vector<Row> report_lists();
  std::vector<Row> identity();
  std::vector<Row> network();
  std::vector<Row> cards();
  std::vector<Row> at_doors();
  std::vector<Row> pages();
  std::vector<Row> public_pages();
  std::vector<Row> venue_pages();
  std::vector<Row> figure_pages();
  std::vector<Row> card_pages();
  std::vector<Row> place_pages();

  Device pool_device_, far_device_, target_device_;
  std::int64_t event_ = 0;
  std::string card_;
  std::string handover_, given_;
  int made_ = 0;
  std::size_t next_municipality_ = 0;
};

}  // namespace kaiku::test
