#include "server/domain/approval.hpp"

#include <array>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, 1> kind_words{"batch"};
constexpr std::array<std::string_view, 5> state_words{"open", "approved", "refused", "taken_back",
                                                      "expired"};

}  // namespace

std::string_view word_of(ApprovalKind kind) {
  return kind_words.at(static_cast<std::size_t>(kind));
}
std::string_view word_of(ApprovalState state) {
  return state_words.at(static_cast<std::size_t>(state));
}

Day approval_open_until(Instant asked_at) { return helsinki_day(asked_at) + approval_open_days; }

ApprovalState approval_state(std::optional<ApprovalOutcome> outcome, Instant asked_at, Day today) {
  if (!outcome) {
    return today > approval_open_until(asked_at) ? ApprovalState::expired : ApprovalState::open;
  }
  switch (*outcome) {
    case ApprovalOutcome::approved: return ApprovalState::approved;
    case ApprovalOutcome::refused: return ApprovalState::refused;
    case ApprovalOutcome::taken_back: return ApprovalState::taken_back;
  }
  return ApprovalState::expired;
}

}  // namespace kaiku::domain
