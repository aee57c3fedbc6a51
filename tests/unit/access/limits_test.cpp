#include "server/access/identity/limits.hpp"

#include <gtest/gtest.h>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

using test::HandClock;

domain::Caller caller(domain::Role role, std::int64_t id) {
  domain::Caller made;
  made.role = role;
  auto const kind = role == domain::Role::agent    ? domain::ActorKind::api_key
                    : role == domain::Role::device ? domain::ActorKind::device
                                                   : domain::ActorKind::account;
  made.actor = {kind, id};
  return made;
}

class Guesses : public ::testing::Test {
 protected:
  void miss(domain::Caller const& who, int times, VenueId venue = VenueId{1}) {
    for (int i = 0; i < times; ++i) limits_.missed(who, venue);
  }
  HandClock clock_;
  GuessLimits limits_{clock_};
  domain::Caller device_ = caller(domain::Role::device, 7);
};

TEST_F(Guesses, thirty_misses_an_hour_stop_typed_codes) {
  miss(device_, 29);
  EXPECT_TRUE(limits_.may_type(device_, VenueId{1}));
  miss(device_, 1);
  auto const refused = limits_.may_type(device_, VenueId{1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::too_many_requests);
  EXPECT_EQ(refused.error().retry_after_s, 3600);
}

TEST_F(Guesses, the_hour_slides) {
  miss(device_, 15);
  clock_.advance(30 * minute_us);
  miss(device_, 15);
  EXPECT_EQ(limits_.may_type(device_, VenueId{1}).error().retry_after_s, 1800);
  clock_.advance(30 * minute_us);
  EXPECT_TRUE(limits_.may_type(device_, VenueId{1}));
  miss(device_, 15);
  EXPECT_FALSE(limits_.may_type(device_, VenueId{1}));
}

TEST_F(Guesses, others_are_not_held_up) {
  miss(device_, 30);
  EXPECT_TRUE(limits_.may_type(caller(domain::Role::device, 8), VenueId{1}));
  EXPECT_TRUE(limits_.may_type(caller(domain::Role::venue_staff, 7), VenueId{1}));
  EXPECT_FALSE(limits_.may_type(device_, VenueId{2}));  // a device counts as one, whatever it names
}

TEST_F(Guesses, of_an_agent_count_for_each_venue) {
  auto const agent = caller(domain::Role::agent, 3);
  miss(agent, 30, VenueId{1});
  EXPECT_FALSE(limits_.may_type(agent, VenueId{1}));
  EXPECT_TRUE(limits_.may_type(agent, VenueId{2}));
}

TEST_F(Guesses, memory_is_bounded_and_keeps_who_guesses_most) {
  GuessLimits small(clock_, 10);
  for (int i = 0; i < 30; ++i) small.missed(device_, VenueId{1});
  for (std::int64_t id = 100; id < 200; ++id) {
    small.missed(caller(domain::Role::device, id), VenueId{1});
  }
  EXPECT_FALSE(small.may_type(device_, VenueId{1}));
}

class Logins : public ::testing::Test {
 protected:
  // How long the n-th try has to wait; 0: it was admitted.
  int try_once(std::string_view name, std::string_view peer) {
    auto const admitted = delays_.admit(name, peer);
    return admitted ? 0 : admitted.error().retry_after_s.value_or(-1);
  }
  HandClock clock_;
  LoginDelays delays_{clock_};
};

TEST_F(Logins, ten_tries_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour) {
  for (int i = 0; i < 10; ++i) ASSERT_EQ(try_once("maija", "192.0.2.1"), 0);
  for (int const wait : {2, 4, 8, 16, 32, 64}) {
    EXPECT_EQ(try_once("maija", "192.0.2.1"), wait);
    clock_.advance(wait * second_us);
    EXPECT_EQ(try_once("maija", "192.0.2.1"), 0) << wait;
  }
  int longest = 0;
  for (int i = 0; i < 30; ++i) {
    auto const wait = try_once("maija", "192.0.2.1");
    longest = std::max(longest, wait);
    clock_.advance(wait * second_us);
    EXPECT_EQ(try_once("maija", "192.0.2.1"), 0);  // never a lock
  }
  EXPECT_LE(longest, 900);
  EXPECT_GE(longest, 256);
}

TEST_F(Logins, an_account_waits_whatever_the_network_and_a_network_whatever_the_account) {
  for (int i = 0; i < 10; ++i) try_once("maija", "198.51." + std::to_string(i) + ".1");
  EXPECT_GT(try_once("Maija", "203.0.113.9"), 0);
  EXPECT_EQ(try_once("pekka", "203.0.113.9"), 0);
  for (int i = 0; i < 9; ++i) try_once("name" + std::to_string(i), "203.0.113.9");
  EXPECT_GT(try_once("somebody", "203.0.113.77"), 0);
  EXPECT_EQ(try_once("somebody", "203.0.112.77"), 0);
}

TEST_F(Logins, waiting_tries_are_not_counted) {
  for (int i = 0; i < 10; ++i) try_once("maija", "192.0.2.1");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(try_once("maija", "192.0.2.1"), 2);
}

TEST_F(Logins, a_right_password_starts_the_account_anew_but_not_the_network) {
  for (int i = 0; i < 10; ++i) try_once("maija", "192.0.2." + std::to_string(i));
  clock_.advance(2 * second_us);
  ASSERT_EQ(try_once("maija", "192.0.2.1"), 0);
  delays_.succeeded("maija", "192.0.2.1");
  EXPECT_EQ(try_once("maija", "198.51.100.1"), 0);
  clock_.advance(2 * second_us);
  EXPECT_EQ(try_once("pekka", "192.0.2.1"), 0);
  EXPECT_GT(try_once("pekka", "192.0.2.1"), 0);  // ten tries of this network still stand
}

TEST_F(Logins, tries_are_forgiven_by_and_by) {
  for (int i = 0; i < 10; ++i) try_once("maija", "192.0.2.1");
  clock_.advance(LoginDelays::forgiveness_us * 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_once("maija", "192.0.2.1"), 0);
  EXPECT_GT(try_once("maija", "192.0.2.1"), 0);
}

TEST_F(Logins, memory_is_bounded) {
  LoginDelays small(clock_, 100);
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_TRUE(small.admit("n" + std::to_string(i), "10." + std::to_string(i / 250) + "." +
                                                         std::to_string(i % 250) + ".1"));
  }
}

TEST(NetworkOf, is_the_24_of_ipv4_and_the_64_of_ipv6) {
  EXPECT_EQ(network_of("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("::ffff:192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2:bbbb::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(network_of("nonsense"), "nonsense");
}

}  // namespace
}  // namespace kaiku::access
