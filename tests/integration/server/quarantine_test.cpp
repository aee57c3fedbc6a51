// A folder that was restored or copied, and a device that was revoked with uses on it: what they
// gave waits beside the journal until a coordinator has ruled on it.
#include <gmock/gmock.h>

#include "schema/contract/venue_snapshot.hpp"
#include "server/ledger/ledger.hpp"
#include "tests/integration/server/journal_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Quarantine : public JournalTest {
 protected:
  // The same number told twice: by the folder and by a copy of it.
  void tell_of_a_copy() {
    journal_.give(registered(1));
    upload_all();
    journal_.go_back_to(0, {});
    pass(second_us);
    journal_.give(registered(2));
  }
  // Of this folder's use where another has its number.
  std::string quarantined_key(std::int64_t attempt) const {
    return journal_.key_of(attempt) + ":" + to_hex(journal_.hash_of(attempt).value());
  }
  std::vector<Json> waiting() {
    auto const list = get(as("coordinator"), "/api/v1/judged-uses?standing=waiting").body;
    return list.at("items");
  }
  Reply rule(std::int64_t use, bool accepted, std::string const& reason) {
    return post(as("coordinator"), "/api/v1/judged-uses/" + std::to_string(use) + "/rulings",
                {{"accepted", accepted}, {"reason", reason}});
  }
  // Uses of the device that wait for a ruling.
  void let_wait(ledger::WriteTx& tx, int uses) {
    for (int n = 0; n < uses; ++n) {
      ledger::UseRedeemed entry;
      entry.venue = net.pool;
      entry.occurred_at = tx.now();
      entry.tickets = {.adult = 1};
      entry.verdict = "quarantined";
      entry.idempotency_key = "quarantined:x" + std::to_string(n);
      domain::Actor const door{domain::ActorKind::device, device_.id.value};
      ledger::append(tx, door, entry);
    }
  }
  int sport() {
    auto const year = get(as("pool_staff"), "/api/v1/reports/annual?year=2026").body;
    return year.at("uses").at("adult").at("sport");
  }
  Reply venue_part(std::string const& query = "") {
    return on_device_listener(device_, "GET", "/door/v1/snapshot/venue" + query, Json());
  }
  contract::VenuePart opened(Reply const& reply) {
    EXPECT_EQ(reply.status, 200) << reply;
    auto const root = app().services().keys.root.public_key();
    return contract::open_venue_part(bytes_of(reply.text), root, 1).value().part;
  }

  Digest head_before_{};
};

TEST_F(Quarantine, uses_of_a_copy_wait_and_count_once_accepted) {
  tell_of_a_copy();
  EXPECT_EQ(sport(), 1);
  EXPECT_THAT(standings(upload_all()), ElementsAre("fork", "fork"));
  ASSERT_THAT(waiting(), SizeIs(1));
  auto const use = waiting().front();
  EXPECT_EQ(use.at("verdict"), "quarantined");
  EXPECT_EQ(use.at("device_id"), device_.id.value);
  EXPECT_EQ(use.at("tickets").at("adult"), 1);
  EXPECT_EQ(sport(), 1) << "not before somebody has ruled";
  auto const id = use.at("redemption_id").get<std::int64_t>();
  EXPECT_EQ(rule(id, true, "venue_confirms").status, 200);
  EXPECT_EQ(sport(), 2);
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(Quarantine, uses_of_a_copy_may_be_kept_out_with_a_reason) {
  tell_of_a_copy();
  upload_all();
  auto const id = waiting().front().at("redemption_id").get<std::int64_t>();
  EXPECT_EQ(rule(id, false, "did_not_happen").status, 200);
  EXPECT_EQ(sport(), 1);
  EXPECT_EQ(rule(id, true, "venue_confirms").status, 409);
}

TEST_F(Quarantine, the_door_is_told_once_nothing_of_it_waits) {
  tell_of_a_copy();
  EXPECT_THAT(standings(upload_all()), ElementsAre("fork", "fork"));
  EXPECT_THAT(standings(upload_all()), ElementsAre("fork", "fork"));
  auto const id = waiting().front().at("redemption_id").get<std::int64_t>();
  rule(id, true, "venue_confirms");
  auto const settled = receipts(upload_all());
  EXPECT_EQ(settled.entries.at(0).standing, contract::EntryStanding::repeated);
  EXPECT_FALSE(settled.entries.at(0).redemption) << "the use of this number is another's";
}

TEST_F(Quarantine, halves_that_come_apart_are_one_use_with_its_card) {
  tell_of_a_copy();
  upload(pick({2}));
  EXPECT_THAT(waiting(), IsEmpty());
  upload(pick({1}));
  ASSERT_THAT(waiting(), SizeIs(1));
  upload_all();
  EXPECT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE verdict = 'quarantined' AND "
                 "lineage_id IS NOT NULL"),
            1);
}

