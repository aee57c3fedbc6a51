#include "server/pages/coordinator/device_standing.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/tables/device_days.hpp"

namespace kaiku::pages {
namespace {

using contract::Language;

std::string counted(Language language, Text text, std::int64_t n) {
  return fill(language, text, {{"n", number_text(language, n)}});
}
std::string since(Language language, Text text, Instant at) {
  return fill(language, text, {{"since", moment_text(language, at)}});
}

void tell_of_quarantine(std::vector<std::string>& lines, Language language,
                        tables::DeviceJournal const& journal) {
  if (journal.forks > 0) lines.push_back(counted(language, Text::devices_forks, journal.forks));
  auto const rest = journal.quarantined - journal.forks;
  if (rest > 0) lines.push_back(counted(language, Text::devices_quarantined, rest));
}

}  // namespace

DeviceHealth health_of(ledger::ReadTx& tx, DeviceId device) {
  return {tables::journal_of(tx, device), tables::held_back_at(tx, device)};
}

std::vector<std::string> standing_of(Language language, tables::Device const& device,
                                     DeviceHealth const& health, Day today) {
  std::vector<std::string> lines;
  auto const& journal = health.journal;
  if (device.revoked_at) {
    auto const text = device.stolen ? Text::devices_stolen : Text::devices_revoked;
    lines.push_back(since(language, text, *device.revoked_at));
  }
  if (journal.gap_since) {
    lines.push_back(since(language, Text::devices_gap, *journal.gap_since));
  }
  // Of today or yesterday: what waited longer ago has come since, or is held back again.
  bool const is_held_back = health.held_back_at && helsinki_day(*health.held_back_at) >= today + -1;
  if (is_held_back && !device.revoked_at) {
    lines.push_back(since(language, Text::devices_held_back, *health.held_back_at));
  }
  if (journal.resumed_at) {
    bool const doubled = journal.resumed_why == contract::Resumed::Why::doubled;
    lines.push_back(fill(language, doubled ? Text::devices_doubled : Text::devices_restored,
                         {{"since", moment_text(language, *journal.resumed_at)},
                          {"n", number_text(language, journal.resumed)}}));
  }
  if (journal.broken_at) {
    auto const number = std::to_string(*journal.broken_at);
    lines.push_back(fill(language, Text::devices_broken, {{"n", number}}));
  }
  tell_of_quarantine(lines, language, journal);
  if (lines.empty()) {
    auto const text = journal.highest > 0 ? Text::devices_complete : Text::devices_nothing_yet;
    lines.emplace_back(in(language, text));
  }
  return lines;
}

std::string last_contact_of(Language language, DeviceHealth const& health) {
  auto const& at = health.journal.last_upload_at;
  return at ? moment_text(language, *at) : std::string(in(language, Text::devices_never));
}

}  // namespace kaiku::pages
