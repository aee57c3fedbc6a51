#include "server/pages/public/calendar.hpp"

#include <gmock/gmock.h>

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

CalendarEntry concert() {
  CalendarEntry entry;
  entry.uid = "event-3@kaiku";
  entry.changed_at = instant_from_rfc3339("2026-06-01T10:00:00.5Z").value();
  entry.starts_at = instant_from_rfc3339("2026-11-22T15:42:00Z").value();
  entry.ends_at = instant_from_rfc3339("2026-11-22T17:00:00Z").value();
  entry.summary = "Konsertti";
  return entry;
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", from)) {
    lines.push_back(text.substr(from, at - from));
    from = at + 2;
  }
  EXPECT_EQ(from, text.size()) << "the last line ends too";
  return lines;
}

std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) {
    text.erase(at, 3);
  }
  return text;
}

TEST(Calendar, tells_an_event_in_utc_with_the_moment_of_its_last_change) {
  EXPECT_THAT(calendar_text("Kaiku", {concert()}),
              AllOf(StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"),
                    HasSubstr("UID:event-3@kaiku\r\nDTSTAMP:20260601T100000Z\r\n"
                              "DTSTART:20261122T154200Z\r\nDTEND:20261122T170000Z\r\n"
                              "SUMMARY:Konsertti\r\nEND:VEVENT\r\n"),
                    EndsWith("END:VCALENDAR\r\n"), Not(HasSubstr("CANCELLED"))));
}

TEST(Calendar, tells_a_day_without_a_time_and_leaves_it_free) {
  auto entry = concert();
  entry.day = day_from_iso("2027-11-21");
  EXPECT_THAT(calendar_text("Kaiku", {entry}),
              HasSubstr("DTSTART;VALUE=DATE:20271121\r\nDTEND;VALUE=DATE:20271122\r\n"
                        "TRANSP:TRANSPARENT\r\n"));
}

TEST(Calendar, says_what_is_cancelled) {
  auto entry = concert();
  entry.cancelled = true;
  EXPECT_THAT(calendar_text("Kaiku", {entry}), HasSubstr("STATUS:CANCELLED\r\n"));
}

TEST(Calendar, escapes_text_and_lets_no_line_be_smuggled_in) {
  auto entry = concert();
  entry.summary = "Yksi; kaksi, kolme\\\r\nBEGIN:VALARM\x07";
  EXPECT_THAT(calendar_text("Kaiku", {entry}),
              HasSubstr("SUMMARY:Yksi\\; kaksi\\, kolme\\\\\\nBEGIN:VALARM\r\n"));
}

TEST(Calendar, folds_lines_at_75_octets_and_cuts_no_character) {
  auto entry = concert();
  entry.summary.clear();
  for (int i = 0; i < 60; ++i) entry.summary += "ääkköš";
  auto const text = calendar_text("Kaiku", {entry});
  for (auto const& line : lines_of(text)) {
    EXPECT_LE(line.size(), 75u) << line;
    auto const first = static_cast<unsigned char>(line[line.starts_with(' ') ? 1 : 0]);
    EXPECT_NE(first & 0xC0, 0x80) << "a character is cut before " << line;
  }
  EXPECT_THAT(unfolded(text), HasSubstr("SUMMARY:" + entry.summary + "\r\n"));
}

TEST(Calendar, a_line_of_just_75_octets_is_not_folded) {
  auto entry = concert();
  entry.summary = std::string(75 - 8, 'a');
  EXPECT_THAT(calendar_text("Kaiku", {entry}), HasSubstr("SUMMARY:" + entry.summary + "\r\n"));
  entry.summary += "b";
  EXPECT_THAT(calendar_text("Kaiku", {entry}), HasSubstr("a\r\n b\r\n"));
}

// A calendar without anything in it is none (section 3.6).
TEST(Calendar, holds_its_zone_when_there_is_nothing_on) {
  EXPECT_THAT(calendar_text("Kaiku", {}),
              AllOf(HasSubstr("BEGIN:VTIMEZONE"), Not(HasSubstr("BEGIN:VEVENT"))));
}

}  // namespace
}  // namespace kaiku::pages
