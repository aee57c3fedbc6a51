// Holders of earlier years, who have no card.
#include <gtest/gtest.h>

#include "server/tables/cards.hpp"
#include "server/verify/verify.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::verify {
namespace {

// What verify finds in a load of one holder and one use, and the holder's lineage.
struct Loaded {
  VerifyReport report;
  std::int64_t lineage = 0;
};
Loaded verified(bool is_something_known, bool has_facts) {
  test::TestDatabase database;
  Loaded loaded;
  {
    lanes::WriterLane lane(database.settings(), database.keys, database.clock, database.random);
    test::settle(lane, [&](ledger::WriteTx& tx) {
      domain::Actor const actor{};
      ledger::append(tx, actor, test::an_area());
      auto const venue = ledger::append(tx, actor, test::a_venue()).sequence;
      ledger::HistoryImported load;
      load.area = AreaId{"KEHA"};
      ledger::CardRegistered holder;
      holder.history = ledger::append(tx, actor, load).sequence;
      holder.lineage = tx.random().bytes<16>();
      holder.area = load.area;
      holder.municipality = "990";
      if (!is_something_known) holder.facts_unknown = true;
      loaded.lineage = ledger::append(tx, actor, holder).sequence;
      LineageId const lineage{loaded.lineage};
      if (has_facts) {
        tables::put_holder(tx, lineage, loaded.lineage, tx.now(), {1980, "", 0, "", "", ""});
      }
      ledger::UseRedeemed use;
      use.venue = VenueId{venue};
      use.occurred_at = tx.now();
      use.tickets.adult = 1;
      use.lineage = holder.lineage;
      use.recorded_on = helsinki_day(tx.now());
      use.idempotency_key = "history:3:0000000000";
      ledger::KnownCard const known{CardId{}, lineage};
      ledger::append(tx, actor, use, &known);
      return true;
    });
  }
  loaded.report =
      verify_database(database.file, database.checkpoint_file, test::test_origin, database.keys);
  return loaded;
}

TEST(VerifiedHistory, is_equal_to_its_rebuild) {
  EXPECT_TRUE(verified(true, true).report.good());
  EXPECT_TRUE(verified(false, false).report.good()) << "nothing is known, and nothing is kept";
}

TEST(VerifiedHistory, has_facts_of_a_holder_exactly_where_some_are_known) {
  auto const missing = verified(true, false);
  auto const number = std::to_string(missing.lineage);
  ASSERT_EQ(missing.report.findings.size(), 1U);
  EXPECT_EQ(missing.report.findings[0].what,
            "table vault_holder: the row lineage_id " + number + ", seq " + number + " is missing");
  auto const stray = verified(false, true);
  ASSERT_EQ(stray.report.findings.size(), 1U);
  EXPECT_NE(stray.report.findings[0].what.find("follows from no entry"), std::string::npos);
}

}  // namespace
}  // namespace kaiku::verify
