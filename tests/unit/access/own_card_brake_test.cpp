// The limits of a holder's own card: a code's day is longer than a network's hour.
#include <gtest/gtest.h>

#include "server/access/identity/brakes.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

class OwnCardBrakes : public ::testing::Test {
 protected:
  std::vector<Counted> try_of(std::string_view network, std::string_view code) const {
    return {{Brake::own_card_network, brake_key({network})},
            {Brake::own_card_code, brake_key({code})}};
  }
  int missed(std::string_view network, std::string_view code) {
    auto begun = brakes_.begin(try_of(network, code));
    if (!begun) return begun.error().retry_after_s.value_or(-1);
    begun->missed();
    return 0;
  }
  test::HandClock clock_;
  Brakes brakes_{clock_};
};

TEST_F(OwnCardBrakes, five_misses_of_a_code_hold_it_for_a_day_wherever_they_come_from) {
  for (int n = 0; n < 5; ++n) ASSERT_EQ(missed("net" + std::to_string(n), "card"), 0);
  EXPECT_EQ(missed("another", "card"), 24 * 3600);
  EXPECT_EQ(missed("another", "other card"), 0);
  clock_.advance(23 * hour_us);
  EXPECT_EQ(missed("another", "card"), 3600);
  clock_.advance(hour_us);
  EXPECT_EQ(missed("another", "card"), 0);
}

TEST_F(OwnCardBrakes, ten_misses_of_a_network_hold_it_for_an_hour_whatever_the_codes) {
  for (int n = 0; n < 10; ++n) ASSERT_EQ(missed("net", "card" + std::to_string(n)), 0);
  EXPECT_EQ(missed("net", "one more"), 3600);
  EXPECT_EQ(missed("other net", "one more"), 0);
  clock_.advance(hour_us);
  EXPECT_EQ(missed("net", "one more"), 0);
}

TEST_F(OwnCardBrakes, what_fits_is_no_guess) {
  for (int n = 0; n < 30; ++n) ASSERT_TRUE(brakes_.begin(try_of("net", "card"))) << n;
}

}  // namespace
}  // namespace kaiku::access
