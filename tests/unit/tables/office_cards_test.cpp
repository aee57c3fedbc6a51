#include "server/tables/office_cards.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct OfficeCards : ::testing::Test, test::CardOffice {
  void issue_to_a_group() {
    ledger::CardRegistered entry;
    entry.made_on_the_spot = true;
    entry.card = database.random.bytes<16>();
    entry.lineage = database.random.bytes<16>();
    entry.area = AreaId{"KEHA"};
    entry.municipality = "990";
    entry.office = office;
    entry.card_kind = contract::CardKind::community;
    entry.community_ceiling = 10;
    entry.registered_on = entry.first_valid = today();
    entry.last_valid = last_valid_day(entry.first_valid, 12);
    record(entry);
  }
  Day today() { return helsinki_day(database.clock.now()); }
  Unused asked() { return {office, today(), today() + -60, 1'000'000}; }
};

TEST_F(OfficeCards, that_are_unused_are_those_of_persons) {
  auto const card = issue();
  issue_to_a_group();
  database.clock.advance(60 * day_us);
  write([&](ledger::WriteTx& tx) {
    auto const cards = unused_cards(tx, asked(), std::nullopt, 10);
    EXPECT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards.front().id, card.card);
    EXPECT_EQ(count_unused_cards(tx, asked()), 1);
    EXPECT_EQ(count_community_cards(tx, office), 1);
    return true;
  });
}

TEST_F(OfficeCards, are_not_unused_before_their_sixtieth_day) {
  issue();
  database.clock.advance(59 * day_us);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(count_unused_cards(tx, asked()), 0);
    return true;
  });
}

}  // namespace
}  // namespace kaiku::tables
