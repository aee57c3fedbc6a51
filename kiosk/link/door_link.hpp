// One exchange with the server: the seam between the kiosk and its network.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/link/failure.hpp"
#include "schema/values/time.hpp"

namespace kaiku::kiosk {

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::optional<Instant> date;  // the server's clock, whole seconds
  std::optional<int> retry_after_s;
  bool keep_alive = true;
  std::string journal{};  // journal_known_header, as it stands
  std::string leaf{};     // cards_leaf_header, as it stands
  std::string address{};  // door_address_header, as it stands
};

struct HttpQuestion {
  std::string_view method;
  std::string_view path;
  std::string_view body = {};
  // Of this device beside what it asks (door_said_header). A server that does not know it passes
  // over it, and so may a link.
  std::string_view said = {};
};

// A network is a device: real over TLS (HttpClient), or simulated.
class DoorLink {
 public:
  virtual ~DoorLink() = default;
  // Sends and reads one answer within the time, name look-up included.
  virtual Linked<HttpAnswer> request(HttpQuestion const& question,
                                     std::chrono::milliseconds time) = 0;
};

}  // namespace kaiku::kiosk
