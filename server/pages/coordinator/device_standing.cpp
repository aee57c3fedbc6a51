#include "server/pages/coordinator/device_standing.hpp"

#include <cstdlib>

#include "server/pages/coordinator/device_facts.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

using contract::Language;
using Lines = std::vector<std::string>;

// As the door's own screen tells of its clock.
constexpr std::int64_t clock_fault_us = 5 * minute_us;
// A device that is on asks every few seconds.
constexpr std::int64_t is_on_us = hour_us;
constexpr std::int64_t data_is_old_us = day_us;
constexpr std::int64_t double_is_news_us = 30 * day_us;
constexpr std::int64_t is_silent_us = 7 * day_us;

std::string counted(Language language, Text text, std::int64_t n) {
  return fill(language, text, {{"n", number_text(language, n)}});
}
std::string since(Language language, Text text, Instant at) {
  return fill(language, text, {{"since", moment_text(language, at)}});
}

void tell_of_quarantine(Lines& lines, Language language, tables::DeviceJournal const& journal) {
  if (journal.forks > 0) lines.push_back(counted(language, Text::devices_forks, journal.forks));
  auto const rest = journal.quarantined - journal.forks;
  if (rest > 0) lines.push_back(counted(language, Text::devices_quarantined, rest));
}

// A double that runs now is worse than anything; what was once stays told, behind the rest.
bool has_double(tables::DeviceJournal const& journal, Instant now) {
  return journal.resumed_at && journal.resumed_why == contract::Resumed::Why::doubled &&
         now - *journal.resumed_at < double_is_news_us;
}
void tell_of_folder(Lines& lines, Language language, tables::DeviceJournal const& journal) {
  if (!journal.resumed_at) return;
  bool const doubled = journal.resumed_why == contract::Resumed::Why::doubled;
  lines.push_back(fill(language, doubled ? Text::devices_doubled : Text::devices_restored,
                       {{"since", moment_text(language, *journal.resumed_at)},
                        {"n", number_text(language, journal.resumed)}}));
}

// What of its journal somebody has to look into.
void tell_of_journal(Lines& lines, Language language, tables::DeviceJournal const& journal) {
  if (journal.broken_at) {
    auto const number = std::to_string(*journal.broken_at);
    lines.push_back(fill(language, Text::devices_broken, {{"n", number}}));
  }
  if (journal.gap_since) lines.push_back(since(language, Text::devices_gap, *journal.gap_since));
}

// What it told when it was last heard of.
void tell_of_contact(Lines& lines, Language language, DeviceHealth const& health, Instant now) {
  auto const& contact = *health.contact;
  bool const is_on = now - contact.heard_at < is_on_us;
  if (health.has_certificate_over(now)) {
    auto const day = day_text(language, helsinki_day(*contact.certificate_until));
    lines.push_back(fill(language, Text::devices_certificate_over, {{"day", day}}));
  }
  if (contact.told && contact.told->unsent > 0 && !is_on) {
    lines.push_back(fill(language, Text::devices_unsent,
                         {{"n", number_text(language, contact.told->unsent)},
                          {"since", moment_text(language, contact.heard_at)}}));
  }
  auto const clock_us = health.clock_difference_us();
  if (clock_us && std::llabs(*clock_us) >= clock_fault_us) {
    auto const off = clock_text_of(language, *clock_us);
    lines.push_back(fill(language, Text::devices_clock_off, {{"off", off}}));
  }
  auto const data_us = health.data_age_us(now);
  if (is_on && data_us && *data_us > data_is_old_us) {
    auto const age = age_text(language, *data_us);
    lines.push_back(fill(language, Text::devices_data_old, {{"age", age}}));
  }
}

// Of today or yesterday: what waited longer ago has come since, or is held back again.
bool is_held_back(DeviceHealth const& health, Instant now) {
  return health.held_back_at && helsinki_day(*health.held_back_at) >= helsinki_day(now) + -1;
}

}  // namespace

std::vector<std::string> standing_of(Language language, tables::Device const& device,
                                     DeviceHealth const& health, Instant now) {
  Lines lines;
  bool const is_in_use = !device.revoked_at;
  if (!is_in_use) {
    auto const text = device.stolen ? Text::devices_stolen : Text::devices_revoked;
    lines.push_back(since(language, text, *device.revoked_at));
  }
  bool const doubled = has_double(health.journal, now);
  if (doubled) tell_of_folder(lines, language, health.journal);
  tell_of_journal(lines, language, health.journal);
  if (is_in_use && health.contact) tell_of_contact(lines, language, health, now);
  if (is_in_use && is_held_back(health, now)) {
    lines.push_back(since(language, Text::devices_held_back, *health.held_back_at));
  }
  tell_of_quarantine(lines, language, health.journal);
  if (!doubled) tell_of_folder(lines, language, health.journal);
  if (is_in_use && health.contact && now - health.contact->heard_at > is_silent_us) {
    lines.push_back(since(language, Text::devices_silent, health.contact->heard_at));
  }
  if (lines.empty()) {
    bool const has_some = health.journal.highest > 0;
    auto const text = has_some ? Text::devices_complete : Text::devices_nothing_yet;
    lines.emplace_back(in(language, text));
  }
  return lines;
}

}  // namespace kaiku::pages
