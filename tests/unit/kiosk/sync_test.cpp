#include "kiosk/sync/sync.hpp"

#include "kiosk/device/store.hpp"
#include "kiosk/link/certificates.hpp"
#include "tests/unit/kiosk/sync_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using contract::EntryStanding;
using kiosk::Trouble;

using SyncRound = SyncTest;
using SyncRetries = SyncTest;
using SyncTrouble = SyncTest;

TEST_F(SyncRound, brings_the_venue_then_the_journal_then_the_cards) {
  give(1);
  sync_->step();
  EXPECT_EQ(server_.seen, (std::vector<std::string>{venue_route, journal_route, cards_route}));
  EXPECT_TRUE(contact_.online());
  EXPECT_EQ(journal_.unacknowledged(), 0);
  EXPECT_TRUE(contact_.standing().last_sync.has_value());
  EXPECT_NE(snapshots_.view().cards, nullptr);
}

TEST_F(SyncRound, measures_the_clock_half_way_between_question_and_answer) {
  server_ahead_us = 3 * second_us;
  server_.round_trip_us = 400'000;
  sync_->step();
  // The server reads its clock when the exchange has already passed on this clock.
  EXPECT_EQ(clock_.difference_us(), 3 * second_us + 200'000);
  EXPECT_EQ(kiosk::integer_setting(database_, "clock_difference_us"), 3 * second_us + 200'000);
}

TEST_F(SyncRound, says_of_the_device_what_its_clock_is_and_what_waits) {
  give(2);
  auto const clock_s = std::to_string(hand_.now().us / second_us);
  sync_->step();
  ASSERT_FALSE(server_.said.empty());
  EXPECT_EQ(server_.said.front(), "clock=" + clock_s + "; unsent=2");
  hand_.pass(kiosk::venue_every_us);
  sync_->step();
  EXPECT_TRUE(server_.said.back().ends_with("; unsent=0")) << server_.said.back();
}

TEST_F(SyncRound, rests_until_something_is_due_and_asks_nothing_before) {
  sync_->step();
  auto const asked = server_.seen.size();
  auto const rest_us = sync_->step();
  EXPECT_EQ(server_.seen.size(), asked);
  EXPECT_GT(rest_us, 10 * second_us);
  EXPECT_LE(rest_us, kiosk::venue_every_us);
  hand_.pass(rest_us);
  sync_->step();
  EXPECT_EQ(server_.count(venue_route), 2U);
}

TEST_F(SyncRound, asks_for_what_changed_since_what_it_has) {
  sync_->step();
  hand_.pass(kiosk::cards_every_us);
  sync_->step();
  EXPECT_EQ(server_.seen.back(), std::string(cards_route) + "?epoch=1&since=1000");
  EXPECT_EQ(snapshots_.view().cards_as_of, clock_.server_time()) << "304: current as of now";
}

TEST_F(SyncRound, asks_for_everything_when_a_delta_does_not_fit) {
  sync_->step();
  deltas = {maker_.sign(maker_.delta(900, 1'100))};
  hand_.pass(kiosk::cards_every_us);
  sync_->step();
  EXPECT_EQ(server_.seen.back(), cards_route);
  EXPECT_EQ(snapshots_.fault(), "");
}

TEST_F(SyncRound, asks_for_everything_when_it_holds_more_than_the_server) {
  sync_->step();
  server_.refuse(cards_route, 422, "validation-failed");
  server_.once.insert(cards_route);
  hand_.pass(kiosk::cards_every_us);
  sync_->step();
  EXPECT_EQ(server_.seen.back(), cards_route) << "without numbers";
  EXPECT_TRUE(contact_.online());
}

TEST_F(SyncRound, forgets_old_uses_and_not_by_a_clock_that_runs_ahead) {
  auto const give_on = [&](Day day) {
    contract::Outcome outcome;
    outcome.of = journal_.append_attempt(clock_.stamp(), contract::Attempt{}, "X");
    outcome.answer = contract::Answer::ok;
    kiosk::GivenUse use;
    use.card = {1};
    use.day = day;
    use.at = start_of(day) + hour_us;
    use.tickets = {.adult = 1};
    journal_.append_outcome(clock_.stamp(), outcome, false, use);
  };
  auto const today = helsinki_day(hand_.now());
  give_on(today);
  give_on(today + -3);
  auto const tickets_on = [&](Day day) { return journal_.own_count_on(day).tickets; };
  server_ahead_us = 20 * day_us;
  sync_->step();
  EXPECT_EQ(tickets_on(today), 1) << "the server's clock alone runs ahead";
  EXPECT_EQ(tickets_on(today + -3), 0);
  server_ahead_us = 0;
  hand_.pass(3 * day_us);
  sync_->step();
  EXPECT_EQ(tickets_on(today), 0);
}

TEST_F(SyncRound, stays_online_with_a_part_that_it_refuses_and_says_why) {
  maker_.snapshot_key = ed25519_key(99);
  sync_->step();
  EXPECT_TRUE(contact_.online()) << "the server answers; only its snapshot is not believed";
  EXPECT_FALSE(contact_.standing().last_failure.empty());
  EXPECT_FALSE(sync_->run_to_end(3));
}

TEST_F(SyncRound, run_to_end_tells_everything_at_once) {
  give(600);
  EXPECT_TRUE(sync_->run_to_end(20));
  EXPECT_EQ(journal_.unacknowledged(), 0);
  server_.cut = true;
  give(1);
  EXPECT_FALSE(sync_->run_to_end(20));
}

TEST_F(SyncRetries, back_off_to_eight_seconds_and_are_visible) {
  server_.cut = true;
  std::vector<std::int64_t> began;
  for (int tried = 0; tried < 8; ++tried) {
    began.push_back(hand_.monotonic);
    auto const rest_us = sync_->step();
    EXPECT_EQ(contact_.standing().failed_tries, tried + 1);
    EXPECT_EQ(contact_.standing().next_try_us, hand_.monotonic + rest_us);
    hand_.pass(rest_us);
  }
  auto const first = began[1] - began[0];
  EXPECT_LT(first, 6 * second_us);
  auto const last = began[7] - began[6];
  EXPECT_GE(last, 6 * second_us) << "8 s less 20 %";
  EXPECT_LE(last, 8 * second_us) << "a door is back within 10 s";
  EXPECT_EQ(server_.count(venue_route), 8U) << "one probe a try";
}

TEST_F(SyncRetries, of_a_refusing_server_start_after_a_second) {
  server_.refuse(venue_route, 503, "overloaded");
  auto const rest_us = sync_->step();
  EXPECT_GE(rest_us, 800'000);
  EXPECT_LE(rest_us, 1'200'000);
  EXPECT_FALSE(contact_.online());
  sync_->step();
  EXPECT_EQ(server_.seen.size(), 1U) << "being woken does not shorten the wait";
}

TEST_F(SyncRetries, begin_anew_after_a_good_round) {
  server_.cut = true;
  for (int tried = 0; tried < 6; ++tried) hand_.pass(sync_->step());
  server_.cut = false;
  sync_->step();
  EXPECT_TRUE(contact_.online());
  server_.refuse(venue_route, 503, "overloaded");
  hand_.pass(kiosk::venue_every_us);
  EXPECT_LE(sync_->step(), 1'200'000);
}

TEST_F(SyncRetries, follow_the_doors_loss_after_a_moment) {
  sync_->step();
  contact_.lost("the door got no answer in time");
  auto const rest_us = sync_->step();
  EXPECT_EQ(server_.count(venue_route), 1U) << "a server that lets the door down is given time";
  EXPECT_LE(rest_us, 1'200'000);
  hand_.pass(rest_us);
  sync_->step();
  EXPECT_TRUE(contact_.online());
}

TEST_F(SyncRetries, do_not_overrule_a_loss_of_the_door_during_the_same_round) {
  sync_->step();
  hand_.pass(kiosk::cards_every_us);
  server_.meanwhile = [&](auto const& route) {
    if (route == venue_route) contact_.lost("the door got no answer in time");
  };
  sync_->step();
  EXPECT_FALSE(contact_.online());
  server_.meanwhile = nullptr;
  EXPECT_TRUE(goes_on_until([&] { return contact_.online(); }, 2 * second_us));
}

TEST_F(SyncRetries, do_not_bring_the_door_back_before_the_server_takes_something_in) {
  give(1);
  server_.refuse(journal_route, 503, "storage-unavailable");
  bool was_back = false;
  server_.meanwhile = [&](auto const& route) {
    if (route == journal_route) was_back |= contact_.online();
  };
  sync_->step();
  EXPECT_FALSE(was_back);
  EXPECT_FALSE(contact_.online());
  server_.meanwhile = nullptr;
  server_.refusals.clear();
  EXPECT_TRUE(goes_on_until([&] { return contact_.online(); }, 10 * second_us));
}

TEST_F(SyncTrouble, of_a_revoked_device_is_told_and_its_journal_still_goes) {
  give(1);
  server_.refuse(venue_route, 403, "device-revoked");
  server_.refuse(cards_route, 403, "device-revoked");
  server_.standings = {{1, EntryStanding::quarantined}, {2, EntryStanding::quarantined}};
  sync_->step();
  EXPECT_EQ(contact_.standing().trouble, Trouble::revoked);
  EXPECT_EQ(kiosk::setting(database_, "trouble"), "revoked");
  EXPECT_EQ(journal_.unacknowledged(), 0);
  EXPECT_FALSE(stored().front().signed_entry.empty());
  EXPECT_EQ(server_.count(cards_route), 0U);
  server_.refusals.clear();
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(contact_.standing().trouble, Trouble::none);
  EXPECT_EQ(kiosk::setting(database_, "trouble"), "none");
}

TEST_F(SyncTrouble, of_an_expired_certificate_is_renewed_first_and_then_forgotten) {
  give(1);
  server_.refuse(venue_route, 403, "device-expired");
  server_.once = {venue_route};
  auto const renewed = device_certificate(60 * day_s);
  answer_renewals_with(renewed);
  sync_->step();
  ASSERT_GE(server_.seen.size(), 4U);
  EXPECT_EQ(server_.seen[1], renewal_route);
  EXPECT_EQ(server_.seen[2], venue_route);
  EXPECT_EQ(server_.seen[3], journal_route);
  EXPECT_EQ(used_certificates, std::vector<std::string>{renewed});
  EXPECT_EQ(contact_.standing().trouble, Trouble::none);
  EXPECT_TRUE(contact_.online());
  EXPECT_EQ(contact_.standing().certificate_until, kiosk::read_certificate(renewed)->not_after);
}

TEST_F(SyncTrouble, of_an_expired_certificate_keeps_the_door_offline_and_tells_the_journal) {
  give(1);
  server_.refuse(venue_route, 403, "device-expired");
  server_.refuse(renewal_route, 422, "csr-invalid");
  sync_->step();
  EXPECT_EQ(journal_.unacknowledged(), 0);
  EXPECT_FALSE(contact_.online());
  EXPECT_EQ(contact_.standing().trouble, Trouble::certificate_expired);
  goes_on_until([] { return false; }, 30 * second_us);
  EXPECT_EQ(server_.count(renewal_route), 1U) << "asked again after a minute";
}

TEST_F(SyncTrouble, of_a_device_that_the_server_does_not_know_is_told) {
  server_.refuse(venue_route, 401, "not-signed-in");
  sync_->step();
  EXPECT_EQ(contact_.standing().trouble, Trouble::not_enrolled);
  EXPECT_FALSE(contact_.online());
}

// The server was restored from a backup older than this device, and somebody joined with its key
// before `enrol` said which device it is.
TEST_F(SyncTrouble, of_a_part_made_for_another_device_is_told_and_nothing_is_taken_of_it) {
  maker_.venue.device = DeviceId{8};
  sync_->step();
  EXPECT_EQ(contact_.standing().trouble, Trouble::not_enrolled);
  EXPECT_FALSE(contact_.online());
  EXPECT_EQ(snapshots_.view().venue, nullptr);
}

TEST_F(SyncTrouble, of_a_revoked_device_asks_daily_what_became_of_its_entries) {
  give(1);
  server_.refuse(venue_route, 403, "device-revoked");
  server_.standings = {{1, EntryStanding::quarantined}, {2, EntryStanding::quarantined}};
  sync_->step();
  EXPECT_TRUE(stored()[0].quarantined);
  server_.standings.clear();
  EXPECT_TRUE(goes_on_until([&] { return !stored()[0].quarantined; }, day_us + hour_us));
}

TEST_F(SyncTrouble, comes_not_near_when_the_certificate_is_renewed_in_time) {
  certificate_ = device_certificate(9 * day_s);
  start();
  answer_renewals_with(device_certificate(30 * day_s));
  sync_->step();
  EXPECT_EQ(used_certificates.size(), 1U);
  goes_on_until([] { return false; }, 2 * hour_us);
  EXPECT_EQ(server_.count(renewal_route), 1U);
}

// A server whose clock is three weeks ahead for one sync signs for then: with that certificate
// alone the door would be shut out when the clock is right again.
TEST_F(SyncTrouble, is_not_made_by_a_certificate_of_a_server_that_lives_in_the_future) {
  certificate_ = device_certificate(9 * day_s);
  hand_.wall = hand_.wall + -20 * day_us;
  server_ahead_us = 20 * day_us;
  start();
  answer_renewals_with(device_certificate(30 * day_s));
  sync_->step();
  EXPECT_EQ(server_.count(renewal_route), 1U);
  EXPECT_TRUE(used_certificates.empty()) << "not valid by our own clock";
  EXPECT_TRUE(contact_.online());
  hand_.wall = hand_.wall + 20 * day_us;
  server_ahead_us = 0;
  EXPECT_TRUE(goes_on_until([&] { return !used_certificates.empty(); }, 2 * hour_us));
}

TEST_F(SyncTrouble, is_not_made_by_a_certificate_that_does_not_get_in) {
  certificate_ = device_certificate(9 * day_s);
  start();
  answer_renewals_with(device_certificate(30 * day_s));
  new_certificate_works = false;
  sync_->step();
  EXPECT_TRUE(used_certificates.empty());
  EXPECT_TRUE(contact_.online()) << "the old one stays";
  new_certificate_works = true;
  EXPECT_TRUE(goes_on_until([&] { return !used_certificates.empty(); }, 2 * hour_us));
}

TEST_F(SyncTrouble, is_not_invited_by_a_certificate_that_is_not_ours) {
  certificate_ = device_certificate(9 * day_s);
  start();
  auto const stranger = crypto::P256PrivateKey::generate();
  auto const other_ca = make_ca(stranger);
  auto const of_other_key =
      make_certificate(stranger.public_key(), "device", {ca_.get(), ca_key_}, 30 * day_s);
  auto const of_other_ca =
      make_certificate(key_.public_key(), "device", {other_ca.get(), stranger}, 30 * day_s);
  for (auto const& pem : {pem_of(of_other_key.get()), pem_of(of_other_ca.get()),
                          device_certificate(8 * day_s), std::string("no certificate")}) {
    answer_renewals_with(pem);
    hand_.pass(hour_us);
    sync_->step();
  }
  EXPECT_EQ(server_.count(renewal_route), 4U);
  EXPECT_TRUE(used_certificates.empty());
  EXPECT_TRUE(contact_.online());
}

}  // namespace
}  // namespace kaiku::kiosk_tests
