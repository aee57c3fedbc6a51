// g++ 12 with a sanitizer mistakes the coroutine frames' own operator new for a foreign one.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "server/http/server.hpp"
#include "schema/values/ascii.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/rand.h>

#include <algorithm>
#include <future>
#include <stdexcept>
#include <thread>

#include <pthread.h>
#include <sched.h>
#include <vector>

#include "server/http/connection.hpp"
#include "server/http/kept_loop.hpp"
#include "server/http/tls.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds accept_backoff{100};
constexpr std::chrono::seconds sweep_interval{1};
constexpr std::chrono::seconds cut_patience{5};

std::string peer_text(asio::ip::address const& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

// The names that Host may carry: those of the settings and the address itself.
void complete_hosts(ServerSettings& settings) {
  if (settings.hosts.empty()) return;
  auto const literal = settings.address.find(':') != std::string::npos;
  settings.hosts.push_back(literal ? "[" + settings.address + "]" : settings.address);
  for (auto& host : settings.hosts) host = ascii::lowered(host);
}

// A listening socket and the TLS context that its next connection gets.
struct Door {
  Door(asio::io_context& io, Listener which) : acceptor(io), listener(which) {}

  void open(std::string const& address, std::uint16_t port) {
    try {
      tcp::endpoint const endpoint(asio::ip::make_address(address), port);
      acceptor.open(endpoint.protocol());
      acceptor.set_option(tcp::acceptor::reuse_address(true));
      acceptor.bind(endpoint);
      acceptor.listen(asio::socket_base::max_listen_connections);
    } catch (boost::system::system_error const& error) {
      throw std::runtime_error("cannot listen on " + address + " port " + std::to_string(port) +
                               ": " + error.code().message());
    }
  }
  std::uint16_t port() const {
    return acceptor.is_open() ? acceptor.local_endpoint().port() : std::uint16_t{0};
  }
  std::shared_ptr<TlsContext const> current() const {
    std::lock_guard const lock(mutex);
    return tls;
  }
  void replace(std::shared_ptr<TlsContext const> with) {
    std::lock_guard const lock(mutex);
    tls = std::move(with);
  }

  tcp::acceptor acceptor;
  Listener listener;
  mutable std::mutex mutex;
  std::shared_ptr<TlsContext const> tls;
};

}  // namespace

struct Server::State {
  State(ServerSettings settings, Application application, telemetry::Metrics& metrics,
        telemetry::Log& log);

  asio::awaitable<void> accept(Door& door);
  asio::awaitable<void> sweep();
  void keep(std::function<asio::awaitable<void>()> loop, std::string_view event);
  void take(Door& door, tcp::socket socket);
  void stop();
  void run_on_all(void (Connection::*act)());
  asio::any_io_executor executor_for_connection();
  void reload(Door& door, TlsFiles const& files);

  Core core;
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  asio::any_io_executor service;  // accepting and sweeping, one at a time
  asio::steady_timer sweep_timer;
  Door everybody;
  Door device;
  std::vector<std::thread> threads;
  bool started = false;
  bool stopped = false;
};

Server::State::State(ServerSettings settings, Application application, telemetry::Metrics& metrics,
                     telemetry::Log& log)
    : core(std::move(settings), std::move(application), metrics, log),
      io(std::max(1, core.settings.io_threads)),
      work(io.get_executor()),
      service(asio::make_strand(io)),
      sweep_timer(service),
      everybody(io, Listener::everybody),
      device(io, Listener::device) {
  complete_hosts(core.settings);
  core.framing = {core.settings.header_limit, core.settings.target_limit, core.settings.hosts};
  auto* const key = reinterpret_cast<unsigned char*>(&core.request_id_key);
  if (RAND_bytes(key, sizeof core.request_id_key) != 1) throw std::runtime_error("no random bytes");
  everybody.tls = std::make_shared<TlsContext const>(core.settings.tls);
  everybody.open(core.settings.address, core.settings.port);
  // A server without a device certificate has no device listener.
  if (!core.settings.device_tls.certificate_chain_pem_file.empty()) {
    device.tls = std::make_shared<TlsContext const>(core.settings.device_tls);
    device.open(core.settings.address, core.settings.device_port);
  }
}

asio::any_io_executor Server::State::executor_for_connection() {
  if (core.settings.io_threads > 1) return asio::make_strand(io);
  return io.get_executor();
}

