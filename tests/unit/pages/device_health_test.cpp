// What is known of how a door device does: what is wrong and what is told go by one number.
#include "server/pages/coordinator/device_health.hpp"

#include <gmock/gmock.h>

#include "server/pages/coordinator/device_facts.hpp"
#include "server/pages/coordinator/device_standing.hpp"

namespace kaiku::pages {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class DeviceHealthOf : public ::testing::Test {
 protected:
  DeviceHealthOf() {
    health_.journal.highest = health_.journal.contiguous_to = 7;
    health_.contact = tables::DeviceContact{now_, std::nullopt, std::nullopt, std::nullopt};
  }
  std::vector<std::string> lines() const {
    return standing_of(contract::Language::fi, {}, health_, now_);
  }
  DeviceFacts facts() const { return facts_of(contract::Language::fi, health_, now_); }

  Instant now_{1'796'041'000LL * second_us};
  DeviceHealth health_;
};

TEST_F(DeviceHealthOf, a_certificate_is_over_at_its_last_moment_wherever_it_is_told) {
  EXPECT_FALSE(health_.has_certificate_over(now_)) << "none is known";
  health_.contact->certificate_until = now_ + 1;
  EXPECT_FALSE(health_.has_certificate_over(now_));
  EXPECT_THAT(facts().certificate, HasSubstr("Voimassa "));
  EXPECT_THAT(lines(), ElementsAre("Kaikki on saapunut"));
  health_.contact->certificate_until = now_;
  EXPECT_TRUE(health_.has_certificate_over(now_));
  EXPECT_THAT(facts().certificate, Not(HasSubstr("Voimassa ")));
  EXPECT_THAT(lines(), Not(ElementsAre("Kaikki on saapunut")));
}

TEST_F(DeviceHealthOf, data_has_an_age_that_is_never_below_zero) {
  EXPECT_EQ(health_.data_age_us(now_), std::nullopt);
  EXPECT_EQ(facts().data_age, "Ei tiedossa");
  health_.contact->cards_at = now_ + hour_us;
  EXPECT_EQ(health_.data_age_us(now_), 0);
  health_.contact->cards_at = now_ + -3 * hour_us;
  EXPECT_EQ(health_.data_age_us(now_), 3 * hour_us);
  EXPECT_EQ(facts().data_age, "3 h");
}

TEST_F(DeviceHealthOf, the_last_upload_tells_of_a_device_whose_contacts_nobody_kept) {
  health_.journal.last_upload_at = now_ + -day_us;
  EXPECT_EQ(health_.last_heard_at(), now_);
  health_.contact.reset();
  EXPECT_EQ(health_.last_heard_at(), now_ + -day_us);
  health_.journal.last_upload_at.reset();
  EXPECT_EQ(health_.last_heard_at(), std::nullopt);
}

}  // namespace
}  // namespace kaiku::pages
