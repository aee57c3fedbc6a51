// The whole server in this process, over real TLS on free ports, with a small network and a clock
// that a test moves. What a test leaves behind is verified like any other ledger.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "server/app/app.hpp"
#include "server/use_cases/create_account.hpp"
#include "server/use_cases/sign_in.hpp"
#include "tests/support/certificate_maker.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/tls_client.hpp"

namespace kaiku::test {

using Json = nlohmann::json;

// Stands still until a test moves it; both times move together, as on a good machine.
class SteerableClock final : public Clock {
 public:
  Instant now() const override { return {wall_us_.load()}; }
  std::int64_t monotonic_us() const override { return monotonic_us_.load(); }
  void advance(std::int64_t us) {
    wall_us_ += us;
    monotonic_us_ += us;
  }

 private:
  // Monday 15.6.2026 12.00 in Helsinki: before any date of the machine, so that the certificates
  // made under this clock are already valid for OpenSSL.
  std::atomic<std::int64_t> wall_us_{1'781'514'000'000'000};
  std::atomic<std::int64_t> monotonic_us_{hour_us};
};

// Who sends a request: the headers that say so.
using Sender = HttpHeaders;
inline Sender const nobody;

struct Reply {
  int status = 0;
  HttpHeaders headers;  // names lower-cased
  std::string text;
  Json body;  // null when the text is no JSON

  std::string header(std::string_view name) const;
  std::string slug() const;                 // of a problem: what follows "/problems/"
  std::string answer() const;               // of a check or a redemption's refusal
  std::vector<std::string> faults() const;  // "/pointer code", sorted
};
std::ostream& operator<<(std::ostream& out, Reply const& reply);

// Two areas: "ETELA" with two offices and a venue of each sector, "POHJOLA" with one of each.
struct Network {
  OfficeId office, other_office, far_office;
  VenueId pool, museum, college, science,
      far_theatre;                       // sport, culture, education, science, culture
  EventId concert, lecture, far_play;    // quota of 10 at the museum; a course place; the theatre's
  std::string agent_key, far_agent_key;  // of all venues of the area; of the theatre
  std::string pool_enrolment, far_enrolment;
  BatchId batch, free_batch;       // 60 cards for `office`; 5 for no office
  std::vector<std::string> codes;  // of `batch`, position 1 first
  std::vector<std::string> tokens;
};

inline constexpr std::string_view test_password = "kolme keltaista kanootia";

class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  ~ServerTest() override;
  void TearDown() override;

  // Stops and starts the server on the same directory; sessions and keys go on.
  void restart();
  void stop();
  App& app() { return *app_; }
  SteerableClock& clock() { return clock_; }
  TemporaryFolder const& folder() const { return folder_; }
  void advance(std::int64_t us) { clock_.advance(us); }
  Day today() const { return helsinki_day(clock_.now()); }
  std::string ago(std::int64_t us) const { return to_rfc3339(clock_.now() + -us); }
  // The newest ledger entry: unchanged means that nothing was recorded.
  std::int64_t sequence();
  // Findings of the stopped database; "" when it is good.
  std::string verify();
  void write(std::function<void(ledger::WriteTx&)> const& job);
  std::vector<std::string> log_lines() const;
  // One more thing that no log line may hold.
  void keep_secret(std::string text) { secrets_.push_back(std::move(text)); }

  // Accounts: admin, national, coordinator, far_coordinator, worker, other_worker, far_worker,
  // pool_staff, museum_staff, far_staff. Each has an open session that does not end by itself.
  Sender as(std::string const& account);
  // A session of its own that ends as the role's sessions do.
  Sender mortal(std::string const& account);
  // The next `as` opens another session: this one was ended.
  void forget_session(std::string const& account) { sessions_.erase(account); }
  AccountId account(std::string const& name) const { return accounts_.at(name); }
  // One more, of the whole network.
  void add_account(std::string const& name, domain::Role role);
  // The same sender from another address: the fixture is a proxy that the server trusts.
  static Sender from(std::string const& address, Sender who = nobody) {
    who.emplace_back("X-Forwarded-For", address);
    return who;
  }
  Sender agent() const { return bearer(net.agent_key); }
  Sender far_agent() const { return bearer(net.far_agent_key); }
  // For clients beside the fixture's own: the machine may be busy.
  static ClientOptions patient() {
    ClientOptions options;
    options.timeout_ms = 20'000;
    return options;
  }
  static Sender bearer(std::string const& key);
  std::string origin() const;
  // Gives the account test_password and a second factor of its own; this costs one scrypt.
  void give_password(std::string const& account);
  Bytes totp_secret(std::string const& account) const;
  std::string totp(std::string const& account, std::int64_t steps_from_now = 0) const;

  Reply send(Sender const& who, std::string_view method, std::string const& path,
             std::string const& text, HttpHeaders extra = {});
  Reply get(Sender const& who, std::string const& path) { return send(who, "GET", path, ""); }
  Reply post(Sender const& who, std::string const& path, Json const& body,
             HttpHeaders const& extra = {});
  Reply patch(Sender const& who, std::string const& path, Json const& body,
              std::string const& etag);
  Reply del(Sender const& who, std::string const& path) { return send(who, "DELETE", path, ""); }

  // Shorter words for what most tests do.
  Reply register_stock(std::size_t position, int children = 0);
  std::string registered(std::size_t position,
                         int children = 0);  // its code; fails the test if not
  Json ticket(std::string const& card, VenueId venue, Json const& more = Json::object());
  Reply redeem(std::string const& card, VenueId venue, Json const& more = Json::object());
  Reply check(std::string const& card, VenueId venue, Json const& more = Json::object());
  std::string next_key() { return "test:key:" + std::to_string(++keys_); }

  // A device of the pool, or of the far theatre; its certificate is enrolled by HTTP.
  struct Device {
    crypto::P256PrivateKey key;
    DeviceId id;
    CertificateFiles files;
    Json enrolment;
  };
  Device enrol(std::string const& code, std::string const& name);
  ClientOptions certificate_of(Device const& device) const;
  // Over the device listener, on a connection of its own.
  Reply on_device_listener(Device const& device, std::string_view method, std::string const& path,
                           Json const& body = nullptr);
  // A Kaiku-Device proof for the public listener.
  Sender proof(Device const& device, std::string const& method, std::string const& path,
               std::string const& body);

  Network net;

 private:
  void start();
  void check_log();
  std::string open_session(std::string const& account, use_cases::SessionTimes times);
  Sender sender_of(std::string const& session_id);
  void make_network();
  void make_areas(ledger::WriteTx& tx);
  void make_venues(ledger::WriteTx& tx);
  void make_events(ledger::WriteTx& tx);
  void make_accounts(ledger::WriteTx& tx);
  void make_account(ledger::WriteTx& tx, use_cases::NewAccount const& wanted);
  void make_cards(ledger::WriteTx& tx);
  void accept_commitments(ledger::WriteTx& tx);

  TemporaryFolder folder_;
  SteerableClock clock_;
  SystemRandom random_;
  int log_descriptor_;
  std::map<std::string, AccountId> accounts_;
  std::map<std::string, std::string> sessions_;  // ids by account name
  std::vector<std::string> secrets_;
  std::unique_ptr<App> app_;
  std::unique_ptr<TlsClient> client_;
  int keys_ = 0;
};

Reply reply_from(HttpAnswer const& answer);
std::string certificate_request(crypto::P256PrivateKey const& key);

}  // namespace kaiku::test
