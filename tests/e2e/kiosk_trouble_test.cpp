// Revoked, expired, refused, out of step: what the real kaiku-kiosk says, and that it keeps its
// journal.
#include "tests/e2e/kiosk_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using KioskTrouble = EnrolledKiosk;
using KioskSync = EnrolledKiosk;
using KioskStatus = EnrolledKiosk;

TEST_F(KioskTrouble, a_certificate_that_expired_in_a_cupboard_renews_itself) {
  peer.set_certificate_life(-90 * 24 * 3600);
  enrol();
  peer.set_certificate_life(KioskPeer::month_s);
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(0);
  EXPECT_TRUE(comes_true([&] { return status().at("online") == true; }, milliseconds(10'000)));
  EXPECT_EQ(ask(lines, card).at("offline"), false);
  EXPECT_EQ(peer.count("POST /door/v1/certificates"), 1U);
  auto const told = status();
  EXPECT_EQ(told.at("trouble"), "none");
  EXPECT_GT(told.at("certificate_until").get<std::string>(),
            to_rfc3339(SystemClock().now() + 20 * day_us));
}

TEST_F(KioskTrouble, an_expired_certificate_that_is_not_renewed_still_tells_the_journal) {
  auto const card = enrol_knowing_a_card();
  peer.expire_all(true);
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.output.find("certificate has expired"), std::string::npos) << done.output;
  LinesProcess lines(kiosk.directory());
  EXPECT_EQ(ask(lines, card).at("offline"), true) << "the door goes on by itself";
  EXPECT_TRUE(comes_true([&] { return books_are_right(); }, milliseconds(10'000)));
  EXPECT_EQ(status().at("trouble"), "certificate_expired");
  peer.expire_all(false);
  EXPECT_TRUE(comes_true([&] { return status().at("online") == true; }, milliseconds(10'000)));
}

TEST_F(KioskTrouble, a_certificate_is_renewed_ten_days_before_its_end) {
  peer.set_certificate_life(9 * 24 * 3600);
  enrol();
  peer.set_certificate_life(KioskPeer::month_s);
  let_it_fetch();
  EXPECT_EQ(peer.count("POST /door/v1/certificates"), 1U);
  let_it_fetch();
  EXPECT_EQ(peer.count("POST /door/v1/certificates"), 1U) << "once is enough";
}

TEST_F(KioskTrouble, a_revoked_device_says_so_and_keeps_its_journal) {
  enrol();
  auto const cards = add_cards(3);
  let_it_fetch();
  peer.go_dark(true);
  {
    LinesProcess lines(kiosk.directory());
    for (auto const& card : cards) ask(lines, card);
  }
  peer.revoke();
  peer.go_dark(false);
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.output.find("revoked"), std::string::npos) << done.output;
  EXPECT_EQ(peer.quarantined(), 6U);
  EXPECT_EQ(peer.uses(), 0U);
  {
    LinesProcess lines(kiosk.directory());
    EXPECT_EQ(ask(lines, cards[0]).at("answer"), "device_revoked");
  }
  peer.go_dark(true);
  auto const told = status();
  EXPECT_EQ(told.at("trouble"), "revoked") << "it is remembered without a network";
  auto const entries = exported();
  ASSERT_GE(entries.size(), 6U);
  for (std::size_t at = 0; at < 6; ++at) {
    EXPECT_EQ(entries[at].at("acknowledged"), true);
    EXPECT_NE(entries[at].at("entry"), "") << "kept for whoever asks";
  }
  EXPECT_NE(entries[0].at("card"), "");
}

TEST_F(KioskTrouble, a_snapshot_of_another_key_is_refused_and_the_door_goes_on) {
  auto const card = enrol_knowing_a_card();
  peer.sign_snapshots_wrongly(true);
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.output.find("Why: "), std::string::npos) << done.output;
  LinesProcess lines(kiosk.directory());
  EXPECT_EQ(ask(lines, card).at("offline"), false);
  peer.go_dark(true);
  EXPECT_EQ(ask(lines, peer.qr_of(peer.add_unpublished_card(0))).at("offline"), true);
}

TEST_F(KioskTrouble, an_older_key_list_is_refused) {
  peer.set_key_list_version(5);
  enrol();
  let_it_fetch();
  EXPECT_EQ(status().at("data").at("key_list_version"), 5);
  peer.set_key_list_version(4);
  EXPECT_EQ(kiosk.run({"sync"}).exit_code, 1);
  EXPECT_EQ(status().at("data").at("key_list_version"), 5);
}

TEST_F(KioskTrouble, a_clock_more_than_five_minutes_off_is_told) {
  enrol();
  peer.set_clock_offset(6 * minute_us);
  auto const done = kiosk.run({"status", "--json"});
  EXPECT_EQ(done.exit_code, 1);
  auto const told = json::parse(done.output);
  EXPECT_EQ(told.at("clock_fault"), true);
  EXPECT_NEAR(told.at("clock_difference_us").get<double>(), 6.0 * minute_us, 2.0 * second_us);
  let_it_fetch();
  LinesProcess lines(kiosk.directory());
  EXPECT_EQ(ask(lines, peer.add_card(0)).at("offline"), false) << "shown, not punished";
  EXPECT_TRUE(comes_true([&] { return peer.journal().size() == 2; }, milliseconds(10'000)));
  EXPECT_NEAR(static_cast<double>(peer.journal().at(2).entry.clock_difference_us), 6.0 * minute_us,
              2.0 * second_us);
  peer.go_dark(true);
  EXPECT_EQ(status().at("clock_fault"), true) << "remembered without a network";
}

TEST_F(KioskSync, tells_everything_and_says_so) {
  enrol();
  auto const cards = add_cards(3);
  let_it_fetch();
  peer.go_dark(true);
  {
    LinesProcess lines(kiosk.directory());
    for (auto const& card : cards) ask(lines, card);
  }
  auto const failed = kiosk.run({"sync"});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.output.find("6 entries wait"), std::string::npos) << failed.output;
  EXPECT_NE(failed.output.find("could not be reached"), std::string::npos) << failed.output;
  peer.go_dark(false);
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 0) << done.output;
  EXPECT_NE(done.output.find("Told the server of 6 entries; 0 entries wait"), std::string::npos)
      << done.output;
  EXPECT_TRUE(books_are_right());
}

TEST_F(KioskSync, leaves_a_running_kiosk_alone) {
  enrol();
  LinesProcess lines(kiosk.directory());
  lines.ask("not a code");
  auto const second = kiosk.run({"sync"});
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_NE(second.errors.find("by itself"), std::string::npos) << second.errors;
}

TEST_F(KioskSync, an_entry_that_the_server_refuses_holds_up_no_other_and_is_told) {
  enrol();
  auto const cards = add_cards(3);
  let_it_fetch();
  peer.refuse_entry(3);
  peer.fork_at(5);
  peer.go_dark(true);
  {
    LinesProcess lines(kiosk.directory());
    for (auto const& card : cards) ask(lines, card);
  }
  peer.go_dark(false);
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.output.find("refuses 1 entry"), std::string::npos) << done.output;
  auto const told = status();
  ASSERT_EQ(told.at("refused").size(), 1U);
  EXPECT_EQ(told.at("refused")[0].at("sequence"), 3);
  EXPECT_EQ(peer.quarantined(), 1U);
  auto const entries = exported();
  EXPECT_NE(entries[2].at("entry"), "");
  EXPECT_NE(entries[4].at("entry"), "") << "what went to quarantine is kept";
  EXPECT_EQ(entries[0].at("acknowledged"), true);
  EXPECT_EQ(entries[2].at("acknowledged"), false);
}

TEST_F(KioskSync, lets_go_of_nothing_by_a_receipt_that_is_not_for_it) {
  auto const card = enrol_knowing_a_card();
  peer.confuse_receipts(true);
  {
    LinesProcess lines(kiosk.directory());
    EXPECT_EQ(ask(lines, card).at("offline"), false);
    EXPECT_TRUE(comes_true([&] { return !peer.journal().empty(); }, milliseconds(10'000)));
  }
  EXPECT_EQ(kiosk.run({"sync"}).exit_code, 1);
  EXPECT_EQ(status().at("unacknowledged"), 2);
  peer.confuse_receipts(false);
  EXPECT_EQ(kiosk.run({"sync"}).exit_code, 0);
  EXPECT_EQ(status().at("unacknowledged"), 0);
}

TEST_F(KioskSync, is_told_to_enrol_first) {
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_NE(done.errors.find("kaiku-kiosk enrol"), std::string::npos);
}

TEST_F(KioskStatus, tells_everything_beside_a_running_kiosk_that_has_no_network) {
  enrol();
  auto const cards = add_cards(4);
  let_it_fetch();
  peer.go_silent(true);
  LinesProcess lines(kiosk.directory());
  for (auto const& card : cards) ask(lines, card);
  EXPECT_TRUE(comes_true([&] { return status().at("failed_tries") > 0; }, milliseconds(20'000)));
  auto const began = std::chrono::steady_clock::now();
  auto const told = status();
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(2'500));
  EXPECT_EQ(told.at("running"), true);
  EXPECT_EQ(told.at("online"), false);
  EXPECT_EQ(told.at("reachable"), false);
  EXPECT_EQ(told.at("queue"), 4);
  EXPECT_EQ(told.at("unacknowledged"), 8);
  EXPECT_TRUE(told.at("oldest_waiting").is_string());
  EXPECT_FALSE(told.at("last_failure").get<std::string>().empty());
  EXPECT_EQ(told.at("data").at("cards"), 4);
  EXPECT_EQ(told.at("data").at("epoch"), 1);
  EXPECT_LT(told.at("data").at("age_s"), 300);
  EXPECT_EQ(told.at("data").at("key_ids").size(), 2U);
  EXPECT_EQ(told.at("data").at("is_old"), false);
}

TEST_F(KioskStatus, is_text_for_people) {
  enrol();
  let_it_fetch();
  auto const text = kiosk.run({"status"}).output;
  for (char const* word : {"Server", "(reached)", "Last sync", "Queue", "0 cards as of", "Keys",
                           "Clock difference", "Journal check      whole", "Certificate until"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
}

}  // namespace
}  // namespace kaiku::kiosk_tests
