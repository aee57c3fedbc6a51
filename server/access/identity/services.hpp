// What handlers may reach beside their transaction; built once by the application, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"
#include "server/domain/journal_budget.hpp"
#include "server/domain/network_address.hpp"
#include "server/keys/key_ring.hpp"
#include "server/telemetry/log.hpp"
#include "server/telemetry/metrics.hpp"

namespace kaiku::use_cases {
class FullCards;  // build_snapshot.hpp
}

namespace kaiku::access {

class Brakes;           // brakes.hpp
class SessionActivity;  // sessions.hpp
class DeviceActivity;   // device_activity.hpp
class DeviceNonces;     // device_proof.hpp
class DoorCa;           // door_ca.hpp

// Proxies in front of the server: only their word is taken for where a request came from, and only
// in the one header that they write.
enum class ForwardingHeader : std::uint8_t { x_forwarded_for, forwarded };
struct Proxies {
  std::vector<domain::Network> trusted;
  ForwardingHeader header = ForwardingHeader::x_forwarded_for;  // or Forwarded (RFC 7239)
};

// Whom /metrics answers beside callers on this machine.
struct MetricsReaders {
  std::vector<domain::Network> networks;
  std::optional<Digest> token_hash;  // SHA-256 of the bearer token
};

// What the installation is called and where it is reached.
struct Site {
  std::string base_url;               // "https://127.0.0.1:8443": the Origin that writes must carry
  std::string device_url;             // "https://127.0.0.1:8444"
  std::vector<std::string> origins;   // further accepted origins (localhost beside 127.0.0.1)
  std::string instance;               // name in checkpoints and TOTP labels
  bool demo = false;                  // banner on pages, logins on the login page
  std::string demo_credentials_file;  // read by the login page of a demo
  Proxies proxies;                    // none: the peer of the connection is who asks
  MetricsReaders metrics_readers{};
  domain::JournalBudget journal_budget{};  // of a device and day
  std::string checkpoint_file;             // newest signed checkpoint, outside the database
  std::string security_contact = "mailto:security@kaiku.example";
};

// Whether the server can answer from its database (server/app/readiness.hpp).
class Readiness {
 public:
  virtual ~Readiness() = default;
  virtual bool is_ready() const = 0;
};

struct Services {
  keys::KeyRing const& keys;
  Clock const& clock;
  Random& random;
  Brakes& brakes;
  SessionActivity& activity;
  DeviceActivity& devices;
  DeviceNonces& nonces;
  DoorCa const& door_ca;
  telemetry::Metrics& metrics;
  telemetry::Log& log;
  Site const& site;
  use_cases::FullCards& full_cards;
  Readiness const* readiness = nullptr;  // set once the server answers
};

}  // namespace kaiku::access
