#include <cstdio>
#include <string>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/commands/command.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int tries = 3;

int tell_it_syncs_itself(Folder const& folder) {
  std::fprintf(stderr,
               "A kaiku-kiosk is running on %s and tells the server by itself. To see how far it "
               "is: kaiku-kiosk status\n",
               folder.directory.c_str());
  return exit_could_not;
}

std::string entries(std::size_t count) {
  return count == 1 ? "1 entry" : std::to_string(count) + " entries";
}

// What the person has to know when not everything went well.
std::string next_step(Contact::Standing const& standing) {
  switch (standing.trouble) {
    case Trouble::revoked:
      return "The coordinator has revoked this device. Its entries are kept: kaiku-kiosk journal "
             "export.";
    case Trouble::certificate_expired:
      return "The device's certificate has expired and was not renewed yet. Try again later; if it "
             "stays so, tell the coordinator.";
    case Trouble::has_to_join_again:
      return "The device's certificate expired too long ago to be renewed. Its entries are kept. "
             "Ask the coordinator for an enrolment code, then: kaiku-kiosk enrol URL CODE, in "
             "this folder.";
    case Trouble::not_enrolled:
      return "The server does not know this device. Tell the coordinator.";
    case Trouble::none: break;
  }
  if (!standing.online) {
    return "The server could not be reached (" + standing.last_failure +
           "). Check the network, then try again.";
  }
  return standing.last_failure.empty() ? "Run it again." : "Why: " + standing.last_failure + ".";
}

std::size_t refused_entries(Journal& journal) {
  std::size_t refused = 0;
  journal.each([&](StoredEntry const& entry) { refused += entry.refused.empty() ? 0 : 1; });
  return refused;
}

bool sync(Kiosk& kiosk) {
  std::int64_t wait_us = first_retry_us;
  for (int tried = 1;; ++tried) {
    if (kiosk.sync_now()) return true;
    auto const standing = kiosk.contact().standing();
    if (tried == tries || standing.online || standing.trouble != Trouble::none) return false;
    kiosk.contact().rest(0);  // a loss has woken it
    kiosk.contact().rest(wait_us);
    wait_us *= 2;
  }
}

}  // namespace

int command_sync(Folder const& folder) {
  SystemClock const clock;
  auto opened = Kiosk::open(folder, clock, Kiosk::Syncs::when_told);
  if (auto const* fault = std::get_if<OpenFault>(&opened)) {
    return *fault == OpenFault::in_use ? tell_it_syncs_itself(folder) : tell_not_enrolled(folder);
  }
  auto& kiosk = *std::get<std::unique_ptr<Kiosk>>(opened);
  bool const done = sync(kiosk);
  auto const refused = refused_entries(kiosk.journal());
  auto const waiting = static_cast<std::size_t>(kiosk.journal().unacknowledged()) - refused;
  auto const standing = kiosk.door().standing();
  std::printf("Told the server of %s; %s wait. Data: %zu cards as of %s.\n",
              entries(kiosk.contact().standing().entries_told).c_str(), entries(waiting).c_str(),
              standing.cards,
              standing.data_as_of ? to_rfc3339(*standing.data_as_of).c_str() : "never");
  if (refused > 0) {
    std::printf("The server refuses %s; they are kept: kaiku-kiosk journal export.\n",
                entries(refused).c_str());
  }
  if (!done)
    std::printf("Not everything is up to date. %s\n",
                next_step(kiosk.contact().standing()).c_str());
  return done && refused == 0 ? exit_good : exit_found;
}

}  // namespace kaiku::kiosk
