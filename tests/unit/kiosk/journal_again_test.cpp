// A journal beside one that the server has more of, or less than it had.
#include "tests/unit/kiosk/journal_fixture.hpp"

namespace kaiku::kiosk {
namespace {

TEST_F(KioskJournal, goes_on_behind_what_the_server_has_and_says_so) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  auto const own = entries.head();
  auto const servers = crypto::sha256(bytes_of("entry 9, which this folder never had"));
  entries.resume_behind({9, servers}, contract::Resumed::Why::restored);
  EXPECT_EQ(entries.missing(20).at(0).from, 4);
  EXPECT_EQ(entries.missing(20).at(0).to, 9);
  EXPECT_EQ(entries.append_attempt(at(200), attempt(), "x"), 11);
  auto const signed_entry = stored(entries, 10).signed_entry;
  auto const resumed = contract::verify_journal_entry(signed_entry, key_.public_key()).value();
  EXPECT_EQ(resumed.previous, servers);
  auto const& what = std::get<contract::Resumed>(resumed.what);
  EXPECT_EQ(what.after, 3);
  EXPECT_EQ(what.hash, own.hash);
  EXPECT_EQ(entries.first_fault(), std::nullopt);
  ASSERT_EQ(entries.missing(20).size(), 1U);
  EXPECT_EQ(entries.missing(20).at(0).to, 9);
  EXPECT_EQ(entries.append_outcome(at(201), offline(11, contract::Answer::ok), false), 12);
  entries.resume_behind({5, servers}, contract::Resumed::Why::restored);
  EXPECT_EQ(entries.append_attempt(at(202), attempt(), "y"), 13) << "nothing to pass over";
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

TEST_F(KioskJournal, says_so_where_the_server_has_as_much_with_another_end) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  auto const own = entries.head();
  entries.resume_behind({3, own.hash}, contract::Resumed::Why::doubled);
  EXPECT_EQ(entries.missing(20).size(), 0U) << "the same entry";
  auto const other = crypto::sha256(bytes_of("another third entry"));
  entries.resume_behind({3, other}, contract::Resumed::Why::doubled);
  EXPECT_EQ(entries.append_attempt(at(200), attempt(), "x"), 5);
  auto const signed_entry = stored(entries, 4).signed_entry;
  auto const resumed = contract::verify_journal_entry(signed_entry, key_.public_key()).value();
  EXPECT_EQ(resumed.previous, other);
  EXPECT_EQ(std::get<contract::Resumed>(resumed.what).after, 3);
  EXPECT_EQ(std::get<contract::Resumed>(resumed.what).hash, own.hash);
  EXPECT_EQ(entries.missing(20).size(), 0U) << "no number lies between";
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

TEST_F(KioskJournal, of_an_undo_names_the_attempt_by_its_hash) {
  auto database = open();
  auto entries = journal(database);
  auto const given = entries.append_attempt(at(100), attempt(), "a");
  entries.append_outcome(at(100), offline(given, contract::Answer::ok), false);
  auto const undone = entries.append_undo(at(101), {given, "mistake", {}});
  auto const entry =
      contract::verify_journal_entry(stored(entries, undone).signed_entry, key_.public_key());
  auto const hash = contract::attempt_hash(entries.hash_at(given).value());
  EXPECT_EQ(std::get<contract::Undo>(entry.value().what).void_hash, hash);
}

TEST_F(KioskJournal, that_passes_over_numbers_without_its_word_is_broken) {
  {
    auto database = open();
    write_three(database);
    auto entries = journal(database);
    entries.resume_behind({9, crypto::sha256(bytes_of("9"))}, contract::Resumed::Why::doubled);
    entries.append_attempt(at(200), attempt(), "x");
  }
  tamper("UPDATE journal SET hash = zeroblob(32) WHERE sequence = 3");
  auto database = open();
  EXPECT_NE(journal(database).first_fault(), std::nullopt);
}

TEST_F(KioskJournal, sends_again_what_a_restored_server_has_lost_with_its_cards) {
  auto database = open();
  auto entries = journal(database);
  auto const online = entries.append_attempt(at(100), attempt(), "a");
  entries.append_outcome(at(100), ok(online, 900), true);
  auto const given = entries.append_attempt(at(101), attempt(), "b");
  entries.append_outcome(at(101), offline(given, contract::Answer::ok), false);
  EXPECT_FALSE(entries.waiting(10).at(0).sealed_card.empty())
      << "told of online, but the server may be restored before this entry is there";
  entries.acknowledge({1, 2, 3, 4}, false, Day{20'000});
  EXPECT_EQ(entries.queue(), 0);
  EXPECT_EQ(entries.send_all_again(), 4);
  EXPECT_EQ(entries.send_all_again(), 0);
  auto const waiting = entries.waiting(10);
  ASSERT_EQ(waiting.size(), 4U);
  EXPECT_FALSE(waiting.at(0).sealed_card.empty()) << "which it knows no more";
  EXPECT_FALSE(waiting.at(2).sealed_card.empty());
  EXPECT_EQ(entries.queue(), 2);
}

TEST_F(KioskJournal, lets_nothing_come_between_an_attempt_and_its_outcome) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  auto const given = entries.append_attempt(at(200), attempt(), "x");
  entries.resume_behind({9, crypto::sha256(bytes_of("9"))}, contract::Resumed::Why::doubled);
  EXPECT_EQ(entries.append_outcome(at(201), offline(given, contract::Answer::ok), false),
            given + 1);
  EXPECT_EQ(entries.append_attempt(at(202), attempt(), "y"), 11) << "and then behind the server's";
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

}  // namespace
}  // namespace kaiku::kiosk
