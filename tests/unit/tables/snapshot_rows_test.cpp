#include "server/tables/snapshot_rows.hpp"

#include <gtest/gtest.h>

#include "server/ledger/ledger.hpp"
#include "server/tables/door_uses.hpp"
#include "server/tables/stretched_codes.hpp"
#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using contract::VoidRange;

struct SnapshotRows : ::testing::Test, test::CardOffice {
  std::int64_t stretch(Issued const& card) {
    return write([&](ledger::WriteTx& tx) {
      put_stretched(tx, card.card, Digest{1});
      return last_sequence(tx);
    });
  }
  std::vector<CardId> changed(std::int64_t after, int most = 100) {
    return write(
        [&](ledger::WriteTx& tx) { return cards_changed_after(tx, after, tx.now(), most); });
  }
  std::int64_t last() {
    return write([](ledger::WriteTx& tx) { return last_sequence(tx); });
  }
};

TEST_F(SnapshotRows, tell_of_a_card_stretched_after_the_snapshot_that_lacked_it) {
  auto const card = issue();
  auto const sequence = last();
  EXPECT_EQ(stretch(card), sequence) << "no entry is written for it";
  EXPECT_EQ(changed(sequence), std::vector{card.card});
  // The ledger goes on: told once more to those who heard nothing since, then not any more.
  record(test::a_venue());
  EXPECT_EQ(changed(sequence), std::vector{card.card});
  EXPECT_TRUE(changed(last()).empty());
}

TEST_F(SnapshotRows, do_not_tell_of_it_for_ever_while_the_ledger_stands_still) {
  auto const card = issue();
  stretch(card);
  auto const sequence = last();
  database.clock.advance(29 * minute_us);
  EXPECT_EQ(changed(sequence), std::vector{card.card});
  database.clock.advance(2 * minute_us);
  EXPECT_TRUE(changed(sequence).empty());
  record(test::a_venue());
  EXPECT_EQ(changed(sequence), std::vector{card.card}) << "a door that was away hears of it";
}

TEST_F(SnapshotRows, tell_of_changed_states_and_changed_holders_once_each) {
  auto const blocked = issue();
  auto const grown = issue(1);
  auto const same = issue();
  for (auto const& card : {blocked, grown, same}) stretch(card);
  record(test::a_venue());
  auto const sequence = last();
  record(ledger::CardBlocked{domain::BlockReason::lost, blocked.ref});
  record(ledger::CardUnblocked{blocked.ref});
  write([&](ledger::WriteTx& tx) {
    auto const seq = ledger::append(tx, actor, ledger::HolderChanged{grown.lineage_ref}).sequence;
    put_holder(tx, grown.lineage, seq, tx.now(), {1980, "99999", 4, "", "", ""});
    return true;
  });
  EXPECT_EQ(changed(sequence), (std::vector{blocked.card, grown.card}));
  EXPECT_EQ(changed(sequence, 1).size(), 1U);
  write([&](ledger::WriteTx& tx) {
    auto const areas = local_only_areas(tx);
    auto const row = snapshot_card(tx, {areas, Day{0}}, grown.card).value().row;
    EXPECT_EQ(row.child_limit, 4);
    EXPECT_EQ(row.home, 0);
    EXPECT_EQ(row.last_valid, last_valid_day(helsinki_day(tx.now()), 12));
    EXPECT_EQ(snapshot_card(tx, {areas, row.last_valid}, grown.card).value().row.child_limit, 0);
    return true;
  });
}

TEST_F(SnapshotRows, name_the_areas_whose_cards_are_good_there_alone) {
  auto early = test::an_area("ZULU");
  early.municipalities.clear();
  record(early);
  auto late = test::an_area("ALFA");
  late.municipalities.clear();
  record(late);
  auto const sequence = last();
  early.policy.local_only = true;
  record(early);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(local_only_areas(tx), std::vector{AreaId{"ZULU"}});
    EXPECT_EQ(last_area_change(tx), sequence + 1);
    return true;
  });
}

TEST_F(SnapshotRows, join_voided_positions_of_a_batch_into_ranges) {
  for (std::int64_t number : {1, 2}) {
    ledger::BatchMade batch;
    batch.batch = BatchId{number};
    batch.area = AreaId{"KEHA"};
    batch.count = 10;
    for (std::uint8_t i = 0; i < 10; ++i) {
      batch.cards.push_back(ledger::Ref{static_cast<std::uint8_t>(number), i});
    }
    record(batch);
  }
  record(ledger::StockVoided{BatchId{1}, 9, 10});
  record(ledger::StockVoided{BatchId{1}, 2, 4});
  auto const sequence = last();
  record(ledger::StockVoided{BatchId{2}, 1, 1});
  record(ledger::StockVoided{BatchId{1}, 4, 6});
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(void_ranges(tx, 0), (std::vector<VoidRange>{{1, 2, 6}, {1, 9, 10}, {2, 1, 1}}));
    EXPECT_EQ(void_ranges(tx, sequence), (std::vector<VoidRange>{{1, 5, 6}, {2, 1, 1}}));
    return true;
  });
}

TEST_F(SnapshotRows, find_their_way_by_indexes) {
  sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
  auto const uses = [&](std::string_view question, std::string_view index) {
    auto rows = reader.prepare(question);
    std::string plan;
    while (rows.step()) plan += std::string(rows.text(3)) + "\n";
    EXPECT_NE(plan.find(index), std::string::npos) << plan;
  };
  uses(
      "EXPLAIN QUERY PLAN SELECT lineage_id, SUM(adult) FROM redemption WHERE event_id = ?1"
      " AND actor <> ?2 AND lineage_id IS NOT NULL GROUP BY +lineage_id",
      "redemption_by_event");
  uses(
      "EXPLAIN QUERY PLAN SELECT batch_id, position FROM card WHERE state = 4"
      " AND batch_id IS NOT NULL ORDER BY batch_id, position",
      "card_void");
  uses(
      "EXPLAIN QUERY PLAN SELECT card_id, seq FROM card_version WHERE (seq, card_id) > (?1, ?2)"
      " AND state <> 4 ORDER BY seq, card_id LIMIT 9",
      "card_version_by_seq");
  uses("EXPLAIN QUERY PLAN SELECT COUNT(*) FROM device WHERE stolen = 1", "device_stolen");
  uses("EXPLAIN QUERY PLAN SELECT seq FROM ledger WHERE kind = 37 AND recorded_at_us >= ?1",
       "ledger_sheets");
  uses("EXPLAIN QUERY PLAN SELECT card_id FROM vault_handover WHERE lineage_id = ?1",
       "vault_handover_by_lineage");
  uses("EXPLAIN QUERY PLAN DELETE FROM session WHERE ends_at_us < ?1", "session_by_end");
  uses(
      "EXPLAIN QUERY PLAN SELECT ended_seq FROM reservation WHERE event_id = ?1"
      " AND ended_seq IS NOT NULL",
      "reservation_of_event");
}

TEST_F(SnapshotRows, count_uses_of_others_and_neither_ones_own_nor_undone_ones) {
  auto const card = issue(2);
  auto const other = issue();
  domain::Actor const door{domain::ActorKind::device, 5};
  domain::Actor const till{domain::ActorKind::account, 6};
  ledger::EventSet event;
  event.venue = venue;
  event.title.fi = "Konsertti";
  EventId const concert{record(event)};
  auto const use = [&](domain::Actor const& by, Issued const& of, std::optional<EventId> at,
                       contract::Tickets const& tickets) {
    return write([&](ledger::WriteTx& tx) {
      ledger::UseRedeemed entry;
      entry.venue = venue;
      entry.event = at;
      entry.occurred_at = tx.now();
      entry.tickets = tickets;
      entry.card = of.ref;
      entry.lineage = of.lineage_ref;
      entry.idempotency_key = to_hex(tx.random().bytes<8>());
      return RedemptionId{ledger::append(tx, by, entry).sequence};
    });
  };
  use(door, card, concert, {1, 1, 0, 0, 0});
  use(till, card, concert, {1, 0, 1, 0, 0});
  use(till, card, concert, {0, 2, 0, 0, 0});
  record(ledger::UseUndone{use(till, other, concert, {1, 0, 0, 0, 0}), "mistake"});
  use(till, other, std::nullopt, {1, 0, 0, 0, 0});
  write([&](ledger::WriteTx& tx) {
    auto const today = helsinki_day(tx.now());
    auto const at_concert = uses_of_others(tx, {venue, concert, today}, {door});
    EXPECT_EQ(at_concert.size(), 1U);
    EXPECT_EQ(at_concert.at(0).lineage, card.lineage);
    EXPECT_EQ(at_concert.at(0).adults, 1);
    EXPECT_EQ(at_concert.at(0).children, 2);
    EXPECT_TRUE(at_concert.at(0).adult_today);
    EXPECT_FALSE(uses_of_others(tx, {venue, concert, today + 1}, {door}).at(0).adult_today);
    EXPECT_EQ(places_of_others(tx, concert, {door}), 3);
    EXPECT_EQ(places_of_others(tx, concert, {till}), 2);
    auto const plain = uses_of_others(tx, {venue, std::nullopt, today}, {door});
    EXPECT_EQ(plain.size(), 1U);
    EXPECT_EQ(plain.at(0).lineage, other.lineage);
    EXPECT_TRUE(uses_of_others(tx, {venue, std::nullopt, today}, {till}).empty());
    auto const count = day_count_of_others(tx, venue, today, {door});
    EXPECT_EQ(count.tickets, 5);
    EXPECT_EQ(count.children, 2);
    return true;
  });
}

}  // namespace
}  // namespace kaiku::tables