TEST_F(Quarantine, takes_no_refusal_for_a_use_and_no_foreign_outcome) {
  journal_.give(registered(1));
  upload_all();
  journal_.go_back_to(0, {});
  pass(second_us);
  journal_.outcome(journal_.attempt(registered(2)), contract::Answer::already_used_here);
  auto const theirs = pick({1, 2});
  journal_.go_back_to(0, {});
  pass(second_us);
  journal_.give(registered(3));
  // The attempt of one telling and the outcome of another.
  EXPECT_THAT(standings(upload({theirs[0], theirs[1], journal_.entry(2)})),
              ElementsAre("fork", "fork", "fork"));
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(Quarantine, an_undo_of_the_copy_takes_its_use_back) {
  tell_of_a_copy();
  journal_.undo(1);
  journal_.give(registered(3));
  // The third number is free: the undo names the first, which is another's in the journal.
  upload(pick({1, 2}));
  ASSERT_THAT(waiting(), SizeIs(1));
  revoke();
  upload(pick({3}));
  EXPECT_THAT(waiting(), IsEmpty()) << "nobody need rule on it";
  EXPECT_EQ(uses().at(quarantined_key(1)), (KnownUse{"quarantined", true}));
}

TEST_F(Quarantine, of_a_revoked_device_its_uses_wait_too_up_to_a_number) {
  journal_.give(registered(1));
  revoke();
  upload_all();
  ASSERT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(waiting().front().at("verdict"), "quarantined");
  auto const page = get(as("coordinator"), "/judged");
  EXPECT_THAT(page.text, HasSubstr(">Karanteenissa: kopion tai poistetun laitteen lippu</td>"));
}

TEST_F(Quarantine, the_server_tells_a_door_what_it_has_of_its_journal) {
  EXPECT_EQ(venue_part().header("kaiku-journal"),
            "highest=0; contiguous=0; entry=0; hash=" + std::string(64, '0'));
  journal_.give(registered(1));
  journal_.give(registered(2));
  upload(pick({1, 2, 4}));
  EXPECT_EQ(venue_part().header("kaiku-journal"),
            "highest=4; contiguous=2; entry=4; hash=" + to_hex(journal_.head()));
  // Made online; its entries are on their way.
  redeem_at_door(5, registered(3));
  EXPECT_EQ(venue_part().header("kaiku-journal"),
            "highest=5; contiguous=2; entry=4; hash=" + to_hex(journal_.head()));
}

TEST_F(Quarantine, the_server_tells_a_door_whether_it_still_has_an_entry) {
  auto const has = [&](std::int64_t number, std::string const& hash) {
    auto const told = venue_part("?told=" + std::to_string(number) + "-" + hash);
    EXPECT_EQ(told.status, 200) << told;
    auto const known = told.header("kaiku-journal");
    return known.substr(known.rfind("; ") + 2);
  };
  tell_of_a_copy();
  auto const beside = to_hex(journal_.hash_of(1).value());
  EXPECT_EQ(has(1, beside), "told=no");
  upload_all();
  EXPECT_EQ(has(1, beside), "told=yes") << "beside the journal is there too";
  EXPECT_EQ(has(2, beside), "told=no");
  EXPECT_THAT(venue_part().header("kaiku-journal"), testing::Not(HasSubstr("told")));
  for (auto const* bad : {"1", "1-", "-", "0-00000000000000000000000000000000", "1-00",
                          "x-00000000000000000000000000000000"}) {
    auto const reply = venue_part("?told=" + std::string(bad));
    ASSERT_EQ(reply.status, 422) << bad;
    EXPECT_EQ(reply.body.at("errors").at(0).at("pointer"), "/told") << bad;
  }
}

TEST_F(Quarantine, a_folder_that_resumed_is_shown_to_the_coordinator) {
  journal_.give(registered(1));
  auto const head = journal_.head();
  journal_.give(registered(2));
  upload_all();
  auto const theirs = journal_.head();
  EXPECT_TRUE(told_of_device().at("journal").at("resumed").is_null());
  journal_.go_back_to(2, head);
  journal_.resume(4, theirs, contract::Resumed::Why::restored);
  journal_.give(registered(3));
  EXPECT_THAT(standings(upload(pick({5, 6, 7}))), ElementsAre("stored", "stored", "stored"));
  auto const told = told_of_device().at("journal");
  EXPECT_EQ(told.at("resumed").at("why"), "restored");
  EXPECT_EQ(told.at("resumed").at("count"), 1);
  EXPECT_EQ(told.at("resumed").at("at"), to_rfc3339(clock().now()));
  EXPECT_EQ(told.at("contiguous_to"), 7);
  EXPECT_TRUE(told.at("broken_at").is_null()) << "it follows the server's newest";
  EXPECT_THAT(uses(), SizeIs(3));
  EXPECT_THAT(get(as("coordinator"), "/devices").text,
              HasSubstr("Kansio palautettu vanhasta kopiosta"));
}

TEST_F(Quarantine, a_door_hears_of_its_own_uses_that_its_folder_does_not_hold) {
  app().wait_for_stretched_codes();
  journal_.give(registered(1));
  journal_.give(registered(2));
  upload_all();
  app().wait_for_stretched_codes();
  EXPECT_THAT(opened(venue_part()).uses, IsEmpty());
  EXPECT_EQ(opened(venue_part()).tickets_elsewhere_today, 0);
  auto const missing = opened(venue_part("?missing=3-4"));
  EXPECT_THAT(missing.uses, SizeIs(1));
  EXPECT_EQ(missing.tickets_elsewhere_today, 1);
  EXPECT_THAT(opened(venue_part("?missing=1-1,3-4")).uses, SizeIs(2));
  for (auto const* bad :
       {"3", "4-3", "0-1", "1-2,2-3", "x-1", "1-2,", "-", "1-9223372036854775808"}) {
    auto const reply = venue_part("?missing=" + std::string(bad));
    ASSERT_EQ(reply.status, 422) << bad;
    EXPECT_EQ(reply.body.at("errors").at(0).at("pointer"), "/missing") << bad;
  }
}

TEST_F(Quarantine, an_undo_takes_back_the_use_that_it_means_of_two_with_one_number) {
  tell_of_a_copy();
  upload_all();
  // The copy goes on behind and takes back what it gave under the first number.
  journal_.undo(1);
  EXPECT_THAT(standings(upload(pick({3}))), ElementsAre("stored"));
  EXPECT_EQ(uses().at(journal_.key_of(1)), (KnownUse{"fine", false})) << "the folder's own";
  EXPECT_EQ(uses().at(quarantined_key(1)), (KnownUse{"quarantined", true}));
  EXPECT_EQ(sport(), 1);
}

TEST_F(Quarantine, an_undo_of_an_older_kiosk_takes_none_back_where_its_number_was_told_twice) {
  tell_of_a_copy();
  upload_all();
  journal_.old_undo(1);
  EXPECT_THAT(standings(upload(pick({3}))), ElementsAre("stored"));
  EXPECT_EQ(uses().at(journal_.key_of(1)), (KnownUse{"fine", false}));
  EXPECT_EQ(uses().at(quarantined_key(1)), (KnownUse{"quarantined", false}));
}

// Online the folder gave a ticket; before it tells of it, its copy tells what it did itself.
TEST_F(Quarantine, a_copys_refusal_or_undo_told_first_takes_back_nothing_given_online) {
  for (bool const refused : {true, false}) {
    auto const given = journal_.attempt(registered(refused ? 1 : 3));
    auto const card = net.codes[refused ? 0 : 2];
    auto const online = redeem_at_door(given, card);
    ASSERT_EQ(online.status, 201) << online;
    journal_.outcome(given, contract::Answer::ok, false);
    auto const own = pick({given, given + 1});
    journal_.go_back_to(given - 1, head_before_);
    pass(second_us);
    auto const copys = journal_.attempt(registered(refused ? 2 : 4));
    journal_.outcome(copys, refused ? contract::Answer::already_used_here : contract::Answer::ok);
    if (!refused) journal_.undo(copys);
    upload_all();
    EXPECT_FALSE(uses().at(journal_.key_of(given)).undone);
    auto const told = receipts(upload(own));
    EXPECT_EQ(told.entries.at(0).standing, contract::EntryStanding::fork);
    EXPECT_EQ(uses().at(journal_.key_of(given)), (KnownUse{"none", false}));
    head_before_ = journal_.head();
  }
  EXPECT_EQ(sport(), 2);
  EXPECT_EQ(uses().at(quarantined_key(3)), (KnownUse{"quarantined", true})) << "the copy's own";
  EXPECT_EQ(uses().size(), 3U);
}

TEST_F(Quarantine, one_card_at_both_under_one_number_is_two_uses) {
  auto const code = registered(1);
  auto const given = journal_.attempt(code);
  ASSERT_EQ(redeem_at_door(given, code).status, 201);
  journal_.outcome(given, contract::Answer::ok, false);
  upload_all();
  journal_.go_back_to(0, {});
  pass(second_us);
  auto const again = journal_.attempt(code);
  EXPECT_EQ(redeem_at_door(again, code).slug(), "idempotency-key-reused");
  journal_.outcome(again, contract::Answer::ok);
  upload_all();
  ASSERT_THAT(waiting(), SizeIs(1)) << "two tickets left the desk";
  EXPECT_EQ(uses().at(quarantined_key(1)), (KnownUse{"quarantined", false}));
}

TEST_F(Quarantine, a_card_that_came_with_an_attempt_is_not_lost_when_its_outcome_lies_there) {
  auto const given = journal_.give(registered(1));
  auto first = pick({given});
  first.front().sealed_card.clear();
  upload(first);
  revoke();
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "quarantined"));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE lineage_id IS NOT NULL"), 1);
}

