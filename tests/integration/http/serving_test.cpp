#include <gtest/gtest.h>

#include "tests/integration/http/test_server.hpp"

namespace kaiku::test {
namespace {

class Serving : public testing::Test {
 protected:
  TestServer server_;
  TlsClient client_{server_.port(), server_.client()};
};

TEST_F(Serving, answers_with_the_headers_that_every_answer_has) {
  auto const answer = client_.get("/hello?a=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.status_line, "HTTP/1.1 200 OK");
  EXPECT_EQ(answer.body, "hello 127.0.0.1 a=1");
  EXPECT_EQ(answer.header("strict-transport-security"), "max-age=31536000");
  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("x-request-id").size(), 16U);
  EXPECT_EQ(answer.header("content-length"), "19");
  EXPECT_TRUE(answer.header("date").ends_with(" GMT"));
  EXPECT_EQ(answer.header("server"), "");
  EXPECT_EQ(answer.header("connection"), "");
}

TEST_F(Serving, gives_each_request_an_id_of_its_own) {
  auto const first = client_.get("/hello").header("x-request-id");
  EXPECT_NE(client_.get("/hello").header("x-request-id"), first);
}

TEST_F(Serving, answers_head_like_get_without_the_body) {
  auto const answer = client_.request("HEAD", "/hello?a=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-length"), "19");
  EXPECT_EQ(client_.get("/hello").status, 200) << "no stray body may follow";
}

TEST_F(Serving, answers_pipelined_requests_in_order) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    auto const number = std::to_string(i);
    bool const posted = i % 3 == 0;
    text += posted ? "POST /lane HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                         std::to_string(number.size()) + "\r\n\r\n" + number
                   : "GET /cards/" + number + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  ASSERT_TRUE(client_.send(text));
  for (int i = 0; i < 40; ++i) {
    auto const answer = client_.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, (i % 3 == 0 ? "lane " : "") + std::to_string(i));
  }
}

TEST_F(Serving, takes_a_body_of_exactly_the_limit_and_refuses_one_byte_more) {
  auto const exact = client_.post("/echo", std::string(echo_limit, 'a'));
  EXPECT_EQ(exact.status, 200);
  EXPECT_EQ(exact.body.size(), echo_limit);
  auto const over = client_.post("/echo", std::string(echo_limit + 1, 'a'));
  EXPECT_EQ(over.status, 413);
  EXPECT_EQ(over.header("connection"), "close");
  EXPECT_EQ(client_.read_to_end(), "");
}

TEST_F(Serving, refuses_a_large_length_before_the_body_is_sent) {
  client_.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n");
  auto const answer = client_.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
}

TEST_F(Serving, reads_a_chunked_body_that_comes_byte_by_byte) {
  std::string_view const text =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\nA\r\n, world...\r\n0\r\n\r\n";
  for (char const c : text) ASSERT_TRUE(client_.send(std::string_view{&c, 1}));
  auto const answer = client_.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "hello, world...");
  for (char const c : std::string_view{"POST /echo HTTP/1.1\r\nHost: x\r\n"
                                       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
    ASSERT_TRUE(client_.send(std::string_view{&c, 1}));
  }
  auto const empty = client_.read_answer();
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->status, 200);
  EXPECT_EQ(empty->body, "");
}

