// Days and times as people of the page's language write them.
#pragma once

#include <string>

#include "schema/values/time.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// "22.11.2026" (fi, sv) or "22 Nov 2026" (en); "17.42" or "17:42"; both: "22.11.2026 17.42" or
// "22 Nov 2026, 17:42". In Helsinki's time.
std::string day_text(contract::Language language, Day day);
std::string clock_text(contract::Language language, Instant at);
std::string moment_text(contract::Language language, Instant at);

}  // namespace kaiku::pages
