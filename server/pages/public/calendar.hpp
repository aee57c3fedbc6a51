// Calendar files (iCalendar, RFC 5545): the same facts give the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/time.hpp"
#include "server/http/message.hpp"

namespace kaiku::pages {

struct CalendarEntry {
  std::string uid;              // stays while the thing stays what it is
  Instant changed_at;           // when it was last changed, not when somebody asked
  std::optional<Day> day = {};  // of the whole day; else from start to end
  Instant starts_at = {};
  Instant ends_at = {};
  std::string summary;
  std::string location = {};
  std::string description = {};
  std::string url = {};
  bool cancelled = false;
};
// Text is escaped (section 3.3.11), lines end in CRLF and are folded at 75 octets (3.1), times are
// in UTC.
std::string calendar_text(std::string_view name, std::vector<CalendarEntry> const& entries);
http::Response calendar_response(std::string text, std::string_view file_name);

}  // namespace kaiku::pages
