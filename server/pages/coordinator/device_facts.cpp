#include "server/pages/coordinator/device_facts.hpp"

#include <algorithm>
#include <cstdlib>

#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

using contract::Language;

std::string data_age(Language language, std::optional<Instant> const& cards_at, Instant now) {
  if (!cards_at) return std::string(in(language, Text::device_not_known));
  return age_text(language, std::max<std::int64_t>(now - *cards_at, 0));
}

std::string certificate(Language language, tables::DeviceContact const& contact, Instant now) {
  auto const& until = contact.certificate_until;
  if (!until) return std::string(in(language, Text::device_certificate_none));
  auto const text = now < *until ? Text::device_certificate_until : Text::device_certificate_over;
  return fill(language, text, {{"day", day_text(language, helsinki_day(*until))}});
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

// Before this server kept what it heard, the uploads alone told of a device.
std::string last_contact_of(Language language, DeviceHealth const& health) {
  auto const& at =
      health.contact ? std::optional(health.contact->heard_at) : health.journal.last_upload_at;
  return at ? moment_text(language, *at) : std::string(in(language, Text::devices_never));
}

DeviceFacts facts_of(Language language, DeviceHealth const& health, Instant now) {
  std::string const unknown(in(language, Text::device_not_known));
  DeviceFacts facts{last_contact_of(language, health), unknown, unknown, unknown, unknown, {}};
  if (auto const& contact = health.contact) {
    facts.data_age = data_age(language, contact->cards_at, now);
    facts.certificate = certificate(language, *contact, now);
    if (contact->told) {
      facts.unsent = number_text(language, contact->told->unsent);
      facts.clock = clock_text_of(language, contact->told->clock_difference_us);
    }
  }
  auto const& gap = health.journal.gap_since;
  facts.gap = gap ? fill(language, Text::device_gap_since, {{"since", moment_text(language, *gap)}})
                  : std::string(in(language, Text::device_gap_none));
  return facts;
}

}  // namespace kaiku::pages