TEST_F(Quarantine, a_revoked_device_takes_back_nothing_that_counts) {
  auto const code = registered(1);
  auto const given = journal_.attempt(code);
  ASSERT_EQ(redeem_at_door(given, code).status, 201);
  journal_.outcome(given, std::nullopt);
  revoke();
  upload_all();
  EXPECT_EQ(uses().at(journal_.key_of(given)), (KnownUse{"none", false}));
}

TEST_F(Quarantine, an_undo_of_a_revoked_device_takes_back_what_waits_alone) {
  auto const counted = journal_.give(registered(1));
  upload_all();
  auto const waits = journal_.give(registered(2));
  auto const accepted = journal_.give(registered(3));
  revoke();
  upload_all();
  ASSERT_THAT(waiting(), SizeIs(2));
  auto const id = waiting().back().at("redemption_id").get<std::int64_t>();
  ASSERT_EQ(rule(id, true, "venue_confirms").status, 200);
  for (auto const attempt : {counted, waits, accepted}) journal_.undo(attempt);
  upload_all();
  EXPECT_EQ(uses().at(journal_.key_of(counted)), (KnownUse{"fine", false}));
  EXPECT_EQ(uses().at(quarantined_key(waits)), (KnownUse{"quarantined", true}));
  EXPECT_EQ(uses().at(quarantined_key(accepted)), (KnownUse{"quarantined", false}));
}