TEST_F(Serving, holds_a_chunked_body_to_the_limit) {
  std::string const head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  client_.send(head + "3e8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->status, 200);
  client_.send(head + "3e8\r\n" + std::string(1000, 'a') + "\r\n1\r\nb\r\n0\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->status, 413);
}

TEST_F(Serving, reads_a_body_of_many_records) {
  EXPECT_EQ(client_.post("/upload", std::string(upload_limit, 'b')).body,
            std::to_string(upload_limit));
  EXPECT_EQ(client_.get("/hello").status, 200);
}

TEST_F(Serving, says_100_continue_only_when_the_size_is_accepted) {
  std::string const rest = "Host: x\r\nExpect: 100-continue\r\nContent-Length: ";
  client_.send("POST /echo HTTP/1.1\r\n" + rest + "4\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->status, 100);
  client_.send("body");
  EXPECT_EQ(client_.read_answer()->body, "body");
  client_.send("POST /echo HTTP/1.1\r\n" + rest + "4000\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->status, 413);
}

TEST_F(Serving, asks_for_a_length_where_a_body_belongs) {
  client_.send("POST /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->status, 411);
  TlsClient again(server_.port());
  EXPECT_EQ(again.post("/echo", "").status, 200);
}

TEST_F(Serving, says_which_methods_a_path_takes) {
  auto const answer = client_.request("DELETE", "/hello");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD");
  EXPECT_EQ(client_.request("BREW", "/echo").header("allow"), "POST");
  EXPECT_EQ(client_.get("/nowhere").status, 404);
  EXPECT_EQ(client_.get("/mine").status, 404) << "a route of the device listener alone";
}

TEST_F(Serving, keeps_the_connection_after_a_refusal_of_the_route_without_a_body) {
  EXPECT_EQ(client_.get("/nowhere").header("connection"), "");
  EXPECT_EQ(client_.get("/hello").status, 200);
  EXPECT_EQ(client_.post("/nowhere", "body").header("connection"), "close");
}

TEST_F(Serving, closes_after_connection_close_and_after_http_1_0) {
  EXPECT_EQ(client_.get("/hello", {{"Connection", "close"}}).header("connection"), "close");
  EXPECT_EQ(client_.read_to_end(), "");
  TlsClient old(server_.port());
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read_answer()->header("connection"), "close");
  EXPECT_EQ(old.read_to_end(), "");
}

TEST_F(Serving, answers_500_when_a_handler_throws_or_forgets_to_reply) {
  EXPECT_EQ(client_.get("/throws").status, 500);
  EXPECT_EQ(client_.get("/drop").status, 500);
  EXPECT_EQ(client_.get("/hello").status, 200);
}

TEST_F(Serving, never_sends_a_header_that_would_split_the_response) {
  auto const answer = client_.get("/bad-header");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("set-cookie"), "");
}

TEST_F(Serving, sends_a_large_body_whole) {
  EXPECT_EQ(client_.get("/large").body.size(), 32U * 1024 * 1024);
  EXPECT_EQ(client_.get("/hello").status, 200);
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST_F(Serving, sends_a_constant_body_whole_and_holds_no_copy_for_who_reads_slowly) {
  EXPECT_EQ(client_.get("/constant").body, std::string(constant_bytes, 'c'));
  auto const head = client_.request("HEAD", "/constant");
  EXPECT_EQ(head.header("content-length"), std::to_string(constant_bytes));
  EXPECT_EQ(client_.get("/hello").status, 200) << "no stray body may follow";
  auto const before = resident_bytes();
  std::vector<std::unique_ptr<TlsClient>> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<TlsClient>(server_.port(), server_.client()));
    ASSERT_TRUE(slow.back()->send("GET /constant HTTP/1.1\r\nHost: x\r\n\r\n"));
  }
  EXPECT_EQ(client_.get("/hello").status, 200);
  EXPECT_LT(resident_bytes(), before + 4 * constant_bytes) << "twenty ask, and read nothing";
}

TEST_F(Serving, answers_a_target_in_absolute_form_and_after_an_empty_line) {
  client_.send("\r\nGET https://x/hello?a=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->body, "hello 127.0.0.1 a=1");
  EXPECT_EQ(client_.get("/%68ello").status, 200);
}

TEST_F(Serving, passes_over_the_extensions_of_chunks) {
  client_.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;a=b\r\nhello\r\n0;c\r\n\r\n");
  EXPECT_EQ(client_.read_answer()->body, "hello");
}

// RFC 9110 section 15.5.16; the answer says what is taken.
TEST_F(Serving, refuses_a_body_in_a_coding_before_it_is_sent) {
  for (std::string const coding : {"gzip", "br", "identity, gzip", "GZIP", "x"}) {
    TlsClient client(server_.port(), server_.client());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: " + coding +
                "\r\nContent-Length: 5\r\n\r\n");
    auto const answer = client.read_answer();
    ASSERT_TRUE(answer) << coding;
    EXPECT_EQ(answer->status, 415) << coding;
    EXPECT_EQ(answer->header("accept-encoding"), "identity") << coding;
  }
  EXPECT_EQ(client_.post("/echo", "a", {{"Content-Encoding", "identity"}}).status, 200);
}

TEST_F(Serving, asks_who_sends_before_it_takes_a_large_body) {
  for (std::string const fields : {"Content-Length: 16385\r\n", "Transfer-Encoding: chunked\r\n",
                                   "Expect: 100-continue\r\nContent-Length: 1000000\r\n"}) {
    TlsClient client(server_.port(), server_.client());
    client.send("POST /upload HTTP/1.1\r\nHost: x\r\nX-Test-Actor: stranger\r\n" + fields + "\r\n");
    auto const answer = client.read_answer();
    ASSERT_TRUE(answer) << fields;
    EXPECT_EQ(answer->status, 401) << fields;
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
  }
  HttpHeaders const stranger{{"X-Test-Actor", "stranger"}};
  EXPECT_EQ(client_.post("/upload", std::string(16 * 1024, 'a'), stranger).status, 200);
  EXPECT_EQ(client_.post("/upload", std::string(16 * 1024 + 1, 'a')).body, "16385");
}

TEST_F(Serving, ignores_an_upgrade) {
  auto const answer = client_.get("/hello", {{"Connection", "Upgrade"}, {"Upgrade", "h2c"}});
  EXPECT_EQ(answer.status, 200);
}

TEST_F(Serving, counts_requests_by_route_pattern_and_class) {
  client_.get("/cards/ABC");
  client_.get("/cards/DEF");
  client_.get("/nowhere");
  client_.get("/hello");  // its answer comes after the others are counted
  auto const text = server_.metrics().text();
  EXPECT_NE(text.find("kaiku_http_requests_total{route=\"/cards/{code}\",class=\"2xx\"} 2\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("{route=\"unknown\",class=\"4xx\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("kaiku_http_connections 1\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("ABC"), std::string::npos);
}

TEST_F(Serving, logs_one_line_a_request_with_the_pattern_and_never_the_path) {
  client_.get("/cards/SECRETCODE?token=SECRETTOKEN", {{"X-Test-Actor", "a\"\t\xff\xe2\x80\xa8z"}});
  client_.get("/hello");
  auto const lines = server_.log_lines();
  ASSERT_GE(lines.size(), 1U);
  EXPECT_NE(lines[0].find("\"route\":\"/cards/{code}\",\"status\":200"), std::string::npos);
  EXPECT_NE(lines[0].find(R"("actor":"a\"\u0009\ufffd\ufffdz"})"), std::string::npos) << lines[0];
  for (auto const& line : lines) EXPECT_EQ(line.find("SECRET"), std::string::npos);
}

TEST(ServingOnThreads, answers_many_clients_on_two_threads_and_a_lane) {
  TestServer server([](auto& settings) { settings.io_threads = 2; });
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      TlsClient client(server.port(), server.client());
      for (int i = 0; i < 50; ++i) {
        auto const number = std::to_string(i);
        if (client.post("/lane", number).body == "lane " + number) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right.load(), 400);
}

TEST(ServingHosts, answers_only_for_its_own_names) {
  TestServer server([](auto& settings) { settings.hosts = {"Kaiku.Example"}; });
  TlsClient client(server.port());
  for (std::string const host : {"kaiku.example", "KAIKU.example:8443", "127.0.0.1"}) {
    client.send("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    EXPECT_EQ(client.read_answer()->status, 200) << host;
  }
  client.send("GET /hello HTTP/1.1\r\nHost: other.example\r\n\r\n");
  EXPECT_EQ(client.read_answer()->status, 421);
}

}  // namespace
}  // namespace kaiku::test
