#include <gtest/gtest.h>

#include <fstream>

#include "tests/integration/http/test_server.hpp"

namespace kaiku::test {
namespace {

TEST(Lifecycle, a_stop_lets_requests_in_flight_finish_and_sends_idle_ones_away) {
  TestServer server;
  TlsClient busy(server.port(), server.client());
  TlsClient idle(server.port(), server.client());
  EXPECT_EQ(idle.get("/hello").status, 200);
  busy.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(server.held().wait_for(1));
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_EQ(idle.read_to_end(), "");  // so the stop is under way
  for (auto const& reply : server.held().take()) reply(text_response("done"));
  auto const answer = busy.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "done");
  EXPECT_EQ(answer->header("connection"), "close");
  stopping.join();
  EXPECT_THROW(TlsClient(server.port(), server.client()), std::runtime_error);
}

TEST(Lifecycle, a_stop_answers_a_request_that_is_half_sent) {
  TestServer server;
  TlsClient idle(server.port(), server.client());
  TlsClient half(server.port(), server.client());
  EXPECT_EQ(half.get("/hello").status, 200);
  half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(half.read_answer()->status, 100);
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_EQ(idle.read_to_end(), "");
  half.send("hello");
  EXPECT_EQ(half.read_answer()->body, "hello");
  stopping.join();
}

TEST(Lifecycle, a_stop_does_not_wait_for_a_lane_longer_than_its_deadline) {
  auto server = std::make_unique<TestServer>(
      [](auto& settings) { settings.stop_deadline = std::chrono::seconds(1); });
  TlsClient client(server->port(), server->client());
  client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(server->held().wait_for(1));
  auto const late = server->held().take();
  server->server().stop();
  EXPECT_EQ(client.read_to_end(), "");
  late.at(0)(text_response("nobody listens"));  // with the connection gone
  server.reset();
}

TEST(Lifecycle, a_reply_may_come_after_the_server_is_gone) {
  std::vector<http::Reply> late;
  {
    TestServer server([](auto& settings) {
      settings.stop_deadline = std::chrono::seconds(0);
      settings.io_threads = 2;
    });
    TlsClient client(server.port(), server.client());
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(server.held().wait_for(1));
    late = server.held().take();
  }
  late.at(0)(text_response("nobody listens"));
}

TEST(Lifecycle, a_server_that_was_never_started_or_is_stopped_twice_goes_quietly) {
  TestServer server;
  server.server().stop();
  server.server().stop();
}

TEST(Lifecycle, at_the_cap_a_connection_is_closed_and_a_freed_place_is_given_again) {
  TestServer server([](auto& settings) {
    settings.places = {.connections = 2, .strangers_percent = 100, .network_percent = 100};
  });
  auto first = std::make_unique<TlsClient>(server.port(), server.client());
  TlsClient second(server.port(), server.client());
  EXPECT_EQ(first->get("/hello").status, 200);
  EXPECT_EQ(second.get("/hello").status, 200);
  EXPECT_THROW(TlsClient(server.port(), server.client()), std::runtime_error);
  EXPECT_EQ(second.get("/hello").status, 200);
  first->get("/hello", {{"Connection", "close"}});
  first.reset();
  bool served = false;
  for (int tries = 0; tries < 1000 && !served; ++tries) {
    try {
      TlsClient third(server.port(), server.client());
      served = third.get("/hello").status == 200;
    } catch (std::runtime_error const&) {
      std::this_thread::yield();
    }
  }
  EXPECT_TRUE(served);
  EXPECT_NE(server.metrics().text().find("kaiku_http_connections_refused_total "),
            std::string::npos);
}

TEST(Lifecycle, one_address_leaves_places_to_others_and_its_own_when_it_is_known) {
  TestServer server([](auto& settings) {
    settings.places = {
        .connections = 8, .strangers_percent = 50, .devices_percent = 25, .network_percent = 50};
  });
  TlsClient first(server.port(), server.client());
  TlsClient second(server.port(), server.client());
  EXPECT_THROW(TlsClient(server.port(), server.client()), std::runtime_error) << "half of four";
  EXPECT_EQ(first.post("/echo", "a", {{"X-Test-Actor", "account:1"}}).status, 200);
  // The answer is sent before its sender is remembered; the next request comes after that.
  EXPECT_EQ(first.get("/hello").status, 200);
  TlsClient third(server.port(), server.client());
  EXPECT_EQ(third.get("/hello").status, 200);
  auto const files = server.door_authority().issue({"door", true});
  TlsClient device(server.device_port(), server.device_client(files));
  EXPECT_EQ(device.get("/hello").status, 200) << "the device listener has its own";
}

TEST(Lifecycle, an_address_in_use_is_named) {
  TestServer server;
  telemetry::Metrics metrics;
  telemetry::Log log(-1);
  http::ServerSettings settings;
  auto const files = server.authority().issue({"again"});
  settings.tls = {files.certificate, files.key, ""};
  settings.port = server.port();
  try {
    http::Server const second(settings, http::Application{}, metrics, log);
    FAIL() << "two servers on one port";
  } catch (std::runtime_error const& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1 port " + std::to_string(server.port())),
              std::string::npos);
  }
}

class Reload : public testing::Test {
 protected:
  static std::string served_serial(TlsClient& client) {
    auto* const certificate = SSL_get0_peer_certificate(client.native());
    return std::to_string(ASN1_INTEGER_get(X509_get0_serialNumber(certificate)));
  }
  TestServer server_;
};

TEST_F(Reload, twenty_reloads_under_load_fail_no_request) {
  std::atomic<bool> enough{false};
  std::atomic<int> served{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> clients;
  for (int t = 0; t < 3; ++t) {
    clients.emplace_back([&] {
      TlsClient kept(server_.port(), server_.client());
      while (!enough.load()) {
        try {
          TlsClient fresh(server_.port(), server_.client());
          bool const good = fresh.get("/hello").status == 200 && kept.get("/hello").status == 200;
          ++(good ? served : failed);
        } catch (std::exception const&) {
          ++failed;
        }
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    server_.authority().issue({"server"});
    auto const before = served.load();
    server_.server().reload_certificates();
    while (served.load() < before + 3 && failed.load() == 0) std::this_thread::yield();
  }
  enough.store(true);
  for (auto& client : clients) client.join();
  EXPECT_EQ(failed.load(), 0);
  EXPECT_GE(served.load(), 60);
}

TEST_F(Reload, new_connections_get_the_new_certificate_and_old_ones_go_on) {
  TlsClient old(server_.port(), server_.client());
  auto const before = served_serial(old);
  server_.authority().issue({"server"});
  server_.server().reload_certificates();
  TlsClient fresh(server_.port(), server_.client());
  EXPECT_NE(served_serial(fresh), before);
  EXPECT_EQ(old.get("/hello").status, 200);
  EXPECT_EQ(fresh.get("/hello").status, 200);
}

TEST_F(Reload, a_bad_file_keeps_the_old_certificate_and_is_logged) {
  std::ofstream(server_.folder().file("server.pem")) << "no certificate";
  server_.server().reload_certificates();
  TlsClient client(server_.port(), server_.client());
  EXPECT_EQ(client.get("/hello").status, 200);
  bool logged = false;
  for (auto const& line : server_.log_lines()) {
    logged = logged || line.find("certificate_reload_failed") != std::string::npos;
  }
  EXPECT_TRUE(logged);
}

}  // namespace
}  // namespace kaiku::test
