#include "server/pages/coordinator/device_facts.hpp"

#include <cstdlib>

#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

using contract::Language;

std::string certificate(Language language, DeviceHealth const& health, Instant now) {
  if (!health.contact || !health.contact->certificate_until) {
    return std::string(
        in(language, health.contact ? Text::device_certificate_none : Text::device_not_known));
  }
  auto const text = health.has_certificate_over(now) ? Text::device_certificate_over
                                                     : Text::device_certificate_until;
  return fill(language, text,
              {{"day", day_text(language, helsinki_day(*health.contact->certificate_until))}});
}

}  // namespace

std::string age_text(Language language, std::int64_t us) {
  if (us < minute_us) return std::string(in(language, Text::device_under_a_minute));
  constexpr std::int64_t most_hours = 48;
  bool const in_minutes = us < hour_us;
  bool const in_hours = us < most_hours * hour_us;
  auto const unit_us = in_minutes ? minute_us : in_hours ? hour_us : day_us;
  auto const text = in_minutes ? Text::device_minutes
                    : in_hours ? Text::device_hours
                               : Text::device_days;
  return fill(language, text, {{"n", number_text(language, us / unit_us)}});
}

std::string clock_text_of(Language language, std::int64_t difference_us) {
  auto const age = age_text(language, std::llabs(difference_us));
  if (std::llabs(difference_us) < minute_us) return age;
  auto const text = difference_us < 0 ? Text::device_clock_ahead : Text::device_clock_behind;
  return fill(language, text, {{"age", age}});
}

std::string last_contact_of(Language language, DeviceHealth const& health) {
  auto const at = health.last_heard_at();
  return at ? moment_text(language, *at) : std::string(in(language, Text::devices_never));
}

DeviceFacts facts_of(Language language, DeviceHealth const& health, Instant now) {
  std::string const unknown(in(language, Text::device_not_known));
  auto const data_us = health.data_age_us(now);
  auto const clock_us = health.clock_difference_us();
  bool const has_told = health.contact && health.contact->told;
  auto const& gap = health.journal.gap_since;
  return {
      .last_contact = last_contact_of(language, health),
      .data_age = data_us ? age_text(language, *data_us) : unknown,
      .unsent = has_told ? number_text(language, health.contact->told->unsent) : unknown,
      .clock = clock_us ? clock_text_of(language, *clock_us) : unknown,
      .certificate = certificate(language, health, now),
      .gap = gap ? fill(language, Text::device_gap_since, {{"since", moment_text(language, *gap)}})
                 : std::string(in(language, Text::device_gap_none))};
}

}  // namespace kaiku::pages
