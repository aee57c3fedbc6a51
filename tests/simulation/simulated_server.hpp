// The server's own routes, access, handlers, storage and ledger in this thread: what a request does
// is what it does over TLS, between one BEGIN and one COMMIT. It can die around the COMMIT.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/access/call/route.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/services.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/http/router.hpp"
#include "server/ledger/ledger.hpp"
#include "server/sql/sqlite.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/use_cases/build_snapshot.hpp"
#include "tests/simulation/simulated_time.hpp"

namespace kaiku::simulation {

inline constexpr char ledger_origin[] = "kaiku.simulation/ledger";

class SimulatedServer {
 public:
  // On a database that is there already; `keys` may be changed between requests (rotation).
  SimulatedServer(std::filesystem::path const& database, keys::KeyRing& keys,
                  access::DoorCa const& door_ca, TrueTime const& time, std::uint64_t seed);

  // nullopt: the server died; it is up again for the next request. Every kept answer of a POST is
  // given to `watch` first.
  std::optional<http::Response> handle(http::Request const& request);
  using Watch = std::function<void(http::Request const&, http::Response const&)>;
  void watch(Watch watch) { watch_ = std::move(watch); }

  // The next commit does not happen, or it does and nobody hears of it.
  void die_at_next_commit(bool after) { dies_ = after ? Dies::after_commit : Dies::before_commit; }
  void restart();
  // What an operator does: a copy of the database aside, and the copy in place of it.
  void back_up(std::filesystem::path const& copy);
  void restore(std::filesystem::path const& copy);

  // Another address for doors; the ones before answer until they are closed.
  void move(std::string const& url);
  void close_old_addresses();
  bool answers_at(std::string const& url) const;
  std::string const& address() const { return site_.device_url; }

  // Office acts and the like, as jobs of the writer; true when committed.
  bool write(std::function<bool(ledger::WriteTx&)> const& job);
  void read(std::function<void(ledger::ReadTx&)> const& job);
  // Stretches codes as the background thread does.
  void stretch_codes();
  // What the upkeep thread does each minute: a signed checkpoint outside the database.
  void write_checkpoint(std::filesystem::path const& file);
  SimulatedClock& clock() { return clock_; }
  std::int64_t last_sequence() const { return end_.last_sequence(); }

 private:
  enum class Dies { no, before_commit, after_commit };
  struct ServerDied {};
  void open();
  Result<http::Response> run(http::Request const& request, access::Route const& route,
                             std::vector<std::string> const& parameters);
  Result<void> admit(access::Call& call, access::Route const& route, ledger::ReadTx& tx);

  std::filesystem::path database_;
  keys::KeyRing& keys_;
  SimulatedClock clock_;
  SeededRandom random_;
  access::Brakes brakes_;
  access::SessionActivity activity_;
  access::DeviceActivity device_activity_;
  access::DeviceNonces nonces_;
  telemetry::Metrics metrics_;
  telemetry::Log log_{2, telemetry::Level::error};
  access::Site site_;
  std::vector<std::string> old_addresses_;
  std::optional<use_cases::FullCards> full_cards_{std::in_place};
  access::Services services_;
  http::Router router_;
  std::unique_ptr<sql::Connection> connection_;
  ledger::LedgerEnd end_;
  tables::CardChange stretched_to_;
  Dies dies_ = Dies::no;
  Watch watch_;
};

}  // namespace kaiku::simulation
