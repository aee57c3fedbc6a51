#include "server/domain/plausibility.hpp"

#include <algorithm>
#include <array>

namespace kaiku::domain {
namespace {

constexpr std::int64_t clocks_differ_us = 5 * minute_us;
constexpr std::int64_t most_acts_a_day = 10;

constexpr std::array<std::string_view, 3> acceptances{"venue_confirms", "paper_seen", "card_found"};
constexpr std::array<std::string_view, 3> rejections{"did_not_happen", "mistyped", "told_twice"};

bool has_impossible_shape(ToldUse const& use) {
  auto const& told = use.tickets;
  bool const is_community = use.card == contract::CardKind::community;
  int const adults = is_community ? contract::most_of_a_community : 1;
  int const children = is_community ? contract::most_of_a_community : contract::most_children;
  bool const for_holder_alone = use.kind != contract::UseKind::admission;
  int const beside = for_holder_alone ? 0 : 1;
  return told.total() == 0 || told.adult > adults || told.child > children ||
         told.assistant > beside || told.interpreter > beside ||
         told.companion > (is_community ? 0 : beside);
}

}  // namespace

bool is_implausible(ToldUse const& use) {
  return has_impossible_shape(use) || use.ahead_us > clocks_differ_us || use.before_the_door ||
         use.acts_that_day >= most_acts_a_day;
}

bool waits(std::string_view verdict) {
  return verdict == "unknown_card" || verdict == "implausible" || verdict == "quarantined";
}

std::span<std::string_view const> acceptance_reasons() { return acceptances; }
std::span<std::string_view const> rejection_reasons() { return rejections; }

bool is_ruling_reason(bool accepted, std::string_view word) {
  auto const reasons = accepted ? acceptance_reasons() : rejection_reasons();
  return std::ranges::find(reasons, word) != reasons.end();
}

}  // namespace kaiku::domain
