// Who may hold how many connections.
#include "server/http/places.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kaiku::http {
namespace {

PlaceSettings const hundred{.connections = 100};

// As many places as there are for `address`, kept in `held`.
std::size_t take_all(Places& places, Listener listener, std::string const& address,
                     std::vector<Places::Place>& held) {
  std::size_t count = 0;
  while (auto place = places.take(listener, address)) {
    held.push_back(*std::move(place));
    ++count;
  }
  return count;
}

TEST(Places, one_address_and_one_64_have_a_share_of_each_listener) {
  for (std::string const address : {"192.0.2.1", "2001:db8::1"}) {
    Places places(hundred);
    std::vector<Places::Place> held;
    EXPECT_EQ(take_all(places, Listener::everybody, address, held), 9U) << "12 % of 75";
    EXPECT_EQ(take_all(places, Listener::device, address, held), 1U) << "12 % of 10";
  }
}

TEST(Places, of_a_proxy_are_nobodys_share) {
  auto settings = hundred;
  settings.is_proxy = [](std::string_view peer) { return peer == "10.0.0.5"; };
  Places places(settings);
  std::vector<Places::Place> held;
  auto first = places.take(Listener::everybody, "10.0.0.5");
  first->know();  // somebody behind it has signed in: the others are strangers all the same
  EXPECT_EQ(take_all(places, Listener::everybody, "10.0.0.5", held), 74U);
  EXPECT_EQ(take_all(places, Listener::everybody, "192.0.2.1", held), 0U);
}

TEST(Places, count_an_ipv6_network_by_its_first_64_bits) {
  EXPECT_EQ(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:1:ffff:ffff:ffff:ffff"));
  EXPECT_NE(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:2::1"));
  EXPECT_EQ(network_of("::ffff:192.0.2.1"), network_of("192.0.2.1"));
  EXPECT_NE(network_of("192.0.2.1"), network_of("192.0.2.2"));
  EXPECT_EQ(network_of("nowhere"), std::nullopt);
}

TEST(Places, of_doors_and_of_the_known_stay_free_whatever_strangers_take) {
  Places places(hundred);
  std::vector<Places::Place> held;
  auto known = places.take(Listener::everybody, "198.51.100.1");
  ASSERT_TRUE(known);
  known->know();
  for (int n = 1; n < 40; ++n) {
    take_all(places, Listener::everybody, "192.0.2." + std::to_string(n), held);
  }
  EXPECT_EQ(held.size(), 74U) << "the known one has a place of theirs";
  EXPECT_FALSE(places.take(Listener::everybody, "203.0.113.1"));
  EXPECT_TRUE(places.take(Listener::device, "203.0.113.1"));
  EXPECT_TRUE(places.take(Listener::everybody, "198.51.100.1"));
}

TEST(Places, of_a_known_network_are_bounded_too) {
  Places places(hundred);
  std::vector<Places::Place> held;
  auto first = places.take(Listener::everybody, "198.51.100.1");
  first->know();
  EXPECT_EQ(take_all(places, Listener::everybody, "198.51.100.1", held), 11U) << "12 % of 100";
}

TEST(Places, are_given_back) {
  Places places(hundred);
  for (int round = 0; round < 3; ++round) {
    std::vector<Places::Place> held;
    EXPECT_EQ(take_all(places, Listener::everybody, "192.0.2.1", held), 9U);
  }
}

TEST(Places, remember_so_many_networks_and_forget_the_longest_unheard_of) {
  Places places(
      {.connections = 10, .strangers_percent = 10, .devices_percent = 10, .network_percent = 100});
  auto const know = [&](std::string const& address) {
    auto place = places.take(Listener::everybody, address);
    ASSERT_TRUE(place) << address;
    place->know();
  };
  know("198.51.100.1");
  auto const address = [](std::size_t n) {
    return "10.0." + std::to_string(n / 256) + "." + std::to_string(n % 256);
  };
  for (std::size_t n = 0; n < Places::most_known; ++n) know(address(n));
  auto const stranger = places.take(Listener::everybody, "203.0.113.1");
  ASSERT_TRUE(stranger) << "the one place of strangers";
  EXPECT_FALSE(places.take(Listener::everybody, "198.51.100.1"));
  EXPECT_TRUE(places.take(Listener::everybody, address(Places::most_known - 1)));
}

}  // namespace
}  // namespace kaiku::http
