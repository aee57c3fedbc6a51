#include "tests/support/server_fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "server/access/identity/passwords.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/access/identity/totp.hpp"
#include "server/app/routes.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/keys/key_ring.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/sessions.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "server/verify/verify.hpp"

namespace kaiku::test {
namespace {

constexpr std::int64_t ten_years_us = 3650 * day_us;
constexpr char instance[] = "kaiku";

}  // namespace

std::string Reply::header(std::string_view name) const {
  std::string found;
  for (auto const& [known, value] : headers) {
    if (known == name) found += (found.empty() ? "" : ", ") + value;
  }
  return found;
}

std::string Reply::slug() const {
  constexpr std::string_view prefix = "/problems/";
  auto const type = body.is_object() ? body.value("type", "") : "";
  return type.starts_with(prefix) ? type.substr(prefix.size()) : type;
}

std::string Reply::answer() const { return body.is_object() ? body.value("answer", "") : ""; }

std::vector<std::string> Reply::faults() const {
  std::vector<std::string> faults;
  if (!body.is_object() || !body.contains("errors")) return faults;
  for (auto const& fault : body.at("errors")) {
    faults.push_back(fault.at("pointer").get<std::string>() + " " +
                     fault.at("code").get<std::string>());
  }
  std::sort(faults.begin(), faults.end());
  return faults;
}

std::ostream& operator<<(std::ostream& out, Reply const& reply) {
  return out << reply.status << " " << reply.text.substr(0, 600);
}

Reply reply_from(HttpAnswer const& answer) {
  return {answer.status, answer.headers, answer.body, Json::parse(answer.body, nullptr, false)};
}

ServerTest::ServerTest()
    : log_descriptor_(::open(folder_.file("server.log").c_str(),
                             O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
  start();
  make_network();
}

ServerTest::~ServerTest() {
  stop();
  ::close(log_descriptor_);
}

void ServerTest::TearDown() {
  stop();
  EXPECT_EQ(verify(), "");
  check_log();
  if (HasFailure() && std::getenv("KAIKU_SHOW_LOG") != nullptr) {
    for (auto const& line : log_lines()) std::cerr << line << "\n";
  }
}

// Every test is a test of the log: one JSON object a line, patterns for routes, and nothing in it
// that belongs to a person, a card or a key.
void ServerTest::check_log() {
  auto secrets = secrets_;
  secrets.insert(secrets.end(), {std::string(test_password), net.agent_key, net.far_agent_key,
                                 net.pool_enrolment, net.far_enrolment, "50100", "52550"});
  for (auto const& code : net.codes) {
    secrets.push_back(code);
    secrets.push_back(contract::CardCode::parse(code).value().canonical());
  }
  secrets.insert(secrets.end(), net.tokens.begin(), net.tokens.end());
  for (auto const& [name, id] : accounts_) secrets.push_back(name);
  for (auto const& line : log_lines()) {
    auto const entry = Json::parse(line, nullptr, false);
    ASSERT_TRUE(entry.is_object()) << line;
    std::string said;
    for (auto const& [name, value] : entry.items()) {
      // Times, durations and random ids hold any digits by chance.
      if (name != "time" && name != "request_id" && value.is_string())
        said += value.get<std::string>() + "\n";
    }
    for (auto const& secret : secrets) {
      EXPECT_EQ(said.find(secret), std::string::npos) << secret << " in " << line;
    }
    if (entry.value("event", "") != "request") continue;
    auto const route = entry.value("route", "");
    auto const known =
        std::ranges::any_of(routes(), [&](auto const& r) { return r.pattern == route; });
    EXPECT_TRUE(known || route == "unknown") << line;
  }
}

void ServerTest::start() {
  AppSettings settings;
  settings.dir = folder_.path() / "installation";
  settings.port = 0;
  settings.device_port = 0;
  settings.instance = instance;
  settings.log_descriptor = log_descriptor_;
  settings.cost_of_new_rows = {2, 1, 1};
  settings.proxies.trusted = {domain::network_from("127.0.0.1").value()};
  app_ = std::make_unique<App>(settings, clock_, random_);
  app_->start();
}

void ServerTest::stop() {
  client_.reset();
  app_.reset();
}

void ServerTest::restart() {
  stop();
  start();
}

std::int64_t ServerTest::sequence() {
  std::int64_t last = 0;
  write([&](ledger::WriteTx& tx) { last = ledger::last_sequence(tx); });
  return last;
}

std::string ServerTest::verify() {
  Places const places(folder_.path() / "installation");
  auto const keys = keys::make_or_load_keys(places.keys, random_);
  auto const report =
      verify::verify_database(places.database, places.checkpoint, ledger_origin(instance), keys);
  std::string findings;
  for (auto const& finding : report.findings) {
    findings += std::to_string(finding.sequence) + ": " + finding.what + "\n";
  }
  return findings;
}

void ServerTest::write(std::function<void(ledger::WriteTx&)> const& job) {
  auto const end = app_->writer().run([&](ledger::WriteTx& tx) {
    job(tx);
    return true;
  });
  if (end != lanes::JobEnd::committed) throw std::runtime_error("the fixture cannot write");
}

std::vector<std::string> ServerTest::log_lines() const {
  std::ifstream in(folder_.file("server.log"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string ServerTest::origin() const {
  return "https://localhost:" + std::to_string(app_->port());
}

Sender ServerTest::as(std::string const& name) {
  auto found = sessions_.find(name);
  if (found == sessions_.end()) {
    found = sessions_.emplace(name, open_session(name, {ten_years_us, ten_years_us})).first;
  }
  return sender_of(found->second);
}

Sender ServerTest::mortal(std::string const& name) {
  domain::Role role{};
  write([&](ledger::WriteTx& tx) { role = tables::find_account(tx, account(name)).value().role; });
  return sender_of(open_session(name, use_cases::session_times(role)));
}

std::string ServerTest::open_session(std::string const& name, use_cases::SessionTimes times) {
  auto id = access::new_session_id(random_);
  auto const now = clock_.now();
  write([&](ledger::WriteTx& tx) {
    tables::insert_session(tx, access::session_lookup(id),
                           {account(name), now, now, now + times.absolute_us, times.idle_us});
  });
  secrets_.push_back(id);
  return id;
}

Sender ServerTest::sender_of(std::string const& session_id) {
  return {{"Cookie", std::string(access::session_cookie_name) + "=" + session_id},
          {"Origin", origin()},
          {"X-CSRF-Token", access::csrf_token_of(app_->services().keys, session_id)}};
}

Sender ServerTest::bearer(std::string const& key) { return {{"Authorization", "Bearer " + key}}; }

void ServerTest::give_password(std::string const& name) {
  static auto const password = access::hash_password(test_password, random_);
  write([&](ledger::WriteTx& tx) {
    use_cases::set_up_directly(tx, account(name), password, totp_secret(name));
  });
}

Bytes ServerTest::totp_secret(std::string const& name) const {
  return Bytes(20, static_cast<std::uint8_t>(account(name).value));
}

std::string ServerTest::totp(std::string const& name, std::int64_t steps_from_now) const {
  return access::totp_code(totp_secret(name),
                           domain::one_time_step_at(clock_.now()) + steps_from_now);
}

Reply ServerTest::send(Sender const& who, std::string_view method, std::string const& path,
                       std::string const& text, HttpHeaders extra) {
  if (!client_) client_ = std::make_unique<TlsClient>(app_->port(), patient());
  extra.insert(extra.end(), who.begin(), who.end());
  auto reply = reply_from(client_->request(method, path, text, extra));
  if (reply.header("connection") == "close") client_.reset();
  return reply;
}

Reply ServerTest::post(Sender const& who, std::string const& path, Json const& body,
                       HttpHeaders const& extra) {
  auto headers = extra;
  headers.emplace_back("Content-Type", "application/json");
  return send(who, "POST", path, body.dump(), headers);
}

Reply ServerTest::patch(Sender const& who, std::string const& path, Json const& body,
                        std::string const& etag) {
  HttpHeaders headers{{"Content-Type", "application/json"}};
  if (!etag.empty()) headers.emplace_back("If-Match", etag);
  return send(who, "PATCH", path, body.dump(), headers);
}

Reply ServerTest::register_stock(std::size_t position, int children) {
  return post(as("worker"), "/api/v1/cards",
              {{"card", net.codes.at(position - 1)},
               {"birth_year", 1980},
               {"postcode", "50100"},
               {"children", children}});
}

std::string ServerTest::registered(std::size_t position, int children) {
  auto const reply = register_stock(position, children);
  EXPECT_EQ(reply.status, 201) << reply;
  return net.codes.at(position - 1);
}

Json ServerTest::ticket(std::string const& card, VenueId venue, Json const& more) {
  Json body{{"idempotency_key", next_key()},
            {"card", card},
            {"venue_id", venue.value},
            {"tickets", {{"adult", 1}}}};
  body.update(more);
  return body;
}

Reply ServerTest::redeem(std::string const& card, VenueId venue, Json const& more) {
  return post(agent(), "/api/v1/redemptions", ticket(card, venue, more));
}

Reply ServerTest::check(std::string const& card, VenueId venue, Json const& more) {
  auto body = ticket(card, venue, more);
  body.erase("idempotency_key");
  return post(agent(), "/api/v1/checks", body);
}

}  // namespace kaiku::test
