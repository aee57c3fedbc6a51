#include "server/pages/frame/verdict_text.hpp"

#include <algorithm>
#include <array>

namespace kaiku::pages {
namespace {

constexpr std::array<VerdictRow, 19> verdicts{{
    {"fine", Text::verdict_fine},
    {"over_quota", Text::verdict_over_quota},
    {"duplicate", Text::verdict_duplicate},
    {"unknown_card", Text::verdict_unknown_card},
    {"implausible", Text::verdict_implausible},
    {"quarantined", Text::verdict_quarantined},
    {"late_limit_reached", Text::verdict_limit_reached},
    {"late_not_registered", Text::verdict_not_registered},
    {"late_not_yet_valid", Text::verdict_not_yet_valid},
    {"late_expired", Text::verdict_expired},
    {"late_blocked", Text::verdict_blocked},
    {"late_replaced", Text::verdict_replaced},
    {"late_wrong_area", Text::verdict_wrong_area},
    {"late_children_over_limit", Text::verdict_children_over_limit},
    {"late_children_not_on_courses", Text::verdict_children_not_on_courses},
    {"late_community_over_ceiling", Text::verdict_community_over_ceiling},
    {"late_event_over", Text::verdict_event_over},
    {"late_event_cancelled", Text::verdict_event_cancelled},
    {"late_adult_first", Text::verdict_adult_first},
}};

}  // namespace

std::span<VerdictRow const> verdict_rows() { return verdicts; }

std::string_view verdict_text(contract::Language language, std::string_view verdict) {
  auto const found = std::ranges::find(verdicts, verdict, &VerdictRow::word);
  return in(language, found == verdicts.end() ? Text::verdict_other : found->text);
}

}  // namespace kaiku::pages
