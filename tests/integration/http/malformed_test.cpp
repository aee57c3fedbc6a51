// A table of requests that a strict server refuses: each gets a 4xx or a close, never a 5xx, never
// silence, and the server answers the next client as if nothing had been.
#include <gtest/gtest.h>

#include "tests/integration/http/test_server.hpp"

namespace kaiku::test {
namespace {

struct Case {
  std::string name;
  std::string bytes;
  int status = 400;  // 0: any 4xx or a close
};

std::string hex_of(unsigned number) {
  static constexpr std::string_view digits = "0123456789abcdef";
  return {digits[number >> 4U], digits[number & 15U]};
}

std::string with_field(std::string const& line) {
  return "GET /hello HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
}

std::string post_with(std::string const& fields, std::string const& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}

std::string chunked(std::string const& body) {
  return post_with("Transfer-Encoding: chunked\r\n", body);
}

std::string with_target(std::string const& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

void add_control_characters(std::vector<Case>& cases) {
  for (unsigned c = 0; c < 0x20; ++c) {
    std::string const one(1, static_cast<char>(c));
    auto const name = hex_of(c);
    if (c != '\t') cases.push_back({"in a value " + name, with_field("X-A: a" + one + "b")});
    cases.push_back({"in a name " + name, with_field("X" + one + "A: ab")});
    cases.push_back({"in the target " + name, with_target("/hel" + one + "lo")});
  }
  for (std::string const where : {"X-A: a\x7F", "X\x7F: a"}) {
    cases.push_back({"delete", with_field(where)});
  }
}

void add_names(std::vector<Case>& cases) {
  for (char const c : std::string_view{"\"(),/;<=>?@[\\]{} "}) {
    cases.push_back(
        {std::string("separator in a name ") + c, with_field(std::string("X") + c + "A: b")});
    cases.push_back({std::string("separator in the method ") + c,
                     std::string("GE") + c + "T /hello HTTP/1.1\r\nHost: x\r\n\r\n"});
  }
  for (char const c : std::string_view{"\"<>\\#"}) {
    cases.push_back({std::string("not for a target ") + c, with_target(std::string("/a") + c)});
  }
  for (unsigned c = 0x80; c < 0x100; c += 0x11) {
    std::string const one(1, static_cast<char>(c));
    cases.push_back({"high byte in a name " + hex_of(c), with_field("X" + one + ": a")});
    cases.push_back({"high byte in the target " + hex_of(c), with_target("/" + one)});
  }
}

void add_lines(std::vector<Case>& cases) {
  for (std::string const line :
       {": no name", "no colon", " X-A: folded", "\tX-A: folded", "X-A : blank", "X-A\t: blank",
        "X-A: a\r\n b", "X-A: a\r\n\tb", "X-A: a\nX-B: b", "X-A: a\rX-B: b", "X-A: a\r\r\nX-B: b",
        "Expect: 200-ok", "Expect: 100-continue, x",
        "Expect:", "Expect: 100-continue\r\nExpect: 100-continue", "Connection: ,,;"}) {
    cases.push_back({line, with_field(line)});
  }
  for (std::string const start : {"GET  /hello HTTP/1.1",
                                  "GET /hello  HTTP/1.1",
                                  " GET /hello HTTP/1.1",
                                  "GET /hello HTTP/1.1 ",
                                  "GET\t/hello HTTP/1.1",
                                  "GET /hello\tHTTP/1.1",
                                  "GET /hello",
                                  "GET",
                                  "/hello HTTP/1.1",
                                  "GET /hello HTTP/0.9",
                                  "GET /hello HTTP/1.2",
                                  "GET /hello HTTP/2.0",
                                  "GET /hello HTTP/11",
                                  "GET /hello HTTP/1.",
                                  "GET /hello http/1.1",
                                  "GET /hello HTTP/1.1.1",
                                  "GET /hello HTTP/01.1",
                                  "GET /hello HTTPS/1.1",
                                  "GET /hello ",
                                  "GET /hello HTTP/1.1x",
                                  "GET /hello FTP/1.1",
                                  "HTTP/1.1 200 OK",
                                  "OPTIONS * HTTP/1.1",
                                  "CONNECT x:443 HTTP/1.1",
                                  "GET https:/x/hello HTTP/1.1",
                                  "GET https://a@x/hello HTTP/1.1",
                                  "GET https:///hello HTTP/1.1",
                                  "GET https://x:y/hello HTTP/1.1",
                                  "GET https://x\\hello HTTP/1.1",
                                  "GET //?# HTTP/1.1",
                                  "GET hello HTTP/1.1",
                                  "GET ?a=b HTTP/1.1",
                                  "GET * HTTP/1.1",
                                  "GET x:443 HTTP/1.1",
                                  "PRI * HTTP/2.0",
                                  "\x16\x03\x01\x02",
                                  "{} {} {}",
                                  "a b c d"}) {
    cases.push_back({start, start + "\r\nHost: x\r\n\r\n"});
  }
  for (std::string const escape : {"%", "%4", "%zz", "%4g", "%%41", "%u0041", "a%", "%-1", "% 1"}) {
    cases.push_back({"escape " + escape, with_target("/" + escape)});
    cases.push_back({"escape in the query " + escape, with_target("/hello?a=" + escape)});
  }
}

void add_hosts(std::vector<Case>& cases) {
  cases.push_back({"no Host", "GET /hello HTTP/1.1\r\n\r\n"});
  cases.push_back({"two Hosts", with_field("Host: x")});
  cases.push_back({"two Hosts, other case", with_field("hOST: y")});
  for (std::string const host :
       {"",    " ",    "a b",     "a,b",     "a/b",    "a@b",    "http://a", "a:b",
        "a:",  ":80",  "a:80:80", "a:65536", "a:-1",   "a:+1",   "a: 80",    "[",
        "[]",  "[::1", "::1",     "[::1]x",  "[::1]:", "[g::1]", "[1]:80",   "a?b",
        "a#b", "a\\b", "a%00",    "a;b",     "a\"b",   "<a>",    "\xC3\xA4", "a:999999999999"}) {
    cases.push_back({"Host " + host, "GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n"});
  }
}

void add_lengths(std::vector<Case>& cases) {
  for (std::string const length :
       {"", " ", "+5", "-5", "-0", "5,", "5, 5", "5,5", "5 5", "5;5", "0x5", "5.0", "5e0", "five",
        "99999999999999999999", "18446744073709551621", "\"5\"", "5a", "\xD9\xA5"}) {
    cases.push_back({"length " + length, post_with("Content-Length: " + length + "\r\n", "hello")});
  }
  cases.push_back({"folded length", post_with("Content-Length:\r\n 5\r\n", "hello")});
  cases.push_back(
      {"length twice", post_with("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")});
  cases.push_back(
      {"two lengths", post_with("Content-Length: 5\r\ncontent-length: 6\r\n", "hello")});
  cases.push_back({"length with a blank", post_with("Content-Length : 5\r\n", "hello")});
  cases.push_back({"no length", post_with("", ""), 411});
  cases.push_back({"length over the limit", post_with("Content-Length: 1001\r\n", ""), 413});
  cases.push_back({"a body where none belongs",
                   "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx", 413});
  for (std::string const coding :
       {"", "gzip", "identity", "gzip, chunked", "chunked, chunked", "chunked, gzip", "chunked;q=1",
        "chunked,", ",chunked", "xchunked", "chunked x", "\"chunked\"", "chunked\x0B", "deflate"}) {
    cases.push_back(
        {"coding " + coding, post_with("Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n")});
  }
  std::string const coding = "Transfer-Encoding: chunked\r\n";
  cases.push_back({"coding twice", post_with(coding + coding, "0\r\n\r\n")});
  cases.push_back({"both", post_with(coding + "Content-Length: 5\r\n", "0\r\n\r\n")});
  cases.push_back({"both, turned", post_with("Content-Length: 5\r\n" + coding, "0\r\n\r\n")});
  cases.push_back(
      {"coding with a blank", post_with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")});
  cases.push_back({"folded coding", post_with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")});
  cases.push_back(
      {"coding on 1.0", "POST /echo HTTP/1.0\r\nHost: x\r\n" + coding + "\r\n0\r\n\r\n"});
}

void add_chunks(std::vector<Case>& cases) {
  for (std::string const body : {"g\r\n",
                                 "\r\n",
                                 " 5\r\nhello\r\n0\r\n\r\n",
                                 "5 \r\nhello\r\n0\r\n\r\n",
                                 "-5\r\nhello",
                                 "+5\r\nhello",
                                 "0x5\r\nhello",
                                 "5\nhello\r\n0\r\n\r\n",
                                 "5\r\nhelloX\r\n0\r\n\r\n",
                                 "5\r\nhello\n0\r\n\r\n",
                                 "5\r\nhello\rX0\r\n\r\n",
                                 "5;=b\r\nhello\r\n0\r\n\r\n",
                                 ";a\r\nhello\r\n0\r\n\r\n",
                                 "5;\r\nhello\r\n0\r\n\r\n",
                                 "5;a\nb\r\nhello\r\n0\r\n\r\n",
                                 "0\r\nX-A: b\r\n\r\n",
                                 "0\r\nContent-Length: 5\r\n\r\n",
                                 "0\r\n\n",
                                 "0\n\n",
                                 "0000000000000005\r\nhello",
                                 "5\r\r\nhello",
                                 "5\r\nhello\r\n\r\n0\r\n\r\n",
                                 "0\r\nx"}) {
    cases.push_back({"chunk " + body, chunked(body)});
  }
  cases.push_back({"chunk over the limit", chunked("3e9\r\n"), 413});
  cases.push_back({"huge chunk", chunked("fffffffffffffff\r\n"), 413});
  cases.push_back({"overflowing chunk", chunked("10000000000000005\r\nhello")});
}

void add_sizes(std::vector<Case>& cases) {
  cases.push_back({"long target", with_target("/" + std::string(5000, 'a')), 414});
  cases.push_back({"longer target", with_target("/" + std::string(100'000, 'a')), 414});
  cases.push_back({"endless method", std::string(30'000, 'A'), 0});
  cases.push_back({"long value", with_field("X-A: " + std::string(17'000, 'a')), 431});
  cases.push_back({"long name", with_field(std::string(17'000, 'a') + ": b"), 431});
  cases.push_back({"endless head", "GET /hello HTTP/1.1\r\nX: " + std::string(40'000, 'b'), 431});
  std::string many;
  for (int i = 0; i < 65; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  cases.push_back({"many fields", with_field(many + "X: a"), 431});
  cases.push_back({"two empty lines first", "\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n"});
  cases.push_back({"another scheme", with_target("http://x/hello"), 421});
  cases.push_back({"chunk extensions without end", chunked("1;a=" + std::string(2000, 'b')), 400});
  cases.push_back({"bare line feeds", "GET /hello HTTP/1.1\nHost: x\n\n"});
  cases.push_back({"bare returns", "GET /hello HTTP/1.1\rHost: x\r\r"});
  cases.push_back({"NULs", std::string(64, '\0')});
  cases.push_back({"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"});
  cases.push_back({"method in lower case", "get /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405});
  cases.push_back({"unknown method", "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405});
  cases.push_back({"TRACE", "TRACE /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405});
  for (std::string const path : {"/../hello", "/hello/", "//hello", "/hello%00", "/cards/%00",
                                 "/cards/%ff", "/cards/", "/cards/a/b", "/a|b", "/%2fhello"}) {
    cases.push_back({"path " + path, with_target(path), 404});
  }
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  add_control_characters(cases);
  add_names(cases);
  add_lines(cases);
  add_hosts(cases);
  add_lengths(cases);
  add_chunks(cases);
  add_sizes(cases);
  return cases;
}

TEST(Malformed, there_are_at_least_200_inputs) { EXPECT_GE(all_cases().size(), 200U); }

TEST(Malformed, each_input_gets_its_4xx_or_a_close_and_the_server_serves_on) {
  TestServer server;
  TlsClient good(server.port(), server.client());
  for (auto const& one : all_cases()) {
    SCOPED_TRACE(one.name);
    TlsClient client(server.port(), server.client());
    client.send(one.bytes);
    std::optional<HttpAnswer> answer;
    ASSERT_NO_THROW(answer = client.read_answer()) << "silence";
    if (one.status != 0) {
      ASSERT_TRUE(answer) << "closed without a word";
      EXPECT_EQ(answer->status, one.status);
    } else if (answer) {
      EXPECT_EQ(answer->status / 100, 4);
    }
    bool const goes_on = one.status == 404 || one.status == 405;
    if (answer && !goes_on) {
      EXPECT_EQ(answer->header("connection"), "close");
      ASSERT_NO_THROW(EXPECT_EQ(client.read_to_end(), "")) << "nothing may follow the refusal";
    }
    ASSERT_EQ(good.get("/hello").status, 200);
  }
  EXPECT_EQ(server.metrics().text().find("5xx"), std::string::npos);
}

TEST(Malformed, an_input_cut_at_any_byte_is_neither_answered_with_5xx_nor_kept_hanging) {
  TestServer server;
  std::string const whole = post_with("Content-Length: 5\r\n", "hello");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    TlsClient client(server.port(), server.client());
    client.send(whole.substr(0, length));
    SSL_shutdown(client.native());
    ASSERT_NO_THROW(client.read_to_end()) << length;
  }
  TlsClient good(server.port(), server.client());
  EXPECT_EQ(good.get("/hello").status, 200);
  EXPECT_EQ(server.metrics().text().find("5xx"), std::string::npos);
}

TEST(Malformed, what_is_no_tls_is_closed) {
  TestServer server([](auto& settings) { settings.handshake_deadline = std::chrono::seconds(1); });
  for (std::string const& bytes :
       {std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), std::string(1000, '\xff'),
        std::string("\x16\x03\x01\x00\x01\x00", 6), std::string(600, '\0')}) {
    TcpClient client(server.port());
    client.send(bytes);
    EXPECT_NO_THROW(EXPECT_TRUE(client.wait_for_close()));
  }
  TlsClient good(server.port(), server.client());
  EXPECT_EQ(good.get("/hello").status, 200);
}

TEST(Malformed, a_smuggled_second_request_is_never_answered) {
  TestServer server;
  for (std::string const fields :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n",
        "Content-Length: 3, 3\r\n", "Content-Length:\r\n 3\r\n"}) {
    TlsClient client(server.port(), server.client());
    client.send(post_with(fields, "0\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(client.read_answer()->status, 400);
    EXPECT_EQ(client.read_to_end(), "");
  }
}

}  // namespace
}  // namespace kaiku::test
