// The composition: everything the server is made of, built in order and destroyed in reverse.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/access/identity/services.hpp"
#include "server/http/server.hpp"
#include "server/lanes/writer_lane.hpp"
#include "server/telemetry/faults.hpp"
#include "server/telemetry/log.hpp"

namespace kaiku {

struct AppSettings {
  std::filesystem::path dir;  // database, keys, checkpoint: one installation
  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;
  std::uint16_t device_port = 8444;
  std::vector<std::string> hosts{"127.0.0.1",
                                 "localhost"};  // names in Host, Origin and certificates
  std::optional<http::TlsFiles> tls;  // of the public listener; nullopt: development certificates
  access::Proxies proxies;            // in front of the public listener
  access::MetricsReaders metrics_readers;
  domain::JournalBudget journal_budget;  // of a device and day
  std::string instance = "kaiku";
  std::string security_contact = "mailto:security@kaiku.example";
  int io_threads = 1;
  int read_lanes = 2;
  bool demo = false;
  // Of the row hashes of a new installation; tests take less.
  crypto::ScryptCost cost_of_new_rows = contract::row_cost;
  telemetry::Level log_level = telemetry::Level::info;
  int log_descriptor = 2;  // where log lines go: standard error
  // Further settings of the transport that tests shorten; files and ports above win.
  http::ServerSettings transport{};
  std::function<void(std::string const&)> on_fatal;  // default: exit code 3
};

// "https://kaiku.example:8443", or without the port where it is 443: the origin of a server.
std::string url_of(std::string const& host, std::uint16_t port);

// Paths of an installation.
struct Places {
  explicit Places(std::filesystem::path const& dir);
  std::filesystem::path database;     // kaiku.db
  std::filesystem::path keys;         // keys/
  std::filesystem::path checkpoint;   // checkpoint.txt: newest signed checkpoint
  std::filesystem::path credentials;  // credentials.json of a demo
};
// The origin line of checkpoints.
std::string ledger_origin(std::string const& instance);

// Storage without the network: what commands and the demo's making work on.
class Installation {
 public:
  // Makes the directory, keys and database where they are missing.
  Installation(std::filesystem::path const& dir, std::string const& instance, Clock const& clock,
               Random& random, std::function<void(std::string const&)> on_fatal = {},
               crypto::ScryptCost const& cost_of_new_rows = contract::row_cost,
               telemetry::FaultReport& faults = telemetry::standard_faults());
  ~Installation();
  Places const& places() const { return places_; }
  keys::KeyRing const& keys() const { return *keys_; }
  lanes::WriterLane& writer() { return *writer_; }
  // Runs a job on the writer and waits; true: kept, false: the job took it back. Throws with a
  // sentence for the operator when the machine failed and nothing was kept.
  bool write(lanes::WriterLane::Job const& job);

 private:
  Places places_;
  std::unique_ptr<keys::KeyRing> keys_;
  std::unique_ptr<lanes::WriterLane> writer_;
};

class App {
 public:
  // Throws with a sentence that says what to do when something cannot be opened or bound.
  App(AppSettings settings, Clock const& clock, Random& random);
  ~App();
  void start();
  void reload_certificates();
  void stop();  // graceful; flushes sessions, signs the last checkpoint
  std::uint16_t port() const;
  std::uint16_t device_port() const;
  std::string const& ca_file() const;  // of the development certificates; empty with one's own
  lanes::WriterLane& writer();
  access::Services& services();
  // Waits until the doors' snapshot can tell of every card that is in use now; started only.
  void wait_for_stretched_codes();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku
