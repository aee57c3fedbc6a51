// Doors' journals over real TLS: what happened is taken in once, however it arrives.
#include <gmock/gmock.h>

#include <random>
#include <thread>

#include "schema/codec/cose.hpp"
#include "server/api/journal_places.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/device_days.hpp"
#include "server/tables/journals.hpp"
#include "tests/integration/server/journal_fixture.hpp"

namespace kaiku::test {
namespace {

using contract::Answer;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

KnownUse const fine{"fine", false};
KnownUse const fine_undone{"fine", true};
KnownUse const at_once{"none", false};
KnownUse const at_once_undone{"none", true};

class Journal : public JournalTest {};

TEST_F(Journal, stores_a_use_that_was_given_without_the_server_and_judges_it) {
  auto const code = registered(1, 2);
  auto const attempt = journal_.give(code, asking({.adult = 1, .child = 2}));
  pass(3 * hour_us);
  auto const reply = receipts(upload_all());
  ASSERT_EQ(reply.entries.size(), 2U);
  EXPECT_EQ(reply.entries[0].standing, contract::EntryStanding::stored);
  EXPECT_EQ(reply.entries[0].verdict, "fine");
  ASSERT_TRUE(reply.entries[0].redemption);
  EXPECT_FALSE(reply.entries[1].redemption) << "an outcome is no use";
  EXPECT_EQ(reply.entries[1].hash, journal_.head());
  EXPECT_EQ(reply.contiguous_to, 2);
  EXPECT_FALSE(reply.gap_since);
  EXPECT_EQ(reply.server_time, clock().now());
  EXPECT_THAT(uses(), ElementsAre(std::pair(journal_.key_of(attempt), fine)));
  auto const figures =
      get(as("pool_staff"), "/api/v1/reports/usage?from=2026-06-01&to=2026-06-30").body;
  EXPECT_EQ(figures.at("rows").at(0).at("uses").at("children"), 2);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 0);
}

TEST_F(Journal, arrives_in_any_order_cut_anywhere_and_as_often_as_it_likes) {
  for (std::size_t n = 1; n <= 6; ++n) registered(n);
  for (std::size_t n = 0; n < 6; ++n) {
    auto const attempt = journal_.give(net.codes[n]);
    if (n % 3 == 0) journal_.undo(attempt);
    if (n % 3 == 1) journal_.outcome(journal_.attempt(net.codes[n]), Answer::already_used_here);
    pass(minute_us);
  }
  std::vector<std::int64_t> order;
  for (int copy = 0; copy < 3; ++copy) {
    for (std::int64_t n = 1; n < journal_.next(); ++n) order.push_back(n);
  }
  std::ranges::shuffle(order, std::mt19937(11));
  for (std::size_t at = 0; at < order.size();) {
    auto const take = std::min<std::size_t>(1 + at % 3, order.size() - at);
    std::vector<std::int64_t> const batch(order.begin() + static_cast<long>(at),
                                          order.begin() + static_cast<long>(at + take));
    EXPECT_THAT(standings(upload(pick(batch))), Each(::testing::AnyOf("stored", "repeated")));
    at += take;
  }
  auto const before = sequence();
  auto const again = receipts(upload_all());
  EXPECT_EQ(sequence(), before) << "nothing new, nothing written";
  EXPECT_EQ(again.contiguous_to, journal_.next() - 1);
  EXPECT_FALSE(again.gap_since);
  auto const found = uses();
  ASSERT_THAT(found, SizeIs(6));
  int undone = 0;
  for (auto const& [key, use] : found) {
    EXPECT_EQ(use.verdict, "fine") << key;
    undone += use.undone ? 1 : 0;
  }
  EXPECT_EQ(undone, 2);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 0);
}

TEST_F(Journal, gives_every_copy_of_an_entry_the_same_receipt) {
  auto const code = registered(1);
  journal_.give(code);
  auto const first = receipts(upload_all()).entries;
  change_card(code, "blocks", {{"reason", "lost"}});
  auto const thrice = receipts(upload(pick({1, 1, 2, 1}))).entries;
  for (auto const at : {0U, 1U, 3U}) {
    EXPECT_EQ(thrice[at].standing, contract::EntryStanding::repeated);
    EXPECT_EQ(thrice[at].redemption, first[0].redemption);
    EXPECT_EQ(thrice[at].verdict, "fine") << "a verdict is written once";
  }
}

TEST_F(Journal, knows_a_use_that_it_made_online) {
  auto const code = registered(1);
  auto const attempt = journal_.attempt(code);
  auto const online = redeem_at_door(attempt, code);
  ASSERT_EQ(online.status, 201) << online;
  journal_.outcome(attempt, Answer::ok, false);
  auto const reply = receipts(upload_all());
  EXPECT_EQ(reply.entries[0].redemption->value, online.body.at("redemption_id"));
  EXPECT_FALSE(reply.entries[0].verdict) << "it was decided at once";
  EXPECT_THAT(uses(), ElementsAre(std::pair(journal_.key_of(attempt), at_once)));
}

TEST_F(Journal, voids_an_online_use_that_the_door_never_confirmed) {
  auto const lost = journal_.attempt(registered(1));
  ASSERT_EQ(redeem_at_door(lost, net.codes[0]).status, 201);
  journal_.outcome(lost, std::nullopt);
  auto const refused = journal_.attempt(registered(2));
  ASSERT_EQ(redeem_at_door(refused, net.codes[1]).status, 201);
  journal_.outcome(refused, Answer::unknown_card);
  auto const never = journal_.attempt(registered(3));
  journal_.outcome(never, std::nullopt);
  EXPECT_EQ(receipts(upload_all()).entries.size(), 6U);
  EXPECT_THAT(uses(), ElementsAre(std::pair(journal_.key_of(lost), at_once_undone),
                                  std::pair(journal_.key_of(refused), at_once_undone)));
  EXPECT_EQ(redeem(net.codes[0], net.pool).status, 201);
}

TEST_F(Journal, is_not_overtaken_by_a_request_that_the_network_held_up) {
  auto const given = journal_.give(registered(1));
  auto const never = journal_.attempt(registered(2));
  journal_.outcome(never, std::nullopt);
  auto const undone = journal_.give(registered(3));
  journal_.undo(undone);
  auto const only_undo = journal_.attempt(registered(4));
  journal_.outcome(only_undo, Answer::ok);
  auto const last = journal_.undo(only_undo);
  for (std::int64_t n = 1; n <= 7; ++n) upload(pick({n}));
  upload(pick({last}));
  auto const first = redeem_at_door(given, net.codes[0]);
  EXPECT_EQ(first.status, 200) << first;
  EXPECT_EQ(redeem_at_door(never, net.codes[1]).slug(), "conflict");
  EXPECT_EQ(redeem_at_door(undone, net.codes[2]).status, 200);
  EXPECT_EQ(redeem_at_door(only_undo, net.codes[3]).slug(), "conflict") << "its undo is here";
  EXPECT_EQ(redeem_at_door(given, net.codes[4]).slug(), "idempotency-key-reused");
  EXPECT_THAT(uses(), SizeIs(2));
  upload_all();
  EXPECT_EQ(uses().at(journal_.key_of(only_undo)), fine_undone);
  EXPECT_EQ(redeem_at_door(journal_.next(), net.codes[4]).answer(), "not_registered");
}

TEST_F(Journal, undoes_a_use_in_whatever_order_both_come) {
  auto const first = journal_.give(registered(1));
  auto const undo = journal_.undo(first, "wrong_card");
  upload(pick({undo}));
  upload(pick({first}));
  EXPECT_THAT(uses(), IsEmpty());
  upload(pick({first + 1}));
  EXPECT_THAT(uses(), ElementsAre(std::pair(journal_.key_of(first), fine_undone)));
  auto const online = journal_.attempt(registered(2));
  ASSERT_EQ(redeem_at_door(online, net.codes[1]).status, 201);
  journal_.outcome(online, Answer::ok, false);
  pass(14 * minute_us);
  upload(pick({journal_.undo(online, "because")}));
  EXPECT_EQ(uses().at(journal_.key_of(online)), at_once) << "since when is not known yet";
  upload(pick({online}));
  EXPECT_EQ(uses().at(journal_.key_of(online)), at_once_undone);
  upload_all();
  EXPECT_THAT(uses(), SizeIs(2));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM ledger WHERE kind = 18"), 2) << "each once";
}

TEST_F(Journal, counts_the_minutes_of_an_undo_on_the_kiosks_own_clock) {
  auto const late = journal_.give(registered(1));
  pass(15 * minute_us + 1);
  journal_.undo(late);
  auto const in_time = journal_.give(registered(2));
  pass(15 * minute_us);
  journal_.undo(in_time);
  auto const set_back = journal_.give(registered(3));
  journal_.now = journal_.now + -400 * day_us;
  journal_.undo(set_back);
  advance(10 * hour_us);
  upload_all();
  auto const found = uses();
  EXPECT_FALSE(found.at(journal_.key_of(late)).undone);
  EXPECT_TRUE(found.at(journal_.key_of(in_time)).undone);
  EXPECT_TRUE(found.at(journal_.key_of(set_back)).undone);
}

TEST_F(Journal, marks_a_gap_that_closes_itself) {
  registered(1);
  for (int n = 0; n < 3; ++n) journal_.give(net.codes[0]);
  upload(pick({1, 2}));
  pass(hour_us);
  auto const opened = clock().now();
  EXPECT_EQ(receipts(upload(pick({5, 6}))).gap_since, opened);
  pass(hour_us);
  auto const told = told_of_device().at("journal");
  EXPECT_EQ(told.at("contiguous_to"), 2);
  EXPECT_EQ(told.at("highest"), 6);
  EXPECT_EQ(told.at("gap_since"), to_rfc3339(opened));
  EXPECT_EQ(told.at("last_upload_at"), to_rfc3339(opened));
  auto const closed = receipts(upload(pick({3, 4})));
  EXPECT_EQ(closed.contiguous_to, 6);
  EXPECT_FALSE(closed.gap_since);
  EXPECT_TRUE(told_of_device().at("journal").at("gap_since").is_null());
  EXPECT_TRUE(told_of_device().at("journal").at("broken_at").is_null());
}

TEST_F(Journal, puts_a_second_entry_of_a_number_into_quarantine) {
  auto const before = journal_.head();
  auto const given = journal_.give(registered(1));
  auto const first = pick({given, given + 1});
  upload(first);
  journal_.go_back_to(0, before);
  journal_.now = journal_.now + second_us;
  journal_.give(registered(2));
  EXPECT_THAT(standings(upload(pick({1, 2, 1}))), ElementsAre("fork", "fork", "fork"));
  EXPECT_THAT(standings(upload_all()), ElementsAre("fork", "fork"));
  EXPECT_THAT(standings(upload(first)), ElementsAre("repeated", "repeated"));
  EXPECT_EQ(uses().at(journal_.key_of(given)), fine);
  auto const told = told_of_device().at("journal");
  EXPECT_EQ(told.at("forks"), 2);
  EXPECT_EQ(told.at("quarantined"), 2);
  auto const listed = get(as("coordinator"), device_path() + "/quarantine?limit=1").body;
  ASSERT_EQ(listed.at("items").size(), 1U);
  EXPECT_EQ(listed.at("items").at(0).at("sequence"), 1);
  EXPECT_EQ(listed.at("items").at(0).at("reason"), "fork");
  auto const next = listed.at("next").get<std::string>();
  auto const rest =
      get(as("coordinator"), device_path() + "/quarantine?cursor=" + next).body.at("items");
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest.at(0).at("hash"), to_hex(journal_.head()));
}

TEST_F(Journal, takes_the_first_of_two_entries_of_a_number_that_come_together) {
  auto const before = journal_.head();
  journal_.give(registered(1));
  auto both = journal_.entries();
  journal_.go_back_to(0, before);
  journal_.now = journal_.now + second_us;
  journal_.give(registered(2));
  for (auto const& entry : journal_.entries()) both.push_back(entry);
  EXPECT_THAT(standings(upload(both)), ElementsAre("stored", "stored", "fork", "fork"));
  EXPECT_EQ(uses().at(journal_.key_of(1)), fine);
}

