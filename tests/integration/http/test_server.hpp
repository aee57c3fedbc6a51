// A server over real TLS on port 0 with a small application to knock at.
#pragma once

#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "server/http/router.hpp"
#include "server/http/server.hpp"
#include "tests/support/certificate_maker.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/tls_client.hpp"

namespace kaiku::test {

inline constexpr std::size_t echo_limit = 1000;
inline constexpr std::size_t upload_limit = 2 * 1024 * 1024;
inline constexpr std::size_t constant_bytes = 16 * 1024 * 1024;

// A thread that runs jobs in order, like a lane of the real server.
class TestLane {
 public:
  TestLane() : thread_([this] { run(); }) {}
  ~TestLane() {
    push(nullptr);
    thread_.join();
  }
  void push(std::function<void()> job) {
    std::lock_guard const lock(mutex_);
    jobs_.push_back(std::move(job));
    changed_.notify_one();
  }

 private:
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !jobs_.empty(); });
      auto const job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      if (!job) return;
      job();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  std::thread thread_;
};

// Replies that a test holds back and answers when it likes.
class HeldReplies {
 public:
  void hold(http::Reply reply) {
    std::lock_guard const lock(mutex_);
    held_.push_back(std::move(reply));
    changed_.notify_all();
  }
  // Waits until `count` requests are held.
  bool wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return held_.size() >= count; });
  }
  std::vector<http::Reply> take() {
    std::lock_guard const lock(mutex_);
    return std::exchange(held_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<http::Reply> held_;
};

inline http::Response text_response(std::string body, int status = 200) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

class TestServer {
 public:
  using Adjust = std::function<void(http::ServerSettings&)>;

  explicit TestServer(Adjust const& adjust = {})
      : authority_(folder_, "ca"),
        door_authority_(folder_, "door-ca"),
        log_descriptor_(::open(log_file().c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)),
        log_(log_descriptor_),
        router_(routes()) {
    auto const files = authority_.issue({"server"});
    auto const device_files = authority_.issue({"device-server"});
    settings_.port = 0;
    settings_.device_port = 0;
    settings_.tls = {files.certificate, files.key, ""};
    settings_.device_tls = {device_files.certificate, device_files.key, door_authority_.ca_file()};
    if (adjust) adjust(settings_);
    server_.emplace(settings_, application(), metrics_, log_);
    server_->start();
  }
  ~TestServer() {
    server_.reset();
    ::close(log_descriptor_);
  }

  http::Server& server() { return *server_; }
  telemetry::Metrics& metrics() { return metrics_; }
  HeldReplies& held() { return held_; }
  TemporaryFolder const& folder() const { return folder_; }
  CertificateMaker const& authority() const { return authority_; }
  CertificateMaker const& door_authority() const { return door_authority_; }
  std::uint16_t port() const { return server_->port(); }
  std::uint16_t device_port() const { return server_->device_port(); }
  std::string log_file() const { return folder_.file("server.log"); }
  std::vector<std::string> log_lines() const {
    std::ifstream in(log_file());
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  ClientOptions client() const {
    ClientOptions options;
    options.ca_file = authority_.ca_file();
    return options;
  }
  ClientOptions device_client(CertificateFiles const& files) const {
    auto options = client();
    options.certificate_file = files.certificate;
    options.key_file = files.key;
    return options;
  }

 private:
  enum RouteName {
    hello,
    card,
    echo,
    upload,
    lane,
    hold,
    drop,
    throws,
    bad_header,
    large,
    mine,
    constant
  };

  static std::span<http::Route const> routes() {
    using http::Method;
    using http::on_device;
    using http::on_everybody;
    static constexpr std::uint8_t both = on_everybody | on_device;
    static std::array<http::Route, 12> const table{{
        {Method::get, "/hello", both, 0},
        {Method::get, "/cards/{code}", both, 0},
        {Method::post, "/echo", both, echo_limit},
        {Method::post, "/upload", both, upload_limit},
        {Method::post, "/lane", both, echo_limit},
        {Method::get, "/hold", both, 0},
        {Method::get, "/drop", both, 0},
        {Method::get, "/throws", both, 0},
        {Method::get, "/bad-header", both, 0},
        {Method::get, "/large", both, 0},
        {Method::get, "/mine", on_device, 0},
        {Method::get, "/constant", both, 0},
    }};
    return table;
  }

  http::Application application() {
    http::Application made;
    made.plan = [this](http::Listener listener, http::Method method, std::string_view path) {
      return router_.plan(listener, method, path);
    };
    made.dispatch = [this](http::RoutePlan&& plan, http::Request&& request, http::Reply reply) {
      act(plan, request, reply);
    };
    made.may_send_body = [](http::RoutePlan const&, http::Request const& head, http::Reply reply) {
      bool const stranger = head.header("x-test-actor") == "stranger";
      reply(stranger ? text_response("who are you", 401) : text_response("", 100));
    };
    made.problem = [](int status, std::string_view slug, http::Request const&) {
      auto response = text_response("{\"type\":\"/problems/" + std::string(slug) + "\"}", status);
      response.content_type = "application/problem+json";
      return response;
    };
    return made;
  }

  void act(http::RoutePlan& plan, http::Request& request, http::Reply const& reply) {
    switch (plan.route) {
      case constant: {
        static std::string const text(constant_bytes, 'c');
        auto response = text_response("");
        response.constant_body = text;
        reply(std::move(response));
        return;
      }
      case hello: return reply(text_response("hello " + request.peer + " " + request.query));
      case card: {
        auto response = text_response(plan.parameters.at(0));
        response.actor = std::string(request.header("x-test-actor"));
        return reply(std::move(response));
      }
      case echo: {
        auto response = text_response(std::move(request.body));
        response.actor = std::string(request.header("x-test-actor"));
        return reply(std::move(response));
      }
      case upload: return reply(text_response(std::to_string(request.body.size())));
      case lane:
        return lane_.push([reply, body = request.body] { reply(text_response("lane " + body)); });
      case hold: return held_.hold(reply);
      case drop: return;
      case throws: throw std::runtime_error("as the test wants");
      case bad_header:
        return reply(std::move(text_response("x").with("X-Split", "a\r\nSet-Cookie: b")));
      case large: return reply(text_response(std::string(32 * 1024 * 1024, 'x')));
      default: return reply(text_response(certificate_text(request)));
    }
  }

  static std::string certificate_text(http::Request const& request) {
    if (!request.certificate) return "none";
    return std::to_string(request.certificate->spki_der.size()) + " " +
           std::to_string(request.certificate->not_after_s);
  }

  TemporaryFolder folder_;
  CertificateMaker authority_;
  CertificateMaker door_authority_;
  int log_descriptor_;
  telemetry::Metrics metrics_;
  telemetry::Log log_;
  http::Router router_;
  http::ServerSettings settings_;
  HeldReplies held_;
  TestLane lane_;
  std::optional<http::Server> server_;
};

}  // namespace kaiku::test
