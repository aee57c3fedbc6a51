// Where a request comes from, and what counts as one network.
#include "server/access/call/client_address.hpp"

#include <gtest/gtest.h>

namespace kaiku::access {
namespace {

std::string network(std::string_view address) {
  return domain::network_of(domain::address_from(address).value()).text();
}
std::string wide(std::string_view address) {
  return domain::wide_network_of(domain::address_from(address).value()).text();
}

TEST(NetworkOf, is_the_24_of_ipv4_and_the_64_of_ipv6_with_a_48_above_it) {
  EXPECT_EQ(network("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network("::ffff:192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(wide("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(network("2001:db8:1:2:bbbb::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(wide("2001:db8:1:2:bbbb::9"), "2001:db8:1::/48");
  EXPECT_EQ(network("fe80::1%eth0"), "fe80::/64");
}

TEST(NetworkFrom, takes_addresses_and_prefixes_and_nothing_ambiguous) {
  for (auto const* good : {"10.0.0.0/8", "192.0.2.7/32", "::1/128", "2001:db8::/32", "0.0.0.0/0"}) {
    EXPECT_EQ(domain::network_from(good).value().text(), good);
  }
  EXPECT_TRUE(domain::network_from("127.0.0.1"));
  for (auto const* bad : {"", "localhost", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1",
                          "10.0.0.0/8 ", "::/129", "10.0.0/8"}) {
    EXPECT_FALSE(domain::network_from(bad)) << bad;
  }
}

class ClientAddress : public ::testing::Test {
 protected:
  std::string of(std::string const& peer,
                 std::vector<std::pair<std::string, std::string>> const& headers) {
    http::Request request;
    request.peer = peer;
    request.headers = headers;
    return client_address(request, proxies_).text();
  }
  void trust(std::vector<std::string> const& networks) {
    for (auto const& one : networks) {
      proxies_.trusted.push_back(domain::network_from(one).value());
    }
  }
  Proxies proxies_;
};

TEST_F(ClientAddress, is_the_peer_whatever_headers_say_when_no_proxy_is_trusted) {
  EXPECT_EQ(of("192.0.2.1", {{"x-forwarded-for", "198.51.100.7"}, {"forwarded", "for=1.2.3.4"}}),
            "192.0.2.1");
  trust({"10.0.0.0/8"});
  EXPECT_EQ(of("192.0.2.1", {{"x-forwarded-for", "198.51.100.7"}}), "192.0.2.1");
}

TEST_F(ClientAddress, behind_trusted_proxies_is_the_rightmost_that_is_none_of_them) {
  trust({"10.0.0.0/8", "2001:db8:ff::/48"});
  EXPECT_EQ(of("10.0.0.1", {{"x-forwarded-for", "198.51.100.7"}}), "198.51.100.7");
  EXPECT_EQ(of("10.0.0.1", {{"x-forwarded-for", "6.6.6.6, 198.51.100.7, 10.2.3.4"}}),
            "198.51.100.7");
  EXPECT_EQ(of("2001:db8:ff::1", {{"x-forwarded-for", "6.6.6.6"},
                                  {"x-forwarded-for", "[2001:db8::5]:4711,10.0.0.9:80"}}),
            "2001:db8::5");
  EXPECT_EQ(of("10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(of("10.0.0.1", {{"x-forwarded-for", "10.0.0.3"}}), "10.0.0.3");
  // What is no address was not seen by the proxy that wrote it; nothing left of it is believed.
  EXPECT_EQ(of("10.0.0.1", {{"x-forwarded-for", "6.6.6.6, unknown"}}), "10.0.0.1");
}

TEST_F(ClientAddress, comes_from_the_one_header_that_the_proxies_write) {
  trust({"10.0.0.0/8"});
  EXPECT_EQ(of("10.0.0.1", {{"forwarded", "for=6.6.6.6"}, {"x-forwarded-for", "198.51.100.7"}}),
            "198.51.100.7");
  proxies_.header = ForwardingHeader::forwarded;
  EXPECT_EQ(of("10.0.0.1", {{"forwarded", "for=6.6.6.6, For=\"[2001:db8::5]:4711\";proto=https"},
                            {"x-forwarded-for", "198.51.100.7"}}),
            "2001:db8::5");
  EXPECT_EQ(of("10.0.0.1", {{"forwarded", "proto=https;by=10.0.0.1"}}), "10.0.0.1");
}

}  // namespace
}  // namespace kaiku::access
