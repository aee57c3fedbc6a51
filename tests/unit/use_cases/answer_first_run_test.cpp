// Who may answer the list of first steps, and for whom.
#include "server/use_cases/answer_first_run.hpp"

#include <gtest/gtest.h>

#include "server/tables/first_steps.hpp"
#include "tests/support/card_office.hpp"

namespace kaiku::use_cases {
namespace {

struct AnswerFirstRun : ::testing::Test, test::CardOffice {
  static domain::Caller caller(domain::Role role, std::int64_t account) {
    domain::Caller made;
    made.role = role;
    made.actor = {domain::ActorKind::account, account};
    if (role == domain::Role::area_coordinator) made.area = AreaId{"KEHA"};
    return made;
  }
  std::optional<Problem> problem_of(domain::Caller const& who, std::optional<AreaId> const& of,
                                    FirstRunAnswer answer) {
    auto const done =
        write([&](ledger::WriteTx& tx) { return answer_first_run(tx, of, answer, who); });
    return done ? std::nullopt : std::optional(done.error().problem);
  }
  bool is_hidden(std::optional<AreaId> const& of, std::int64_t account) {
    return write(
        [&](ledger::WriteTx& tx) { return tables::hides_first_run(tx, of, AccountId{account}); });
  }
  bool has_rules() {
    return write([&](ledger::WriteTx& tx) { return tables::first_steps_of(tx, own).has_rules; });
  }

  AreaId const own{"KEHA"};
  domain::Caller const coordinator = caller(domain::Role::area_coordinator, 8);
  domain::Caller const national = caller(domain::Role::national_coordinator, 9);
};

TEST_F(AnswerFirstRun, hides_the_list_from_the_account_that_asks_alone) {
  EXPECT_FALSE(problem_of(coordinator, own, FirstRunAnswer::hide));
  EXPECT_TRUE(is_hidden(own, 8));
  EXPECT_FALSE(is_hidden(own, 9));
  EXPECT_FALSE(problem_of(coordinator, own, FirstRunAnswer::show));
  EXPECT_FALSE(is_hidden(own, 8));
}

TEST_F(AnswerFirstRun, takes_the_rules_of_an_area_for_good) {
  EXPECT_FALSE(problem_of(coordinator, own, FirstRunAnswer::hide));
  EXPECT_FALSE(has_rules()) << "another answer";
  EXPECT_FALSE(problem_of(coordinator, own, FirstRunAnswer::rules_will_do));
  EXPECT_TRUE(has_rules());
}

TEST_F(AnswerFirstRun, is_of_the_own_area_and_of_none_before_there_is_one) {
  AreaId const other{"MUU"};
  EXPECT_EQ(problem_of(coordinator, other, FirstRunAnswer::hide), Problem::forbidden);
  EXPECT_EQ(problem_of(coordinator, {}, FirstRunAnswer::hide), Problem::forbidden);
  auto const worker = caller(domain::Role::issuer_worker, 7);
  EXPECT_EQ(problem_of(worker, own, FirstRunAnswer::rules_will_do), Problem::forbidden);
  EXPECT_FALSE(problem_of(national, {}, FirstRunAnswer::hide));
  EXPECT_TRUE(is_hidden({}, 9));
  EXPECT_EQ(problem_of(national, {}, FirstRunAnswer::rules_will_do), Problem::malformed_request);
}

}  // namespace
}  // namespace kaiku::use_cases