// Kiosks of before sent no hash: their uses are known by the id that the door was told, or the
// card.
TEST_F(Quarantine, a_use_of_an_older_kiosk_is_its_own_by_its_card) {
  Json const older{{"attempt_hash", nullptr}};
  // The copy is online, the folder gives by itself under the same number and tells of it first.
  auto const online = redeem_at_door(1, registered(1), older);
  ASSERT_EQ(online.status, 201) << online;
  journal_.give(registered(2));
  upload_all();
  EXPECT_EQ(uses().at(quarantined_key(1)), (KnownUse{"quarantined", false}));
  journal_.go_back_to(0, {});
  pass(second_us);
  journal_.attempt(net.codes[0]);
  RedemptionId const told{online.body.at("redemption_id").get<std::int64_t>()};
  journal_.add(contract::Outcome{1, contract::Answer::ok, false, told});
  upload_all();
  EXPECT_EQ(uses().size(), 2U);
  EXPECT_EQ(uses().at(journal_.key_of(1)), (KnownUse{"none", false}));
}

TEST_F(Quarantine, an_online_use_of_an_older_kiosk_that_heard_no_answer_is_not_told_twice) {
  auto const code = registered(1);
  auto const given = journal_.attempt(code);
  ASSERT_EQ(redeem_at_door(given, code, {{"attempt_hash", nullptr}}).status, 201);
  journal_.outcome(given, contract::Answer::ok_offline);
  revoke();
  upload_all();
  EXPECT_EQ(uses().size(), 1U);
  EXPECT_THAT(waiting(), IsEmpty());
}

