#include "server/tables/beside_shares.hpp"

#include <gmock/gmock.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using ::testing::IsEmpty;

// A pool and its office on 22.11.2026.
struct BesideSharesOfAYear : ::testing::Test, test::CardOffice {
  BesideShares shares(int year) {
    return write([&](ledger::WriteTx& tx) {
      return beside_shares(tx, year, tx.ledger_end().last_sequence());
    });
  }
};

TEST_F(BesideSharesOfAYear, are_what_a_venue_has_given_in_it) {
  auto const card = issue();
  ledger::UseRedeemed entry;
  entry.venue = venue;
  entry.occurred_at = database.clock.now();
  entry.tickets = {.adult = 1, .assistant = 1, .companion = 2};
  entry.card = card.ref;
  entry.lineage = card.lineage_ref;
  entry.idempotency_key = "use:1";
  record(entry);
  auto const of_the_year = shares(2026);
  ASSERT_EQ(of_the_year.venues.size(), 1U);
  EXPECT_EQ(of_the_year.venues[0].first, venue);
  EXPECT_EQ(of_the_year.venues[0].second, (TicketsBeside{.assistants = 1, .companions = 2}));
  EXPECT_THAT(of_the_year.community_cards, IsEmpty()) << "the card is a person's";
  EXPECT_THAT(shares(2027).venues, IsEmpty());
}

}  // namespace
}  // namespace kaiku::tables
