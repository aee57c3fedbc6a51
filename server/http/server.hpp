// The HTTPS server: strict framing, deadlines, caps; what a route does is the application's.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/http/message.hpp"
#include "server/http/places.hpp"
#include "server/telemetry/log.hpp"
#include "server/telemetry/metrics.hpp"

namespace kaiku::http {

// What the server has to know of a route before it reads the body.
struct RoutePlan {
  int refuse_status = 0;                 // 404 or 405, 0 when there is such a route
  std::string allow;                     // for 405
  int route = -1;                        // index into the application's table
  std::string_view pattern = "unknown";  // for log and metrics; static storage
  std::size_t body_limit = 0;            // bytes
  std::vector<std::string> parameters;   // decoded values of {…}, in order
};

// A body of this size is taken of anybody whose route takes it.
inline constexpr std::size_t unasked_body_bytes = 16 * 1024;

struct Application {
  std::function<RoutePlan(Listener, Method, std::string_view path)> plan;
  // Called on an I/O thread with a whole request; answers through `reply`, now or later.
  std::function<void(RoutePlan&&, Request&&, Reply)> dispatch;
  // Asked on an I/O thread before more than `unasked_body_bytes` of a body are taken: whether the
  // head's credentials let it come. Answers 100, or the refusal that closes the connection. Empty:
  // any body may come.
  std::function<void(RoutePlan const&, Request const& head, Reply)> may_send_body;
  // Makes the problem+json (or page) of a fault found before dispatch: framing, limits, 404, 405.
  std::function<Response(int status, std::string_view slug, Request const&)> problem;
};

struct TlsFiles {
  std::string certificate_chain_pem_file;
  std::string private_key_pem_file;
  std::string client_ca_pem_file;  // device listener only; empty: no client certificates
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;         // 0: any free one
  std::uint16_t device_port = 8444;  // 0: any free one
  TlsFiles tls;
  TlsFiles device_tls;
  std::vector<std::string> hosts;  // names that Host may carry beside the address; empty: any valid
  int io_threads = 1;
  PlaceSettings places;  // how many connections, and who may hold how many of them
  std::size_t header_limit = 16 * 1024;
  std::size_t target_limit = longest_target;
  std::chrono::seconds handshake_deadline{10};
  std::chrono::seconds header_deadline{10};
  std::chrono::seconds body_deadline{12};
  std::chrono::seconds write_deadline{12};
  std::chrono::seconds first_request_deadline{15};  // its first bytes, after the handshake
  std::chrono::seconds idle_deadline{75};           // between requests
  std::chrono::seconds stop_deadline{8};
};

class Server {
 public:
  // Binds both listeners; throws std::runtime_error that names the address when it cannot.
  Server(ServerSettings settings, Application application, telemetry::Metrics& metrics,
         telemetry::Log& log);
  ~Server();
  std::uint16_t port() const;
  std::uint16_t device_port() const;
  void start();                // serves on threads of its own
  void reload_certificates();  // new connections use the new files; bad files keep the old, logged
  // Stops accepting, lets requests in flight finish up to stop_deadline, closes, joins.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::http
