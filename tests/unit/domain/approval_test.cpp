#include "server/domain/approval.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

Instant at_noon(Day day) { return start_of(day) + 12 * hour_us; }

TEST(Approval, is_open_for_seven_days_the_last_one_whole) {
  Day const asked = *day_from(2026, 11, 22);
  EXPECT_EQ(approval_open_until(at_noon(asked)), *day_from(2026, 11, 29));
  EXPECT_EQ(approval_state({}, at_noon(asked), asked + 7), ApprovalState::open);
  EXPECT_EQ(approval_state({}, at_noon(asked), asked + 8), ApprovalState::expired);
}

TEST(Approval, that_was_decided_does_not_run_out) {
  Day const asked = *day_from(2026, 11, 22);
  auto const later = [&](ApprovalOutcome outcome) {
    return approval_state(outcome, at_noon(asked), asked + 90);
  };
  EXPECT_EQ(later(ApprovalOutcome::approved), ApprovalState::approved);
  EXPECT_EQ(later(ApprovalOutcome::refused), ApprovalState::refused);
  EXPECT_EQ(later(ApprovalOutcome::taken_back), ApprovalState::taken_back);
  EXPECT_EQ(word_of(ApprovalState::taken_back), "taken_back");
}

}  // namespace
}  // namespace kaiku::domain
