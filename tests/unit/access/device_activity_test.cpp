#include "server/access/identity/device_activity.hpp"

#include <gtest/gtest.h>

#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

class DeviceContacts : public IdentityTest {
 protected:
  std::optional<tables::DeviceContact> contact(DeviceActivity const& activity) {
    return write([&](ledger::WriteTx& tx) { return activity.contact_of(tx, device_); });
  }
  void flush(DeviceActivity& activity) {
    write([&](ledger::WriteTx& tx) { activity.flush(tx); });
  }
  Instant now() { return database_.clock.now(); }

  DeviceId device_{7};
  DeviceActivity seen_;
};

TEST_F(DeviceContacts, are_known_at_once_and_over_a_restart_by_the_flush) {
  EXPECT_FALSE(contact(seen_));
  auto const until = now() + 30 * day_us;
  seen_.heard(device_, now(), until);
  EXPECT_EQ(contact(seen_)->heard_at, now());
  EXPECT_FALSE(contact(DeviceActivity())) << "nothing is written before the minute is over";
  flush(seen_);
  EXPECT_EQ(contact(seen_)->heard_at, now());
  auto const after = contact(DeviceActivity());
  ASSERT_TRUE(after);
  EXPECT_EQ(after->heard_at, now());
  EXPECT_EQ(after->certificate_until, until);
}

TEST_F(DeviceContacts, keep_what_a_later_one_does_not_say) {
  seen_.heard(device_, now(), now() + day_us);
  seen_.has_cards(device_, now());
  seen_.told(device_, {now(), 3, -2 * second_us});
  flush(seen_);
  flush(seen_);
  auto const then = now();
  database_.clock.advance(hour_us);
  seen_.heard(device_, now(), std::nullopt);
  flush(seen_);
  auto const known = contact(DeviceActivity());
  ASSERT_TRUE(known && known->told);
  EXPECT_EQ(known->heard_at, now());
  EXPECT_EQ(known->cards_at, then);
  EXPECT_EQ(known->told->at, then);
  EXPECT_EQ(known->told->unsent, 3);
  EXPECT_EQ(known->told->clock_difference_us, -2 * second_us);
  EXPECT_FALSE(known->certificate_until) << "it signs its requests now";
}

// What is in memory and what the table says are merged by the same rule.
TEST_F(DeviceContacts, of_a_clock_that_was_set_back_stay_at_the_later_moment) {
  auto const then = now();
  seen_.heard(device_, then, std::nullopt);
  seen_.has_cards(device_, then);
  flush(seen_);
  DeviceActivity later;
  later.heard(device_, then + -hour_us, then + day_us);
  EXPECT_EQ(contact(later)->heard_at, then);
  flush(later);
  for (auto const& known : {contact(later), contact(DeviceActivity())}) {
    ASSERT_TRUE(known);
    EXPECT_EQ(known->heard_at, then);
    EXPECT_EQ(known->cards_at, then);
    EXPECT_EQ(known->certificate_until, then + day_us);
  }
}

// The writer may flush between the two halves of one request.
TEST_F(DeviceContacts, are_whole_though_a_flush_comes_in_between) {
  auto const until = now() + day_us;
  seen_.heard(device_, now(), until);
  flush(seen_);
  seen_.has_cards(device_, now());
  flush(seen_);
  auto const known = contact(DeviceActivity());
  ASSERT_TRUE(known);
  EXPECT_EQ(known->certificate_until, until);
  EXPECT_EQ(known->cards_at, now());
}

TEST_F(DeviceContacts, leave_other_devices_alone) {
  seen_.heard(device_, now(), std::nullopt);
  flush(seen_);
  write([&](ledger::WriteTx& tx) { EXPECT_FALSE(seen_.contact_of(tx, DeviceId{8})); });
}

}  // namespace
}  // namespace kaiku::access
