// Slow clients are cut; the settings are shortened, the waiting is on the server's own close.
#include <gtest/gtest.h>

#include <poll.h>

#include "tests/integration/http/test_server.hpp"

namespace kaiku::test {
namespace {

using std::chrono::seconds;

TestServer::Adjust all_deadlines(seconds length) {
  return [length](http::ServerSettings& settings) {
    settings.handshake_deadline = length;
    settings.header_deadline = length;
    settings.body_deadline = length;
    settings.write_deadline = length;
    settings.first_request_deadline = length;
    settings.idle_deadline = length;
  };
}

class Deadlines : public testing::Test {
 protected:
  TestServer server_{all_deadlines(seconds(1))};
};

// Sends a byte at a time until the server closes; what it said is returned.
std::string drip(TlsClient& client, std::string_view start, char each) {
  client.send(start);
  auto const begun = std::chrono::steady_clock::now();
  while (client.send(std::string_view{&each, 1})) {
    if (std::chrono::steady_clock::now() - begun > seconds(10)) return "never cut";
    pollfd waiting{SSL_get_fd(client.native()), POLLIN, 0};
    if (poll(&waiting, 1, 50) > 0) break;
  }
  return client.read_to_end();
}

TEST_F(Deadlines, a_connection_that_never_shakes_hands_is_closed) {
  TcpClient client(server_.port());
  EXPECT_NO_THROW(EXPECT_TRUE(client.wait_for_close()));
}

TEST_F(Deadlines, an_idle_connection_is_closed_without_a_word) {
  TlsClient client(server_.port(), server_.client());
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(FirstRequest, has_a_deadline_of_its_own_that_later_ones_have_not) {
  TestServer server([](auto& settings) { settings.first_request_deadline = seconds(1); });
  TlsClient silent(server.port(), server.client());
  TlsClient speaking(server.port(), server.client());
  EXPECT_EQ(speaking.get("/hello").status, 200);
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(speaking.get("/hello").status, 200);
  http::ServerSettings const usual;
  EXPECT_LE(usual.handshake_deadline, seconds(10));
  EXPECT_LE(usual.first_request_deadline, seconds(15));
}

TEST_F(Deadlines, a_slow_header_gets_408_and_a_close) {
  TlsClient client(server_.port(), server_.client());
  EXPECT_TRUE(
      drip(client, "GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ", 'a').starts_with("HTTP/1.1 408 "));
}

TEST_F(Deadlines, a_slow_body_gets_408_and_a_close) {
  TlsClient client(server_.port(), server_.client());
  EXPECT_TRUE(drip(client, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", 'a')
                  .starts_with("HTTP/1.1 408 "));
}

TEST_F(Deadlines, a_slow_chunked_body_gets_408_and_a_close) {
  TlsClient client(server_.port(), server_.client());
  EXPECT_TRUE(
      drip(client, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", '0')
          .starts_with("HTTP/1.1 4"));
}

TEST_F(Deadlines, a_reader_that_stops_reading_is_cut) {
  auto options = server_.client();
  options.receive_buffer_bytes = 4096;
  TlsClient client(server_.port(), options);
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  auto const gone = [&] {
    return server_.metrics().text().find("kaiku_http_connections 0\n") != std::string::npos;
  };
  auto const begun = std::chrono::steady_clock::now();
  while (!gone() && std::chrono::steady_clock::now() - begun < seconds(10)) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(gone());
}

TEST_F(Deadlines, a_lane_may_take_longer_than_any_of_them) {
  TlsClient client(server_.port(), server_.client());
  TlsClient idle(server_.port(), server_.client());
  client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(server_.held().wait_for(1));
  EXPECT_EQ(idle.read_to_end(), "") << "the sweep has been here";
  for (auto const& reply : server_.held().take()) reply(text_response("late"));
  EXPECT_EQ(client.read_answer()->body, "late");
}

}  // namespace
}  // namespace kaiku::test
