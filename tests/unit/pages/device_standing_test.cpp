// How a door device does, in words: the worst first, and an idle one is well.
#include "server/pages/coordinator/device_standing.hpp"

#include <gmock/gmock.h>

#include "server/pages/coordinator/device_facts.hpp"

namespace kaiku::pages {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class DeviceStanding : public ::testing::Test {
 protected:
  // On, with nobody at the door for a month.
  DeviceStanding() {
    health_.journal.highest = health_.journal.contiguous_to = 118;
    health_.journal.last_upload_at = now_ + -30 * day_us;
    health_.contact =
        tables::DeviceContact{now_ + -10 * second_us, now_ + 20 * day_us, now_ + -40 * second_us,
                              tables::DeviceTold{now_ + -10 * second_us, 0, 0}};
  }
  std::vector<std::string> lines() const {
    return standing_of(contract::Language::fi, device_, health_, now_);
  }
  DeviceFacts facts() const { return facts_of(contract::Language::fi, health_, now_); }

  Instant now_{1'796'041'000LL * second_us};
  tables::Device device_;
  DeviceHealth health_;
};

TEST_F(DeviceStanding, of_an_idle_door_is_good) {
  EXPECT_THAT(lines(), ElementsAre("Kaikki on saapunut"));
  EXPECT_EQ(facts().data_age, "Alle minuutti");
  EXPECT_EQ(facts().unsent, "0");
  EXPECT_EQ(facts().clock, "Alle minuutti");
  EXPECT_THAT(facts().certificate, HasSubstr("Voimassa "));
  EXPECT_EQ(facts().gap, "Ei mitään");
}

TEST_F(DeviceStanding, of_one_that_was_never_heard_says_so_and_no_more) {
  health_ = {};
  EXPECT_THAT(lines(), ElementsAre("Ei vielä merkintöjä"));
  EXPECT_EQ(facts().last_contact, "Ei vielä");
  EXPECT_EQ(facts().clock, "Ei tiedossa");
}

TEST_F(DeviceStanding, of_one_that_is_off_is_told_after_a_week) {
  health_.contact->heard_at = now_ + -6 * day_us;
  EXPECT_THAT(lines(), ElementsAre("Kaikki on saapunut"));
  health_.contact->heard_at = now_ + -8 * day_us;
  EXPECT_THAT(lines(), ElementsAre(HasSubstr("Laite voi olla pois päältä.")));
}

TEST_F(DeviceStanding, tells_of_what_waits_in_a_device_that_is_off) {
  health_.contact->told->unsent = 4;
  EXPECT_THAT(lines(), ElementsAre("Kaikki on saapunut")) << "it is on its way";
  health_.contact->heard_at = now_ + -2 * hour_us;
  EXPECT_THAT(lines(), ElementsAre(HasSubstr("Lähettämättä 4, ")));
}

TEST_F(DeviceStanding, tells_of_clock_data_and_certificate) {
  health_.contact->told->clock_difference_us = -12 * minute_us;
  health_.contact->cards_at = now_ + -50 * hour_us;
  health_.contact->certificate_until = now_ + -day_us;
  EXPECT_THAT(lines(),
              ElementsAre(HasSubstr("Varmenne päättyi "), "Laitteen kello on 12 min edellä",
                          "Korttien tiedot ovat vanhoja: 2 pv"));
  EXPECT_THAT(facts().certificate, HasSubstr("Päättyi "));
  EXPECT_EQ(facts().clock, "12 min edellä");
  health_.contact->told->clock_difference_us = 3 * hour_us;
  EXPECT_EQ(facts().clock, "3 h jäljessä");
  health_.contact->certificate_until.reset();
  EXPECT_THAT(facts().certificate, HasSubstr("Ei tarvita"));
  device_.revoked_at = now_;
  EXPECT_THAT(lines(), SizeIs(1)) << "nobody mends a device that is taken out of use";
}

TEST_F(DeviceStanding, puts_the_worst_first) {
  health_.journal.quarantined = health_.journal.forks = 2;
  health_.journal.gap_since = now_;
  health_.journal.resumed_at = now_ + -day_us;
  health_.journal.resumed_why = contract::Resumed::Why::doubled;
  EXPECT_THAT(lines(), ElementsAre(HasSubstr("kaksoiskappale"), HasSubstr("puuttuu välistä"),
                                   HasSubstr("Karanteenissa")));
  health_.journal.resumed_at = now_ + -60 * day_us;
  EXPECT_THAT(lines().front(), HasSubstr("puuttuu välistä")) << "that is old news";
}

}  // namespace
}  // namespace kaiku::pages