TEST_F(Journal, of_a_revoked_device_goes_to_quarantine_but_for_what_is_known) {
  auto const known = journal_.give(registered(1));
  upload_all();
  auto const later = journal_.give(registered(2));
  revoke();
  auto const all = standings(upload_all());
  EXPECT_THAT(all, ElementsAre("repeated", "repeated", "quarantined", "quarantined"));
  EXPECT_EQ(standings(upload_all()), all);
  EXPECT_EQ(uses().at(journal_.key_of(known)), fine);
  EXPECT_EQ(uses().count(journal_.key_of(later)), 0U);
  auto const told = told_of_device().at("journal");
  EXPECT_EQ(told.at("quarantined"), 2);
  EXPECT_EQ(told.at("forks"), 0);
  EXPECT_EQ(told.at("highest"), later - 1);
  auto const listed = get(as("coordinator"), device_path() + "/quarantine").body.at("items");
  EXPECT_EQ(listed.at(0).at("reason"), "device_revoked");
  EXPECT_EQ(redeem_at_door(later, net.codes[1]).slug(), "device-revoked");
}

TEST_F(Journal, that_fills_the_quarantine_has_to_wait_for_the_next_day) {
  journal_.give(registered(1));
  revoke();
  // What verify compares is the hash; so one entry may stand under many numbers.
  auto const message = cose::parse_sign1(journal_.entry(1).signed_entry, 4'096).value();
  auto const hash = crypto::sha256(message.payload);
  write([&](ledger::WriteTx& tx) {
    for (int n = 0; n < 4'999; ++n) {
      ledger::JournalQuarantined const entry{device_.id, 1'000 + n, hash, {}};
      auto const seq = ledger::append(tx, {}, entry).sequence;
      tables::put_in_quarantine(tx, seq, journal_.entry(1).signed_entry, {});
    }
  });
  auto const full = upload_all();
  EXPECT_EQ(full.status, 429) << full;
  EXPECT_EQ(full.header("retry-after"), std::to_string(12 * 3600 + 1));
  EXPECT_THAT(standings(upload(pick({1}))), ElementsAre("quarantined")) << "one place was left";
  EXPECT_THAT(standings(upload(pick({1}))), ElementsAre("repeated")) << "no use waits in it";
  EXPECT_EQ(upload(pick({2})).status, 429);
  advance(12 * hour_us);
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "quarantined"));
}

TEST_F(Journal, is_taken_in_with_a_certificate_that_has_expired_in_a_cupboard) {
  auto const attempt = journal_.give(registered(1));
  advance(40 * day_us);
  EXPECT_EQ(redeem_at_door(journal_.next(), net.codes[0]).slug(), "device-expired");
  EXPECT_THAT(standings(upload(pick({1}))), ElementsAre("stored"));
  advance(500 * day_us);
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "stored"));
  EXPECT_EQ(uses().at(journal_.key_of(attempt)), fine) << "judged on the day it happened";
  advance(60 * day_us);
  EXPECT_EQ(upload_all().slug(), "device-expired");
}

TEST_F(Journal, is_taken_in_by_signed_requests_on_the_public_listener) {
  auto const attempt = journal_.give(registered(1));
  auto const text = contract::to_json(journal_.entries()).dump();
  std::string const path = "/door/v1/journal";
  HttpHeaders const json{{"Content-Type", "application/json"}};
  auto const reply = send(proof(device_, "POST", path, text), "POST", path, text, json);
  EXPECT_THAT(standings(reply), ElementsAre("stored", "stored"));
  EXPECT_EQ(uses().at(journal_.key_of(attempt)), fine);
  revoke();
  auto const revoked = send(proof(device_, "POST", path, text), "POST", path, text, json);
  EXPECT_THAT(standings(revoked), ElementsAre("repeated", "repeated"));
  EXPECT_EQ(send(agent(), "POST", path, text, json).status, 403);
  EXPECT_EQ(send(nobody, "POST", path, text, json).status, 401);
}

