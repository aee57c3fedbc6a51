#include "server/tables/cohort_counts.hpp"

#include <gmock/gmock.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Cards of 22.11.2026.
struct CohortCounts : ::testing::Test, test::CardOffice {
  std::int64_t use(Issued const& of, int day, contract::Tickets const& tickets = {.adult = 1},
                   std::optional<std::string> verdict = {}) {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.occurred_at = registered + day * day_us;
    entry.tickets = tickets;
    entry.verdict = std::move(verdict);
    entry.card = of.ref;
    entry.lineage = of.lineage_ref;
    entry.idempotency_key = "use:" + std::to_string(++uses);
    return record(entry);
  }
  std::int64_t end() {
    return write([](ledger::WriteTx& tx) { return tx.ledger_end().last_sequence(); });
  }
  std::vector<AreaCohort> cohort(std::optional<std::int64_t> as_of = {}, int year = 2026) {
    auto const sequence = as_of ? *as_of : end();
    return write([&](ledger::WriteTx& tx) { return count_cohort(tx, year, sequence); });
  }
  static AreaCohort of(std::int64_t all, std::int64_t in_30, std::int64_t in_90,
                       std::int64_t in_365) {
    return {AreaId{"KEHA"}, all, in_30, in_90, in_365};
  }

  Instant const registered = database.clock.now();
  int uses = 0;
};

TEST_F(CohortCounts, of_nobody_are_nothing) {
  EXPECT_THAT(cohort(), IsEmpty());
  issue();
  EXPECT_THAT(cohort({}, 2025), IsEmpty());
  EXPECT_THAT(cohort(), ElementsAre(of(1, 0, 0, 0)));
}

TEST_F(CohortCounts, have_the_last_day_of_each_step_in_it) {
  for (int const day : {0, 30, 31, 90, 91, 365, 366}) use(issue(), day);
  EXPECT_THAT(cohort(), ElementsAre(of(7, 2, 4, 6)));
}

TEST_F(CohortCounts, know_the_first_use_alone_and_no_use_without_an_own_ticket) {
  auto const card = issue();
  use(card, 200);
  use(card, 60);
  use(card, 10, {.assistant = 1});
  EXPECT_THAT(cohort(), ElementsAre(of(1, 0, 1, 1)));
  use(card, 20, {.child = 1});
  EXPECT_THAT(cohort(), ElementsAre(of(1, 1, 1, 1)));
}

TEST_F(CohortCounts, leave_out_a_use_of_before_the_registration) {
  auto const card = issue();
  use(card, -2, {.adult = 1}, "late_not_valid");
  EXPECT_THAT(cohort(), ElementsAre(of(1, 0, 0, 0)));
  use(card, 100);
  EXPECT_THAT(cohort(), ElementsAre(of(1, 0, 0, 1)));
}

TEST_F(CohortCounts, stay_as_they_were_as_of_a_sequence) {
  auto const card = issue();
  auto const none = end();
  auto const waiting = use(card, 5, {.adult = 1}, "implausible");
  auto const later = use(card, 40);
  auto const accepted = record(ledger::UseRuled{RedemptionId{waiting}, true, "known"});
  auto const undone = record(ledger::UseUndone{RedemptionId{waiting}, "mistake"});
  record(ledger::UseUndone{RedemptionId{later}, "mistake"});
  issue();
  EXPECT_THAT(cohort(none), ElementsAre(of(1, 0, 0, 0)));
  EXPECT_THAT(cohort(later), ElementsAre(of(1, 0, 1, 1))) << "what waits is no use";
  EXPECT_THAT(cohort(accepted), ElementsAre(of(1, 1, 1, 1)));
  EXPECT_THAT(cohort(undone), ElementsAre(of(1, 0, 1, 1)));
  EXPECT_THAT(cohort(), ElementsAre(of(2, 0, 0, 0)));
}

}  // namespace
}  // namespace kaiku::tables
