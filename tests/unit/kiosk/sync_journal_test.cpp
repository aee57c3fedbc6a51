// The journal on its way to the server, and beside what the server has of it.
#include "kiosk/device/store.hpp"
#include "kiosk/sync/sync.hpp"
#include "tests/unit/kiosk/sync_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using contract::EntryStanding;

class SyncJournal : public SyncTest {
 protected:
  std::ptrdiff_t times_asked(std::string_view part) const {
    return std::ranges::count_if(
        server_.seen, [&](auto const& path) { return path.find(part) != std::string::npos; });
  }
};

TEST_F(SyncJournal, goes_out_in_batches_that_are_counted_as_tries) {
  give(120);
  sync_->step();
  EXPECT_EQ(server_.batches, (std::vector<std::size_t>{100, 100, 40}));
  EXPECT_EQ(stored().front().tries, 1);
  EXPECT_TRUE(stored().front().acknowledged);
  EXPECT_FALSE(stored().front().signed_entry.empty()) << "the server may lose it";
  hand_.pass(31 * day_us);
  sync_->step();
  sync_->step();
  EXPECT_TRUE(stored().front().signed_entry.empty()) << "thirty days later it is dropped";
}

TEST_F(SyncJournal, of_a_fresh_use_goes_out_when_the_door_wakes_the_sync) {
  sync_->step();
  give(1);
  sync_->step();
  EXPECT_EQ(server_.batches, std::vector<std::size_t>{2});
  give(1);
  auto const rest_us = sync_->step();
  EXPECT_EQ(server_.batches.size(), 1U) << "a queue's entries go out together";
  EXPECT_LE(rest_us, kiosk::uploads_apart_us);
  hand_.pass(rest_us);
  sync_->step();
  EXPECT_EQ(server_.batches.size(), 2U);
}

// What the server says beside its venue part.
std::string head_of(kiosk::Journal& journal, std::int64_t number, std::int64_t contiguous_to) {
  auto const hash = journal.hash_at(number).value_or(crypto::sha256(bytes_of("elsewhere")));
  return "highest=" + std::to_string(number) + "; contiguous=" + std::to_string(contiguous_to) +
         "; entry=" + std::to_string(number) + "; hash=" + to_hex(hash);
}

TEST_F(SyncJournal, of_a_restored_folder_goes_on_behind_the_servers) {
  give(2);
  server_.journal = [&] { return head_of(journal_, 4, 4); };
  sync_->step();
  EXPECT_FALSE(kiosk::setting(database_, "folder_found")) << "all of it is here";
  // Another run of a folder that knows only four of nine.
  start();
  server_.journal = [&] { return head_of(journal_, 9, 9); };
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "restored");
  EXPECT_EQ(times_asked("missing="), 0);
  sync_->step();
  EXPECT_EQ(times_asked("&missing=5-9"), 1) << "at once";
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "restored") << "nothing new was found";
  give(1);
  EXPECT_EQ(journal_.head().sequence, 12);
  EXPECT_EQ(journal_.first_fault(), std::nullopt);
}

TEST_F(SyncJournal, that_falls_behind_while_it_runs_has_a_double) {
  give(2);
  server_.journal = [&] { return head_of(journal_, 4, 4); };
  sync_->step();
  server_.journal = [&] { return head_of(journal_, 6, 6); };
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "doubled");
}

// What was said of it is known in the next run as well: nothing is new then.
TEST_F(SyncJournal, that_was_found_restored_is_judged_once_and_a_second_time_has_a_double) {
  give(2);
  server_.journal = [&] { return head_of(journal_, 9, 9); };
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "restored");
  start();
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "restored") << "the same nine";
  start();
  server_.journal = [&] { return head_of(journal_, 12, 12); };
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "doubled") << "whose are the other three";
}

TEST_F(SyncJournal, that_is_as_long_as_the_servers_and_ends_otherwise_says_so) {
  give(2);
  server_.journal = [] {
    return "highest=4; contiguous=4; entry=4; hash=" +
           to_hex(crypto::sha256(bytes_of("another fourth")));
  };
  sync_->step();
  EXPECT_TRUE(kiosk::setting(database_, "folder_found"));
  give(1);
  auto const entries = stored();
  ASSERT_EQ(entries.size(), 7U);
  auto const fifth = contract::verify_journal_entry(entries[4].signed_entry, key_.public_key());
  EXPECT_EQ(std::get<contract::Resumed>(fifth.value().what).after, 4);
  EXPECT_EQ(journal_.first_fault(), std::nullopt);
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(stored().size(), 7U) << "once";
}

