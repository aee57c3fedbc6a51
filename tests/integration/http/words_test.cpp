// The parts of the room that need no connection: router, forms, framing, log, metrics, cookies.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include <nlohmann/json.hpp>

#include "schema/values/utf8.hpp"
#include "server/http/form.hpp"
#include "server/http/framing.hpp"
#include "server/http/router.hpp"
#include "server/telemetry/log.hpp"
#include "server/telemetry/metrics.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::http {
namespace {

std::array<Route, 9> const table{{
    {Method::get, "/", on_everybody, 0},
    {Method::get, "/api/v1/cards/mine", on_everybody, 0},
    {Method::get, "/api/v1/cards/{code}", on_everybody, 0},
    {Method::patch, "/api/v1/cards/{code}", on_everybody, 100},
    {Method::post, "/api/v1/cards/{code}/blocks", on_everybody, 200},
    {Method::get, "/api/v1/batches/{id}", on_everybody, 0},
    {Method::get, "/api/v1/batches/{id}.pdf", on_everybody, 0},
    {Method::post, "/door/v1/checks", on_everybody | on_device, 300},
    {Method::get, "/door/v1/snapshot", on_device, 0},
}};

class Routing : public testing::Test {
 protected:
  RoutePlan plan(std::string_view path, Method method = Method::get,
                 Listener listener = Listener::everybody) {
    return router_.plan(listener, method, path);
  }
  Router router_{table};
};

TEST_F(Routing, finds_the_route_and_its_limit) {
  EXPECT_EQ(plan("/").route, 0);
  auto const found = plan("/api/v1/cards/ABC/blocks", Method::post);
  EXPECT_EQ(found.refuse_status, 0);
  EXPECT_EQ(found.route, 4);
  EXPECT_EQ(found.body_limit, 200U);
  EXPECT_EQ(found.pattern, "/api/v1/cards/{code}/blocks");
  EXPECT_EQ(found.parameters, std::vector<std::string>{"ABC"});
}

TEST_F(Routing, prefers_a_word_to_a_parameter_and_a_longer_ending_to_a_shorter) {
  EXPECT_EQ(plan("/api/v1/cards/mine").route, 1);
  EXPECT_EQ(plan("/api/v1/cards/mine/blocks", Method::post).route, 4) << "it looks back";
  EXPECT_EQ(plan("/api/v1/batches/7.pdf").route, 6);
  EXPECT_EQ(plan("/api/v1/batches/7.pdf").parameters, std::vector<std::string>{"7"});
  EXPECT_EQ(plan("/api/v1/batches/.pdf").route, 5);
}

TEST_F(Routing, decodes_parameters_and_refuses_unsound_ones) {
  EXPECT_EQ(plan("/api/v1/cards/a%20b%2Fc%C3%A4").parameters,
            std::vector<std::string>{"a b/c\xC3\xA4"});
  for (auto const* path : {"%00", "a%0Ab", "%7f", "%ff", "%C3", "%", "%2", "%zz"}) {
    EXPECT_EQ(plan(std::string("/api/v1/cards/") + path).refuse_status, 404) << path;
  }
}

TEST_F(Routing, takes_no_path_that_is_nearly_right) {
  for (auto const* path : {"", "api", "//", "/api", "/api/v1/cards/", "/api/v1/cards/ABC/",
                           "/api/v1//cards/ABC", "/API/v1/cards/ABC", "/api/v1%2Fcards/ABC",
                           "/api/v1/cards/ABC/blocks/x", "/api/v1/cards/../cards/ABC"}) {
    EXPECT_EQ(plan(path).refuse_status, 404) << path;
  }
}

// RFC 3986 section 6.2.2.2.
TEST_F(Routing, reads_an_escaped_letter_as_the_letter) {
  EXPECT_EQ(plan("/%61pi/v1/c%61rds/ABC").route, 2);
  EXPECT_EQ(plan("/api/v1/cards/%6Dine").route, 1);
  EXPECT_EQ(plan("/api/v1/batches/7%2Epdf").route, 6);
  EXPECT_EQ(plan("/api/v1/cards/%2E%2E/blocks", Method::post).parameters,
            std::vector<std::string>{".."});
}

TEST_F(Routing, names_the_methods_of_a_path) {
  auto const refused = plan("/api/v1/cards/ABC", Method::del);
  EXPECT_EQ(refused.refuse_status, 405);
  EXPECT_EQ(refused.allow, "GET, PATCH, HEAD");
  EXPECT_EQ(refused.pattern, "/api/v1/cards/{code}");
  EXPECT_EQ(plan("/api/v1/cards/ABC", Method::head).route, 2);
  EXPECT_EQ(plan("/api/v1/cards/ABC", Method::other).refuse_status, 405);
}

TEST_F(Routing, keeps_the_listeners_apart) {
  EXPECT_EQ(plan("/door/v1/snapshot").refuse_status, 404);
  EXPECT_EQ(plan("/door/v1/snapshot", Method::get, Listener::device).route, 8);
  EXPECT_EQ(plan("/door/v1/checks", Method::post).route, 7);
  EXPECT_EQ(plan("/door/v1/checks", Method::post, Listener::device).route, 7);
  EXPECT_EQ(plan("/", Method::get, Listener::device).refuse_status, 404);
}

TEST_F(Routing, refuses_tables_that_contradict_themselves) {
  using Table = std::vector<Route>;
  EXPECT_THROW(Router(Table{{Method::get, "/a/{x}"}, {Method::get, "/a/{y}"}}), std::logic_error);
  EXPECT_THROW(Router(Table{{Method::get, "a"}}), std::logic_error);
  EXPECT_THROW(Router(Table{{Method::get, "/{"}}), std::logic_error);
  EXPECT_THROW(Router(Table{{Method::get, "/{}"}}), std::logic_error);
  EXPECT_THROW(Router(Table{{Method::get, "/a{b}"}}), std::logic_error);
  EXPECT_NO_THROW(Router(Table{{Method::get, "/a", on_device}, {Method::get, "/a"}}));
}

TEST(Form, reads_pairs_in_order) {
  auto const pairs = parse_form("a=1&b=x+y%26z&c&a=%C3%A4&&=e");
  ASSERT_TRUE(pairs);
  FormPairs const expected{{"a", "1"}, {"b", "x y&z"}, {"c", ""}, {"a", "\xC3\xA4"}, {"", "e"}};
  EXPECT_EQ(*pairs, expected);
  EXPECT_EQ(form_value(*pairs, "a"), "1");
  EXPECT_EQ(form_value(*pairs, "d"), std::nullopt);
}

TEST(Form, refuses_what_cannot_be_decoded_and_too_many_fields) {
  for (auto const* text : {"a=%", "a=%4", "a=%zz", "%00=1", "a=%00", "a=%ff", "a=\xC3", "%C0%80"}) {
    EXPECT_FALSE(parse_form(text)) << text;
  }
  std::string many;
  for (std::size_t i = 0; i < max_form_pairs; ++i) many += "a=1&";
  EXPECT_TRUE(parse_form(many));
  EXPECT_FALSE(parse_form(many + "a=1"));
}

TEST(Utf8, follows_rfc_3629) {
  for (auto const* good : {"", "a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x8E\xAB", "\xED\x9F\xBF",
                           "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (auto const* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xC3",
                          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

TEST(Cookie, is_found_by_its_whole_name) {
  Request request;
  request.headers = {{"cookie", "a=1; __Host-session=abc=d;b=2 ;c"}};
  EXPECT_EQ(request.cookie("__Host-session"), "abc=d");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("session"), "");
  EXPECT_EQ(request.cookie("c"), "");
}

TEST(Framing, a_head_is_judged_alike_however_it_is_cut) {
  FramingLimits const limits;
  std::string const head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  HeadScanner scanner(limits);
  for (std::size_t length = 1; length < head.size(); ++length) {
    ASSERT_EQ(scanner.scan(head.substr(0, length)), HeadScanner::Verdict::need_more) << length;
  }
  EXPECT_EQ(scanner.scan(head + "GET"), HeadScanner::Verdict::whole);
  EXPECT_EQ(scanner.head_size(), head.size());
}

TEST(Framing, passes_over_one_empty_line_before_a_head_however_it_is_cut) {
  FramingLimits const limits;
  std::string const head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  HeadScanner scanner(limits);
  auto const whole = "\r\n" + head;
  for (std::size_t length = 1; length < whole.size(); ++length) {
    ASSERT_EQ(scanner.scan(whole.substr(0, length)), HeadScanner::Verdict::need_more) << length;
  }
  EXPECT_EQ(scanner.scan(whole), HeadScanner::Verdict::whole);
  EXPECT_EQ(scanner.head_in(whole), head);
  EXPECT_EQ(scanner.head_size(), whole.size());
  HeadScanner twice(limits);
  EXPECT_EQ(twice.scan("\r\n\r\n"), HeadScanner::Verdict::faulty);
}

TEST(Framing, takes_a_target_in_absolute_form_and_its_host_before_the_field) {
  std::vector<std::string> const hosts{"kaiku.example"};
  FramingLimits limits;
  limits.hosts = hosts;
  struct Row {
    std::string target;
    std::string path;
    std::string query;
    std::optional<Problem> fault;
  };
  for (auto const& row : std::vector<Row>{
           {"https://kaiku.example/a?b=c", "/a", "b=c", std::nullopt},
           {"HTTPS://KAIKU.EXAMPLE:8443/a", "/a", "", std::nullopt},
           {"https://kaiku.example", "/", "", std::nullopt},
           {"https://kaiku.example?x", "/", "x", std::nullopt},
           {"https://other.example/a", "/a", "", Problem::unknown_host},
           {"http://kaiku.example/a", "/a", "", Problem::unknown_host},
           {"https://u:p@kaiku.example/a", "", "", Problem::malformed_request},
           {"https:///a", "", "", Problem::malformed_request},
       }) {
    HeadFacts facts;
    auto const head = "GET " + row.target + " HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n";
    EXPECT_EQ(check_head(head, limits, facts), row.fault) << row.target;
    if (row.fault == Problem::malformed_request) continue;
    EXPECT_EQ(facts.path, row.path) << row.target;
    EXPECT_EQ(facts.query, row.query) << row.target;
  }
}

TEST(Framing, takes_what_browsers_leave_unescaped_in_a_query) {
  FramingLimits const limits;
  HeadFacts facts;
  EXPECT_EQ(check_head("GET /a?x=[1]|{2}^`\\ HTTP/1.1\r\nHost: x\r\n\r\n", limits, facts),
            std::nullopt);
  EXPECT_EQ(facts.query, "x=[1]|{2}^`\\");
}

TEST(Chunks, with_extensions_are_read_as_without_them_however_they_are_cut) {
  std::string const text = "5;a\r\nhello\r\n1 ; b = \"c;d\" ;e\r\n!\r\n0;last=1\r\n\r\n";
  ChunkedBody chunks(100);
  std::string body;
  auto verdict = ChunkedBody::Verdict::need_more;
  for (char const c : text) {
    ASSERT_EQ(verdict, ChunkedBody::Verdict::need_more);
    std::size_t used = 0;
    verdict = chunks.take({&c, 1}, used, body);
  }
  EXPECT_EQ(verdict, ChunkedBody::Verdict::whole);
  EXPECT_EQ(body, "hello!");
}

TEST(Chunks, have_so_many_bytes_of_extensions_in_all) {
  auto const judged = [](std::size_t length) {
    ChunkedBody chunks(100);
    std::string body;
    std::size_t used = 0;
    std::string const half(length / 2 - 1, 'a');
    return chunks.take("1;" + half + "\r\nx\r\n1;" + half + "\r\nx\r\n0\r\n\r\n", used, body);
  };
  // The CR of a line with an extension counts with it.
  EXPECT_EQ(judged(ChunkedBody::most_extension_bytes - 2), ChunkedBody::Verdict::whole);
  EXPECT_EQ(judged(ChunkedBody::most_extension_bytes), ChunkedBody::Verdict::malformed);
}

TEST(Framing, the_header_limit_is_exact) {
  FramingLimits limits;
  std::string const head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  limits.header_limit = head.size();
  HeadScanner exact(limits);
  EXPECT_EQ(exact.scan(head + "rest"), HeadScanner::Verdict::whole);
  limits.header_limit = head.size() - 1;
  HeadScanner over(limits);
  EXPECT_EQ(over.scan(head), HeadScanner::Verdict::faulty);
  EXPECT_EQ(over.fault(), Problem::header_too_large);
}

TEST(Framing, the_target_limit_is_exact) {
  FramingLimits limits;
  limits.target_limit = 10;
  auto const judged = [&](std::size_t length) {
    HeadFacts facts;
    return check_head("GET /" + std::string(length - 1, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
                      limits, facts);
  };
  EXPECT_EQ(judged(10), std::nullopt);
  EXPECT_EQ(judged(11), Problem::uri_too_long);
}

TEST(Framing, good_hosts_are_good) {
  for (auto const* host : {"a", "kaiku.example", "kaiku.example:8443", "127.0.0.1:1", "[::1]",
                           "[::1]:65535", "xn--kaik-foa.fi", "a_b"}) {
    EXPECT_TRUE(is_valid_host(host)) << host;
  }
}

class LogLines : public testing::Test {
 protected:
  LogLines()
      : descriptor_(::open(folder_.file("log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)) {}
  ~LogLines() override { ::close(descriptor_); }
  std::vector<std::string> lines() {
    std::ifstream in(folder_.file("log"));
    std::vector<std::string> found;
    for (std::string line; std::getline(in, line);) found.push_back(line);
    return found;
  }
  test::TemporaryFolder folder_;
  int descriptor_;
};

TEST_F(LogLines, stay_one_json_object_whatever_is_thrown_at_them) {
  telemetry::Log log(descriptor_);
  std::string every;
  for (int c = 0; c < 256; ++c) every.push_back(static_cast<char>(c));
  std::vector<std::string> const hostile{every,
                                         "a\nb",
                                         "a\r\nb",
                                         "\"}\n{\"",
                                         "\xE2\x80\xA8",
                                         "\xC2\x85",
                                         std::string(100'000, '\n'),
                                         "\xF0\x9F\x8E"};
  for (auto const& text : hostile) {
    log.write(telemetry::Level::warning, text,
              {{text, text}, {"n", std::int64_t{-5}}, {"b", true}});
  }
  auto const found = lines();
  ASSERT_EQ(found.size(), hostile.size());
  for (auto const& line : found) {
    nlohmann::json json;
    ASSERT_NO_THROW(json = nlohmann::json::parse(line)) << line;
    EXPECT_EQ(json["n"], -5);
    EXPECT_EQ(json["b"], true);
    EXPECT_EQ(json["level"], "warning");
    EXPECT_TRUE(json["time"].get<std::string>().ends_with("Z"));
    EXPECT_LT(line.size(), 10'000U);
  }
}

TEST_F(LogLines, wait_for_each_other_until_somebody_has_to_know) {
  telemetry::Log log(descriptor_, telemetry::Level::info, telemetry::Log::Writing::gathered);
  log.write(telemetry::Level::info, "first", {});
  log.write(telemetry::Level::info, "second", {});
  EXPECT_TRUE(lines().empty());
  log.write(telemetry::Level::warning, "third", {});
  EXPECT_EQ(lines().size(), 3U) << "a warning takes along what waits before it";
  log.write(telemetry::Level::info, "fourth", {});
  log.flush();
  EXPECT_EQ(lines().size(), 4U);
  for (int n = 0; n < 2'000; ++n)
    log.write(telemetry::Level::info, "many", {{"n", std::int64_t{n}}});
  EXPECT_GT(lines().size(), 500U) << "not everything waits for ever";
}

TEST_F(LogLines, below_the_least_level_are_not_written) {
  telemetry::Log log(descriptor_, telemetry::Level::warning);
  log.write(telemetry::Level::info, "request", {});
  EXPECT_TRUE(lines().empty());
}

TEST(MetricsText, has_each_type_once_and_cumulative_buckets) {
  telemetry::Metrics metrics;
  metrics.request_done("/a", 200, 400);
  metrics.request_done("/a", 200, 60'000);
  metrics.request_done("/a", 503, 9'000'000);
  metrics.set("kaiku_writer_queue", 7);
  metrics.add("kaiku_commits_total", 2);
  metrics.add("kaiku_commits_total", 3);
  auto const text = metrics.text();
  for (auto const* line :
       {"kaiku_http_requests_total{route=\"/a\",class=\"2xx\"} 2\n",
        "kaiku_http_requests_total{route=\"/a\",class=\"5xx\"} 1\n",
        "kaiku_http_request_duration_seconds_bucket{route=\"/a\",le=\"0.0005\"} 1\n",
        "kaiku_http_request_duration_seconds_bucket{route=\"/a\",le=\"0.1\"} 2\n",
        "kaiku_http_request_duration_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3\n",
        "kaiku_http_request_duration_seconds_sum{route=\"/a\"} 9.060400\n",
        "kaiku_http_request_duration_seconds_count{route=\"/a\"} 3\n",
        "# TYPE kaiku_writer_queue gauge\nkaiku_writer_queue 7\n",
        "# TYPE kaiku_commits_total counter\nkaiku_commits_total 5\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

}  // namespace
}  // namespace kaiku::http
