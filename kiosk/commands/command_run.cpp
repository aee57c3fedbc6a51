#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/stop_signal.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/screen/run.hpp"
#include "kiosk/screen/terminal.hpp"

namespace kaiku::kiosk {

namespace {

constexpr std::int64_t most_failures = 1000;
// The first card may come the moment the screen is there; without a network nobody waits longer.
constexpr std::int64_t first_contact_us = 1'200'000;

// Sport halls and museums give a ticket at once; others look first. An area's coordinator may have
// it otherwise: the flag is remembered.
bool is_fast(Database& database, contract::Sector sector) {
  auto const set = integer_setting(database, "fast");
  return set ? *set != 0 : sector == contract::Sector::sport;
}

// For the operator, who has the machine: the lock keeps passers-by away and nobody else.
void forget_pin(Database& database) {
  set_setting(database, "pin", "");
  set_setting(database, "locked", "0");
  set_setting(database, "pin_failures", "0");
}

RunSettings settings_of(Database& database, Enrolment const& enrolment, RunOptions const& options) {
  if (options.forget_pin) forget_pin(database);
  if (options.fast) set_setting(database, "fast", "1");
  if (options.not_fast) set_setting(database, "fast", "0");
  RunSettings settings;
  settings.fast = is_fast(database, enrolment.sector);
  auto const language = setting(database, "language");
  settings.language =
      contract::language_from(language.value_or("fi")).value_or(contract::Language::fi);
  if (auto const event = integer_setting(database, "event"); event && *event > 0) {
    settings.event = EventId{*event};
  }
  if (auto const day = integer_setting(database, "without_event_on"); day && *day > 0) {
    settings.without_event_on = Day{static_cast<std::int32_t>(*day)};
  }
  settings.click = integer_setting(database, "click").value_or(1) != 0;
  settings.has_pin = !setting(database, "pin").value_or("").empty();
  settings.locked = integer_setting(database, "locked").value_or(0) != 0;
  auto const failures = integer_setting(database, "pin_failures").value_or(0);
  settings.pin_failures = static_cast<int>(std::clamp<std::int64_t>(failures, 0, most_failures));
  return settings;
}

// K6 when the folder is new. True when there is an enrolled kiosk afterwards.
bool enrol_on_screen(Folder const& folder, int stop_fd) {
  folder.make();
  Database database(folder.database(), Database::Mode::read_write);
  if (load_enrolment(database)) return true;
  std::array<char, 65> name{};
  bool const named = ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0';
  return run_enrolment(folder, database, named ? name.data() : "kaiku-kiosk", stop_fd);
}

}  // namespace

int command_run(Folder const& folder, RunOptions const& options) {
  if (!Terminal::is_there()) {
    std::fputs("The full-screen door needs a terminal. For a turnstile run: kaiku-kiosk lines\n",
               stderr);
    return exit_could_not;
  }
  if (options.forget_pin && !may_change_pin(folder)) return exit_could_not;
  StopSignal const stop;
  if (!enrol_on_screen(folder, stop.descriptor())) return exit_good;
  SystemClock const clock;
  auto opened = Kiosk::open(folder, clock);
  if (auto const* fault = std::get_if<OpenFault>(&opened)) {
    return *fault == OpenFault::in_use ? tell_in_use(folder) : tell_not_enrolled(folder);
  }
  auto& kiosk = *std::get<std::unique_ptr<Kiosk>>(opened);
  auto const& enrolment = kiosk.enrolment();
  ScreenFacts const facts{enrolment.venue_name, enrolment.device_url, enrolment.device.value,
                          KAIKU_VERSION};
  kiosk.contact().wait_for_first(first_contact_us);
  run_door(kiosk, facts, settings_of(kiosk.database(), enrolment, options), stop.descriptor());
  return exit_good;
}

}  // namespace kaiku::kiosk
