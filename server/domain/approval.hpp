// What one person may not do alone: somebody asks, somebody else decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::domain {

// What is asked for, and how it ended. The numbers of both stand in the ledger.
enum class ApprovalKind { batch };
enum class ApprovalOutcome { approved, refused, taken_back };
std::string_view word_of(ApprovalKind kind);

// As people are told of it: nobody has decided on an expired one, and nobody will.
enum class ApprovalState { open, approved, refused, taken_back, expired };
std::string_view word_of(ApprovalState state);

inline constexpr int approval_open_days = 7;
// The last day on which somebody may decide.
Day approval_open_until(Instant asked_at);
ApprovalState approval_state(std::optional<ApprovalOutcome> outcome, Instant asked_at, Day today);

}  // namespace kaiku::domain
