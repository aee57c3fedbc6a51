// One connection: handshake, then requests in order, one at a time, each with a deadline.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/http/framing.hpp"
#include "server/http/places.hpp"
#include "server/http/registry.hpp"
#include "server/http/reply_slot.hpp"
#include "server/http/server.hpp"
#include "server/http/tls.hpp"
#include "server/http/tls_stream.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::http {

// What all connections of a server share; outlives them. `framing.hosts` lies in `settings`.
struct Core {
  Core(ServerSettings&& given, Application&& served, telemetry::Metrics& counts,
       telemetry::Log& lines)
      : settings(std::move(given)),
        application(std::move(served)),
        metrics(counts),
        log(lines),
        faults(lines, counts),
        places(settings.places) {}

  ServerSettings settings;
  FramingLimits framing;
  Application application;
  telemetry::Metrics& metrics;
  telemetry::Log& log;
  telemetry::FaultReport faults;
  Places places;
  Registry registry;
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> next_request{0};
  std::uint64_t request_id_key = 0;
};

// Who is at the other end, and the place that they hold.
struct Peer {
  std::string address;
  Places::Place place;
};

std::int64_t monotonic_us();

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Core& core, boost::asio::ip::tcp::socket socket, std::shared_ptr<TlsContext const> tls,
             Listener listener, Peer peer);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  // The whole life of a connection, on its executor; `self` keeps it alive.
  static boost::asio::awaitable<void> run(std::shared_ptr<Connection> self);

  // Any thread: when the sweep cuts it off (monotonic microseconds).
  std::int64_t deadline_us() const { return deadline_us_.load(std::memory_order_relaxed); }
  boost::asio::any_io_executor executor() { return tls_.socket().get_executor(); }
  // The three below on its executor only.
  void cut_if_overdue();
  void leave_if_idle();  // at stop: an idle connection goes, one with a request finishes it
  void cut();            // now, whatever it does

 private:
  using Wait = boost::asio::awaitable<bool>;
  enum class Phase : std::uint8_t { handshake, idle, receiving, handling, sending, leaving };

  // Awaitables answer false when the connection is over.
  Wait shake_hands();
  Wait serve_one();
  Wait receive_request();  // false with fault_ set: answer that and close
  Wait receive_head();
  Wait receive_body();
  Wait ask_for_body();  // false with refusal_ set: answer that and close
  Wait receive();
  Wait handle();
  Wait respond();  // with response_
  Wait send(std::string_view text);
  Wait ready(TlsStream::Io wanted);
  boost::asio::awaitable<void> wait_for_reply();
  boost::asio::awaitable<void> linger();

  void start_request();
  std::optional<Problem> understand_head();
  std::optional<Problem> plan_request();
  bool take_body_bytes();  // true when the body is whole or faulty
  void refuse(int status, std::string_view slug);
  void dispatch();
  void ask_application();
  void introduce();  // fills in what the request says of its connection
  bool has_large_body() const;
  void make_text();
  void finish_request();
  TlsStream::Io read_into_buffer();
  void set_deadline(std::chrono::seconds from_now);
  std::string_view buffered() const;

  Core& core_;
  std::shared_ptr<TlsContext const> tls_context_;
  TlsStream tls_;
  Listener listener_;
  Peer peer_;
  std::optional<ClientCertificate> certificate_;
  boost::beast::flat_buffer buffer_;
  HeadScanner scanner_;
  std::atomic<std::int64_t> deadline_us_;
  Phase phase_ = Phase::handshake;
  bool cut_ = false;      // a deadline passed or the stop ran out of patience
  bool gone_ = false;     // the other side left or broke TLS, or we must not answer any more
  bool closing_ = false;  // the response under way is the last one
  bool first_ = true;     // no request has come yet
  bool known_ = false;    // somebody on this connection has proved who they are

  // Of the request under way.
  Request request_;
  RoutePlan plan_;
  HeadFacts facts_;
  std::optional<ChunkedBody> chunks_;
  std::optional<Problem> fault_;
  std::optional<Response> refusal_;  // of a body that nobody will take
  Response response_;
  Method method_ = Method::other;
  std::string request_id_;
  bool has_body_ = false;
  std::int64_t started_us_ = 0;
  std::shared_ptr<ReplySlot> slot_;
  std::string out_;
};

}  // namespace kaiku::http