TEST_F(Journal, beyond_a_days_budget_waits_at_the_device_and_the_coordinator_is_told) {
  journal_.give(registered(1));
  auto const again = journal_.give(registered(2));
  write([&](ledger::WriteTx& tx) { tables::put_device_day(tx, device_.id, today(), {4'997, 0}); });
  auto const first = receipts(upload_all());
  std::vector<std::string> words;
  for (auto const& entry : first.entries) words.emplace_back(contract::word_of(entry.standing));
  EXPECT_THAT(words, ElementsAre("stored", "stored", "stored", "waiting"));
  EXPECT_EQ(first.resume_at, start_of(today() + 1));
  EXPECT_EQ(told_of_device().at("journal").at("held_back_at"), to_rfc3339(clock().now()));
  EXPECT_THAT(get(as("coordinator"), "/devices").text, HasSubstr("kuin päivässä otetaan vastaan"));
  auto const before = sequence();
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "repeated", "repeated", "waiting"));
  EXPECT_EQ(sequence(), before);
  pass(day_us);
  EXPECT_THAT(standings(upload_all()), ElementsAre("repeated", "repeated", "repeated", "stored"));
  EXPECT_EQ(uses().at(journal_.key_of(again)), fine) << "nothing is lost";
}

TEST_F(Journal, has_a_days_budget_of_bytes_too) {
  journal_.give(registered(1));
  auto const budget = domain::JournalBudget{}.bytes;
  write([&](ledger::WriteTx& tx) {
    tables::put_device_day(tx, device_.id, today(), {0, budget - 100});
  });
  EXPECT_THAT(standings(upload_all()), ElementsAre("waiting", "waiting"));
  // Room for the small outcome alone would make a gap of its attempt.
  auto const outcome = static_cast<std::int64_t>(journal_.entry(2).signed_entry.size());
  write([&](ledger::WriteTx& tx) {
    tables::put_device_day(tx, device_.id, today(), {0, budget - outcome});
  });
  EXPECT_THAT(standings(upload_all()), ElementsAre("waiting", "waiting"));
}

TEST_F(Journal, refuses_only_what_is_signed_or_formed_wrong) {
  auto const attempt = journal_.give(registered(1));
  auto const other = enrol(net.pool_enrolment, "other");
  auto foreign = journal_for(other);
  foreign.give(registered(2));
  JournalMaker stolen(other.key, device_.id, app().services().keys.sealing.public_key());
  stolen.give(net.codes[1]);
  auto mixed = journal_.entries();
  mixed.insert(mixed.begin() + 1, foreign.entry(1));
  mixed.insert(mixed.begin() + 1, stolen.entry(1));
  auto changed = journal_.entry(1);
  changed.signed_entry.back() ^= 1;
  mixed.push_back(changed);
  mixed.push_back({Bytes{1, 2, 3}, {}});
  auto const reply = upload(mixed);
  EXPECT_THAT(standings(reply),
              ElementsAre("stored", "refused", "refused", "stored", "refused", "refused"));
  auto const entries = receipts(reply).entries;
  EXPECT_EQ(entries[4].sequence, 1) << "as it says itself";
  EXPECT_EQ(entries[5].sequence, 0);
  EXPECT_EQ(entries[5].hash, Digest{});
  EXPECT_THAT(uses(), ElementsAre(std::pair(journal_.key_of(attempt), fine)));
  EXPECT_THAT(get(nobody, "/metrics").text, HasSubstr("\nkaiku_journal_entries_refused_total 4\n"));
}

TEST_F(Journal, is_refused_as_a_whole_when_the_request_is_wrong) {
  journal_.give(registered(1));
  auto const before = sequence();
  EXPECT_EQ(
      on_device_listener(device_, "POST", "/door/v1/journal", {{"entries", Json::array()}}).status,
      422);
  Uploads const many(201, journal_.entry(1));
  EXPECT_THAT(upload(many).faults(), ElementsAre("/entries out_of_range"));
  Uploads const large(150, {Bytes(4'000, 1), {}});
  EXPECT_EQ(upload(large).status, 413);
  EXPECT_EQ(sequence(), before);
}

TEST_F(Journal, keeps_the_card_of_an_attempt_until_its_outcome_is_here) {
  auto const attempt = journal_.give(registered(1));
  upload(pick({attempt}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 1);
  upload(pick({attempt}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 1);
  upload(pick({attempt + 1}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 0);
  EXPECT_EQ(uses().at(journal_.key_of(attempt)), fine);
  auto const without = journal_.give(registered(2));
  auto bare = pick({without});
  bare[0].sealed_card.clear();
  upload(bare);
  upload(pick({without}));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM vault_journal_card"), 1) << "it came the second time";
  upload(pick({without + 1}));
  EXPECT_EQ(uses().at(journal_.key_of(without)), fine);
}

TEST_F(Journal, takes_a_refused_scan_without_its_code) {
  auto const attempt = journal_.attempt(registered(1));
  journal_.outcome(attempt, Answer::expired);
  auto entries = journal_.entries();
  entries[0].sealed_card.clear();
  auto const reply = upload(entries);
  EXPECT_THAT(standings(reply), ElementsAre("stored", "stored"));
  EXPECT_FALSE(receipts(reply).entries[0].redemption);
  EXPECT_THAT(uses(), IsEmpty());
}

TEST_F(Journal, reads_the_card_that_an_old_kiosk_sealed_into_the_entry) {
  auto const code = registered(1);
  auto const sealing = app().services().keys.sealing.public_key();
  auto const key = journal_.key_of(1);
  auto const sealed = crypto::seal_to(sealing, bytes_of(key), bytes_of(code));
  auto old = asking();
  old.sealed_card = sealed;
  journal_.outcome(journal_.add(old), Answer::ok);
  upload_all();
  EXPECT_EQ(uses().at(key), fine);
  auto const found = rows("SELECT COUNT(*) FROM ledger WHERE kind = 23");
  EXPECT_EQ(found, 1);
  write([&](ledger::WriteTx& tx) {
    auto query = tx.prepare("SELECT COUNT(*) FROM ledger WHERE INSTR(entry, ?1) > 0");
    query.with(sealed);
    query.step();
    EXPECT_EQ(query.integer(0), 0) << "it can be erased with the private half";
  });
}

TEST_F(Journal, splits_a_large_upload_over_several_entries_of_the_ledger) {
  registered(1);
  auto wordy = asking();
  wordy.override = contract::Override{Answer::already_used_here, std::string(500, 'x')};
  for (int n = 0; n < 95; ++n) {
    journal_.give(net.codes[0], wordy);
    pass(second_us);
  }
  EXPECT_THAT(standings(upload_all()), Each(std::string("stored")));
  EXPECT_GE(rows("SELECT COUNT(*) FROM ledger WHERE kind = 23"), 2);
  EXPECT_THAT(uses(), SizeIs(95));
}

TEST_F(Journal, leaves_a_use_alone_that_a_coordinator_has_undone) {
  auto const attempt = journal_.give(registered(1));
  auto const use = receipts(upload_all()).entries[0].redemption.value();
  auto const path = "/api/v1/redemptions/" + std::to_string(use.value) + "/void";
  ASSERT_EQ(post(as("coordinator"), path, {{"reason", "mistake"}}).status, 200);
  journal_.undo(attempt);
  upload_all();
  EXPECT_EQ(rows("SELECT COUNT(*) FROM ledger WHERE kind = 18"), 1);
}

TEST_F(Journal, of_a_revoked_device_has_a_days_budget_of_bytes_too) {
  EXPECT_EQ(domain::JournalBudget{}.bytes, 8 * 1024 * 1024);
  journal_.give(registered(1));
  revoke();
  write([&](ledger::WriteTx& tx) {
    tables::put_device_day(tx, device_.id, today(), {0, domain::JournalBudget{}.bytes - 10});
  });
  EXPECT_THAT(standings(upload_all()), ElementsAre("waiting", "waiting"));
}

TEST(JournalPlaces, are_few_for_a_device_and_come_back) {
  api::JournalPlaces places;
  auto first = places.take(DeviceId{1});
  auto const second = places.take(DeviceId{1});
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(places.take(DeviceId{1}));
  EXPECT_TRUE(places.take(DeviceId{2})) << "another's are its own";
  first.reset();
  EXPECT_TRUE(places.take(DeviceId{1}));
}

// Whoever has a stolen till's certificate sends as fast as it can.
TEST_F(Journal, of_a_device_that_floods_is_taken_one_after_another) {
  for (int n = 0; n < 60; ++n) journal_.give(net.codes[0]);
  std::vector<int> statuses(12);
  std::vector<std::thread> senders;
  for (auto& status : statuses) {
    senders.emplace_back([this, &status] { status = upload_all().status; });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_THAT(statuses, Each(::testing::AnyOf(200, 429)));
  EXPECT_THAT(statuses, ::testing::Contains(200));
  EXPECT_EQ(upload_all().status, 200) << "its places have come back";
}

}  // namespace
}  // namespace kaiku::test
