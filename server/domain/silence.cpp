#include "server/domain/silence.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

constexpr int days_a_week = 7;
// 1.1.1970 was a Thursday.
constexpr int first_sunday = 3;

struct Row {
  SilenceStep step;
  std::string_view word;
  int weeks;
};
constexpr std::array rows{
    Row{SilenceStep::weeks_4, "4", 4},    Row{SilenceStep::weeks_8, "8", 8},
    Row{SilenceStep::weeks_12, "12", 12}, Row{SilenceStep::weeks_26, "26", 26},
    Row{SilenceStep::weeks_52, "52", 52}, Row{SilenceStep::ever, "ever", 0}};
static_assert(rows.size() == silence_steps.size());

Row const& row_of(SilenceStep step) { return rows.at(static_cast<std::size_t>(step)); }

}  // namespace

std::string_view word_of(SilenceStep step) { return row_of(step).word; }

std::optional<SilenceStep> silence_step_from(std::string_view word) {
  auto const* const row = std::ranges::find(rows, word, &Row::word);
  if (row == rows.end()) return std::nullopt;
  return row->step;
}

int weeks_of(SilenceStep step) { return row_of(step).weeks; }

bool lasts(Silence const& silence, SilenceStep step, Day until) {
  if (step == SilenceStep::ever) return !silence.had_a_use;
  return until - silence.since >= days_a_week * weeks_of(step);
}

Day last_sunday(Day today) {
  auto const yesterday = today + -1;
  auto const after_sunday = ((yesterday.value - first_sunday) % days_a_week + days_a_week);
  return yesterday + -(after_sunday % days_a_week);
}

}  // namespace kaiku::domain