// Copied while the door waited for the server: both have the attempt, each ends it by itself.
TEST_F(Quarantine, a_ticket_is_not_lost_to_a_copy_that_closed_the_same_attempt) {
  auto const code = registered(1);
  auto const given = journal_.attempt(code);
  auto const head = journal_.head();
  ASSERT_EQ(redeem_at_door(given, code).status, 201);
  journal_.outcome(given, std::nullopt);  // the copy's
  upload_all();
  EXPECT_EQ(uses().at(journal_.key_of(given)), (KnownUse{"none", true}));
  journal_.go_back_to(given, head);
  pass(second_us);
  journal_.outcome(given, contract::Answer::ok, false);
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "fork"));
  ASSERT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(uses().at(quarantined_key(given)), (KnownUse{"quarantined", false}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE verdict = 'quarantined' AND lineage_id IS "
                 "NOT NULL"),
            1);
}

TEST_F(Quarantine, uses_that_wait_make_no_other_doors_use_implausible) {
  auto const code = registered(1);
  for (int n = 0; n < 12; ++n) journal_.give(code);
  revoke();
  upload_all();
  EXPECT_THAT(waiting(), SizeIs(12));
  auto const other = enrol(net.pool_enrolment, "another");
  auto maker = journal_for(other);
  maker.now = journal_.now;
  maker.give(code);
  auto const reply = receipts(
      on_device_listener(other, "POST", "/door/v1/journal", contract::to_json(maker.entries())));
  EXPECT_EQ(reply.entries.at(0).verdict, "fine");
}

TEST_F(Quarantine, what_found_no_place_among_the_waiting_finds_it_when_told_again) {
  tell_of_a_copy();
  write([&](ledger::WriteTx& tx) { let_wait(tx, 500); });
  upload_all();
  EXPECT_EQ(uses().size(), 501U) << "500 wait, and the folder's own";
  auto const first = waiting().front().at("redemption_id").get<std::int64_t>();
  EXPECT_EQ(rule(first, false, "did_not_happen").status, 200);
  upload_all();
  EXPECT_EQ(uses().size(), 502U);
}

TEST_F(Quarantine, a_card_stays_until_its_use_has_found_a_place) {
  journal_.give(registered(1));
  upload(pick({1}));
  write([&](ledger::WriteTx& tx) { let_wait(tx, 500); });
  revoke();
  upload(pick({2}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 1);
  auto const first = waiting().front().at("redemption_id").get<std::int64_t>();
  EXPECT_EQ(rule(first, false, "did_not_happen").status, 200);
  upload(pick({2}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE attempt_hash IS NOT NULL AND lineage_id IS "
                 "NOT NULL"),
            1);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 0);
}

TEST_F(Quarantine, an_attempt_whose_outcome_alone_lies_there_keeps_its_card) {
  journal_.give(registered(1));
  upload(pick({1}));
  revoke();
  upload(pick({2}));
  ASSERT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE verdict = 'quarantined' AND lineage_id IS "
                 "NOT NULL"),
            1);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 0);
}

TEST_F(Quarantine, a_number_far_beyond_the_journal_is_refused) {
  journal_.give(registered(1));
  upload_all();
  contract::JournalEntry far;
  far.device = device_.id;
  far.sequence = 10'000'003;
  far.what = contract::Resumed{2, journal_.head(), contract::Resumed::Why::doubled};
  contract::UploadedEntry const entry{contract::sign_journal_entry(far, device_.key), {}};
  EXPECT_THAT(standings(upload({entry})), ElementsAre("refused"));
  EXPECT_EQ(told_of_device().at("journal").at("highest"), 2);
}

}  // namespace
}  // namespace kaiku::test
