#include "server/use_cases/card_of_own_office.hpp"

#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct CardOfOwnOffice : test::OfficeAtWork {
  Result<tables::Card> asked(CardId id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return card_of_own_office(tx, id, caller); });
  }
};

TEST_F(CardOfOwnOffice, is_given_to_the_office_that_gave_it_alone) {
  auto const given = give();
  auto const own = asked(given.card, worker);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->id, given.card);
  EXPECT_EQ(own->office, worker.office);
  EXPECT_EQ(asked(given.card, other).error().problem, Problem::forbidden);
  auto homeless = worker;
  homeless.office.reset();
  EXPECT_EQ(asked(given.card, homeless).error().problem, Problem::forbidden);
}

TEST_F(CardOfOwnOffice, is_not_found_where_there_is_no_card) {
  EXPECT_EQ(asked(CardId{1}, worker).error().problem, Problem::not_found);
}

}  // namespace
}  // namespace kaiku::use_cases