TEST_F(SyncJournal, that_tells_another_story_of_one_number_has_a_double) {
  give(2);
  server_.journal = [&] { return head_of(journal_, 2, 2); };
  sync_->step();
  server_.journal = [] {
    return "highest=3; contiguous=3; entry=3; hash=" +
           to_hex(crypto::sha256(bytes_of("another third")));
  };
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_EQ(kiosk::setting(database_, "folder_found"), "doubled");
  EXPECT_EQ(journal_.head().sequence, 4) << "ahead of the server: nothing to pass over";
}

TEST_F(SyncJournal, is_sent_again_to_a_server_that_was_restored) {
  give(3);
  server_.journal = [&] { return head_of(journal_, 6, 6); };
  ASSERT_TRUE(sync_->run_to_end(5));
  hand_.pass(minute_us);
  sync_->step();
  server_.batches.clear();
  std::int64_t has = 2;
  server_.journal = [&] { return head_of(journal_, has, has); };
  hand_.pass(minute_us);
  start();  // the kiosk was restarted meanwhile
  sync_->step();
  has = 6;
  EXPECT_EQ(server_.batches, std::vector<std::size_t>{6});
  EXPECT_FALSE(kiosk::setting(database_, "folder_found")) << "the folder is whole";
  server_.batches.clear();
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_TRUE(server_.batches.empty()) << "once";
}

// A double was first with a server that was restored: the journal looks as it did, the ledger not.
TEST_F(SyncJournal, is_sent_again_where_the_servers_ledger_went_on_otherwise) {
  give(1);
  server_.journal = [&] { return head_of(journal_, 2, 2); };
  ASSERT_TRUE(sync_->run_to_end(5));
  server_.batches.clear();
  server_.refuse(cards_route, 422, "validation-failed");
  server_.once.insert(cards_route);
  hand_.pass(kiosk::cards_every_us);
  sync_->step();
  sync_->step();
  EXPECT_EQ(server_.batches, std::vector<std::size_t>{2});
}

TEST_F(SyncJournal, is_sent_again_where_the_server_has_lost_what_it_was_told) {
  give(1);
  server_.journal = [&] { return head_of(journal_, 2, 2) + "; told=yes"; };
  ASSERT_TRUE(sync_->run_to_end(5));
  server_.batches.clear();
  hand_.pass(minute_us);
  sync_->step();
  EXPECT_TRUE(server_.batches.empty());
  auto const told = "?told=2-" + to_hex(contract::attempt_hash(journal_.hash_at(2).value()));
  EXPECT_EQ(server_.count(std::string(venue_route) + told), 1U);
  server_.journal = [&] { return head_of(journal_, 2, 2) + "; told=no"; };
  hand_.pass(minute_us);
  sync_->step();
  sync_->step();
  EXPECT_EQ(server_.batches, std::vector<std::size_t>{2});
}

TEST_F(SyncJournal, that_was_refused_is_told_again_once_a_day) {
  give(1);
  server_.standings = {{2, EntryStanding::refused}};  // a server that does not know its form
  sync_->step();
  EXPECT_FALSE(stored()[1].refused.empty());
  server_.standings.clear();  // it was upgraded
  EXPECT_TRUE(goes_on_until([&] { return stored()[1].acknowledged; }, day_us + hour_us));
  EXPECT_TRUE(stored()[1].refused.empty());
}

TEST_F(SyncJournal, that_a_restored_server_wants_again_is_not_dropped_first) {
  give(1);
  server_.journal = [&] { return head_of(journal_, 2, 2); };
  ASSERT_TRUE(sync_->run_to_end(5));
  hand_.pass(200 * day_us);  // a winter in a cupboard
  start();
  server_.batches.clear();
  server_.journal = [&] { return head_of(journal_, 0, 0); };
  sync_->step();
  EXPECT_EQ(server_.batches, std::vector<std::size_t>{2});
}

