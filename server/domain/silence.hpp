// How long a venue has been silent, in the steps that a list tells: a number of days would tell the
// day of the last visit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::domain {

enum class SilenceStep : std::uint8_t { weeks_4, weeks_8, weeks_12, weeks_26, weeks_52, ever };
inline constexpr std::array silence_steps{SilenceStep::weeks_4,  SilenceStep::weeks_8,
                                          SilenceStep::weeks_12, SilenceStep::weeks_26,
                                          SilenceStep::weeks_52, SilenceStep::ever};
// "4", "8", … "52", "ever".
std::string_view word_of(SilenceStep step);
std::optional<SilenceStep> silence_step_from(std::string_view word);
// 0 for `ever`.
int weeks_of(SilenceStep step);

struct Silence {
  Day since;               // the day of the last use; without one, the venue's first day
  bool had_a_use = false;  // at any time
};
// Whether it has lasted for the step at the end of a day.
bool lasts(Silence const& silence, SilenceStep step, Day until);

// The newest Sunday that is over. Lists as of it stand still from one Monday to the next, so that
// none of them tells on which day somebody came.
Day last_sunday(Day today);

}  // namespace kaiku::domain
