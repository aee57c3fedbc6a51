// Who may read the metrics.
#include "server/access/call/metrics_readers.hpp"

#include <gtest/gtest.h>

#include "schema/crypto/crypto.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

class MetricsReading : public IdentityTest {
 protected:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  bool may(std::string const& peer, Headers headers = {}) {
    http::Request request;
    request.peer = peer;
    request.headers = std::move(headers);
    std::vector<std::string> const none;
    return may_read_metrics(Call(request, none, services_)).has_value();
  }
  static domain::Network network(char const* text) { return domain::network_from(text).value(); }
};

TEST_F(MetricsReading, is_for_this_machine_alone_when_nothing_is_configured) {
  EXPECT_TRUE(may("127.0.0.1"));
  EXPECT_TRUE(may("127.8.0.1"));
  EXPECT_TRUE(may("::1"));
  EXPECT_FALSE(may("192.0.2.1"));
  EXPECT_FALSE(may("2001:db8::1"));
  EXPECT_FALSE(may("192.0.2.1", {{"x-forwarded-for", "127.0.0.1"}}));
  EXPECT_FALSE(may("192.0.2.1", {{"authorization", "Bearer "}}));
}

TEST_F(MetricsReading, is_not_what_a_proxy_on_this_machine_brings) {
  for (auto const* name : {"x-forwarded-for", "forwarded", "via"}) {
    EXPECT_FALSE(may("127.0.0.1", {{name, "192.0.2.1"}})) << name;
  }
  site_.proxies.trusted = {network("127.0.0.0/8")};
  EXPECT_FALSE(may("127.0.0.1", {{"x-forwarded-for", "192.0.2.1"}}));
}

TEST_F(MetricsReading, is_for_a_configured_network_through_a_proxy_too) {
  site_.metrics_readers.networks = {network("10.1.0.0/16")};
  EXPECT_TRUE(may("10.1.2.3"));
  EXPECT_FALSE(may("10.2.2.3"));
  EXPECT_FALSE(may("192.0.2.1", {{"x-forwarded-for", "10.1.2.3"}})) << "nobody's word";
  site_.proxies.trusted = {network("127.0.0.0/8")};
  EXPECT_TRUE(may("127.0.0.1", {{"x-forwarded-for", "10.1.2.3"}}));
}

TEST_F(MetricsReading, is_for_whoever_shows_the_token) {
  site_.metrics_readers.token_hash = crypto::sha256(bytes_of("a long enough secret"));
  EXPECT_TRUE(may("192.0.2.1", {{"authorization", "Bearer a long enough secret"}}));
  EXPECT_TRUE(may("192.0.2.1", {{"authorization", "bearer   a long enough secret"}}));
  EXPECT_FALSE(may("192.0.2.1", {{"authorization", "Bearer a long enough secre"}}));
  EXPECT_FALSE(may("192.0.2.1", {{"authorization", "Basic a long enough secret"}}));
  EXPECT_FALSE(may("192.0.2.1"));
}

}  // namespace
}  // namespace kaiku::access