TEST_F(SyncJournal, is_let_go_by_the_standing_of_each_entry) {
  give(2);
  server_.standings = {{1, EntryStanding::repeated},
                       {2, EntryStanding::fork},
                       {3, EntryStanding::quarantined},
                       {4, EntryStanding::refused}};
  sync_->step();
  auto const entries = stored();
  EXPECT_TRUE(entries[0].acknowledged && !entries[0].quarantined);
  EXPECT_TRUE(entries[1].acknowledged && entries[1].quarantined);
  EXPECT_TRUE(entries[2].acknowledged && entries[2].quarantined);
  EXPECT_FALSE(entries[3].acknowledged);
  EXPECT_FALSE(entries[3].refused.empty());
  EXPECT_TRUE(contact_.online());
}

TEST_F(SyncJournal, asks_again_for_what_lies_in_quarantine_once_a_day) {
  give(1);
  server_.standings = {{1, EntryStanding::fork}, {2, EntryStanding::fork}};
  sync_->step();
  EXPECT_TRUE(stored()[0].quarantined);
  server_.standings.clear();  // somebody has ruled on it
  hand_.pass(day_us);
  EXPECT_TRUE(goes_on_until([&] { return !stored()[0].quarantined && !stored()[1].quarantined; },
                            5 * minute_us));
  EXPECT_EQ(journal_.unacknowledged(), 0);
}

TEST_F(SyncJournal, keeps_what_is_beyond_a_days_share_and_brings_it_when_it_may) {
  give(2);
  server_.standings = {{3, EntryStanding::waiting}, {4, EntryStanding::waiting}};
  server_.resume_after_us = 5 * hour_us;
  sync_->step();
  EXPECT_EQ(journal_.unacknowledged(), 2);
  EXPECT_TRUE(contact_.online());
  EXPECT_NE(contact_.standing().last_failure.find("share"), std::string::npos);
  auto const told = kiosk::integer_setting(database_, "takes_more_at_us").value_or(0);
  EXPECT_NEAR(static_cast<double>(told - hand_.now().us), 5.0 * hour_us, second_us);
  server_.standings.clear();
  EXPECT_FALSE(
      goes_on_until([&] { return journal_.unacknowledged() == 0; }, 5 * hour_us - minute_us));
  EXPECT_TRUE(goes_on_until([&] { return journal_.unacknowledged() == 0; }, 2 * minute_us));
}

TEST_F(SyncJournal, is_not_let_go_by_receipts_for_other_entries) {
  give(1);
  server_.confused = true;
  sync_->step();
  EXPECT_EQ(journal_.unacknowledged(), 2);
  EXPECT_TRUE(contact_.online());
  EXPECT_FALSE(contact_.standing().last_failure.empty());
  server_.confused = false;
  EXPECT_TRUE(goes_on_until([&] { return journal_.unacknowledged() == 0; }, 2 * minute_us));
}

TEST_F(SyncJournal, one_entry_of_bad_form_holds_up_no_other) {
  give(4);
  server_.poison = {5};
  EXPECT_TRUE(goes_on_until([&] { return journal_.waiting(10).empty(); }, minute_us));
  auto const entries = stored();
  for (auto const& entry : entries) {
    EXPECT_EQ(entry.acknowledged, entry.sequence != 5) << entry.sequence;
  }
  EXPECT_NE(entries[4].refused.find("422"), std::string::npos);
}

TEST_F(SyncJournal, waits_when_the_server_asks_for_it_and_the_door_stays_online) {
  give(1);
  server_.refuse(journal_route, 429, "too-many-requests", 120);
  sync_->step();
  EXPECT_TRUE(contact_.online());
  EXPECT_NE(contact_.standing().last_failure.find("429"), std::string::npos);
  server_.refusals.clear();
  EXPECT_FALSE(goes_on_until([&] { return journal_.unacknowledged() == 0; }, 110 * second_us));
  EXPECT_TRUE(goes_on_until([&] { return journal_.unacknowledged() == 0; }, 20 * second_us));
  EXPECT_EQ(contact_.standing().last_failure, "");
}

}  // namespace
}  // namespace kaiku::kiosk_tests
