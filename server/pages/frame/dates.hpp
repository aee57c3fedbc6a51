// Days and times as people of the page's language write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/values/time.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// In Helsinki's time: "22.11.2026" (fi, sv) or "22 Nov 2026" (en); "17.42" or "17:42"; both:
// "22.11.2026 klo 17.42", "22.11.2026 kl. 17.42" or "22 Nov 2026, 17:42".
std::string day_text(contract::Language language, Day day);
std::string clock_text(contract::Language language, Instant at);
// The month of a day: "11/2026" or "Nov 2026".
std::string month_text(contract::Language language, Day day);
std::string moment_text(contract::Language language, Instant at);
// When something ends: "klo 17.42" of today, of any other day with its day.
std::string end_text(contract::Language language, Instant at, Day today);

// A day of the last `most_back` as people type it: without a year, in January, it may be of the
// year before. Else what day_from_typed says.
std::optional<Day> day_back_from_typed(std::string_view text, Day today, int most_back);

}  // namespace kaiku::pages