void Server::State::take(Door& door, tcp::socket socket) {
  boost::system::error_code error;
  auto const remote = socket.remote_endpoint(error);
  if (!error) socket.non_blocking(true, error);
  if (!error) socket.set_option(tcp::no_delay(true), error);
  if (error) return;
  auto peer = peer_text(remote.address());
  auto place = core.places.take(door.listener, peer);
  if (!place) {
    core.metrics.add("kaiku_http_connections_refused_total", 1);
    return;  // closed at once
  }
  auto const executor = socket.get_executor();
  auto self = std::make_shared<Connection>(core, std::move(socket), door.current(), door.listener,
                                           Peer{std::move(peer), *std::move(place)});
  asio::co_spawn(executor, Connection::run(std::move(self)),
                 [this](std::exception_ptr const& broken) {
                   try {
                     if (broken) std::rethrow_exception(broken);
                   } catch (std::exception const& fault) {
                     core.faults.tell("connection_failed", fault.what());
                   }
                 });
}

// An error (no descriptors left, most often) is met with a pause, so that the loop never spins.
asio::awaitable<void> Server::State::accept(Door& door) {
  asio::steady_timer pause(service);
  while (!core.stopping.load()) {
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    auto const executor = executor_for_connection();
    tcp::socket socket(executor);
    co_await door.acceptor.async_accept(socket, token);
    if (core.stopping.load()) co_return;
    if (!error) {
      try {
        take(door, std::move(socket));
      } catch (std::exception const& fault) {
        core.faults.tell("accept_failed", fault.what());
      }
      continue;
    }
    core.metrics.add("kaiku_http_accept_errors_total", 1);
    pause.expires_after(accept_backoff);
    co_await pause.async_wait(token);
  }
}

void Server::State::keep(std::function<asio::awaitable<void>()> loop, std::string_view event) {
  asio::co_spawn(service, keep_running(std::move(loop), event, core.faults, accept_backoff),
                 asio::detached);
}

asio::awaitable<void> Server::State::sweep() {
  for (;;) {
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    sweep_timer.expires_after(sweep_interval);
    co_await sweep_timer.async_wait(token);
    if (error) co_return;
    for (auto const& late : core.registry.overdue(monotonic_us())) {
      asio::post(late->executor(), [late] { late->cut_if_overdue(); });
    }
    core.log.flush();
  }
}

void Server::State::run_on_all(void (Connection::*act)()) {
  for (auto const& connection : core.registry.all()) {
    asio::post(connection->executor(), [connection, act] { ((*connection).*act)(); });
  }
}

void Server::State::stop() {
  if (stopped) return;
  stopped = true;
  core.stopping.store(true);
  if (started) {
    std::promise<void> closed;
    asio::post(service, [&] {
      boost::system::error_code ignored;
      everybody.acceptor.close(ignored);
      device.acceptor.close(ignored);
      closed.set_value();
    });
    closed.get_future().wait();
    run_on_all(&Connection::leave_if_idle);
    if (!core.registry.wait_until_empty(core.settings.stop_deadline)) {
      run_on_all(&Connection::cut);
      core.registry.wait_until_empty(cut_patience);
    }
  }
  io.stop();
  for (auto& thread : threads) thread.join();
  threads.clear();
  core.log.flush();
}

void Server::State::reload(Door& door, TlsFiles const& files) {
  if (files.certificate_chain_pem_file.empty()) return;
  try {
    door.replace(std::make_shared<TlsContext const>(files));
    core.log.write(telemetry::Level::info, "certificate_reloaded",
                   {{"device_listener", door.listener == Listener::device}});
  } catch (std::exception const& fault) {
    core.log.write(telemetry::Level::error, "certificate_reload_failed", {{"error", fault.what()}});
  }
}

Server::Server(ServerSettings settings, Application application, telemetry::Metrics& metrics,
               telemetry::Log& log)
    : state_(std::make_unique<State>(std::move(settings), std::move(application), metrics, log)) {}

Server::~Server() { state_->stop(); }

std::uint16_t Server::port() const { return state_->everybody.port(); }

std::uint16_t Server::device_port() const { return state_->device.port(); }

void Server::start() {
  auto& state = *state_;
  state.started = true;
  state.keep([&state] { return state.accept(state.everybody); }, "accept_failed");
  if (state.device.acceptor.is_open()) {
    state.keep([&state] { return state.accept(state.device); }, "accept_failed");
  }
  state.keep([&state] { return state.sweep(); }, "sweep_failed");
  for (int i = 0; i < std::max(1, state.core.settings.io_threads); ++i) {
    state.threads.emplace_back([&state] {
      telemetry::name_thread("kaiku-io");
      // A batch thread does not push the writer off a shared core at each answer: the answers of
      // one commit go out together. It is a hint; where it is not allowed nothing is lost.
      sched_param const none{};
      pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
      run_handlers([&state] { state.io.run(); }, state.core.faults);
    });
  }
}

void Server::reload_certificates() {
  state_->reload(state_->everybody, state_->core.settings.tls);
  state_->reload(state_->device, state_->core.settings.device_tls);
}

void Server::stop() { state_->stop(); }

}  // namespace kaiku::http
