#include "server/pages/public/calendar.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t longest_line = 75;  // octets, without CRLF

// A calendar has to hold something: this one nothing but the zone in which its days are meant.
constexpr std::string_view zone =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Helsinki\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T040000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\nTZNAME:EET\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19970330T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\nTZNAME:EEST\r\nEND:DAYLIGHT\r\n"
    "END:VTIMEZONE\r\n";

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// A line goes on in the next one after a blank, which counts there; no character is cut in two.
void append_folded(std::string& out, std::string_view line) {
  std::size_t room = longest_line;
  while (line.size() > room) {
    auto cut = room;
    while (cut > 0 && is_inside_character(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = longest_line - 1;
  }
  out.append(line).append("\r\n");
}

std::string escaped(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    if (c == '\\' || c == ';' || c == ',') out.push_back('\\');
    if (c == '\n')
      out.append("\\n");
    else if (!ascii::is_control(c))
      out.push_back(c);
  }
  return out;
}

void append_text(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty()) append_folded(out, std::string(name) + ":" + escaped(text));
}

std::string digits_of(std::string text) {
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

// "20261122T062301Z": what is less than a second does not fit.
std::string utc(Instant at) {
  auto const whole = at.us - ((at.us % second_us) + second_us) % second_us;
  return digits_of(to_rfc3339({whole}));
}

void append_entry(std::string& out, CalendarEntry const& entry) {
  out.append("BEGIN:VEVENT\r\n");
  append_text(out, "UID", entry.uid);
  append_folded(out, "DTSTAMP:" + utc(entry.changed_at));
  if (entry.day) {
    append_folded(out, "DTSTART;VALUE=DATE:" + digits_of(to_iso(*entry.day)));
    append_folded(out, "DTEND;VALUE=DATE:" + digits_of(to_iso(*entry.day + 1)));
    append_folded(out, "TRANSP:TRANSPARENT");
  } else {
    append_folded(out, "DTSTART:" + utc(entry.starts_at));
    append_folded(out, "DTEND:" + utc(entry.ends_at));
  }
  append_text(out, "SUMMARY", entry.summary);
  append_text(out, "LOCATION", entry.location);
  append_text(out, "DESCRIPTION", entry.description);
  if (!entry.url.empty()) append_folded(out, "URL:" + entry.url);
  if (entry.cancelled) append_folded(out, "STATUS:CANCELLED");
  out.append("END:VEVENT\r\n");
}

}  // namespace

std::string calendar_text(std::string_view name, std::vector<CalendarEntry> const& entries) {
  std::string out =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kaiku//Kaiku//FI\r\nCALSCALE:GREGORIAN\r\n";
  append_text(out, "X-WR-CALNAME", name);
  if (entries.empty()) out.append(zone);
  for (auto const& entry : entries) append_entry(out, entry);
  return out.append("END:VCALENDAR\r\n");
}

http::Response calendar_response(std::string text, std::string_view file_name) {
  http::Response response;
  response.content_type = "text/calendar; charset=utf-8";
  response.body = std::move(text);
  response.with("Content-Disposition", "inline; filename=\"" + std::string(file_name) + "\"")
      .with("X-Robots-Tag", "noindex");
  return response;
}

}  // namespace kaiku::pages
