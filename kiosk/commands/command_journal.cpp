#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/opened_folder.hpp"
#include "kiosk/commands/command.hpp"

namespace kaiku::kiosk {

// Words of ours and base64 alone, so that each line is JSON without a writer of JSON.
int command_journal_export(Folder const& folder) {
  auto const opened = OpenedFolder::for_reading(folder);
  if (!opened) return tell_not_enrolled(folder);
  auto const yes_or_no = [](bool yes) { return yes ? "true" : "false"; };
  opened->journal.each([&](StoredEntry const& entry) {
    std::printf(R"({"sequence":%lld,"told":%s,"acknowledged":%s,"tries":%d,"refused":%s,)"
                R"("hash":"%s","entry":"%s","card":"%s"})"
                "\n",
                static_cast<long long>(entry.sequence), yes_or_no(entry.told),
                yes_or_no(entry.acknowledged), entry.tries, yes_or_no(!entry.refused.empty()),
                to_hex(entry.hash).c_str(), to_base64(entry.signed_entry).c_str(),
                to_base64(entry.sealed_card).c_str());
  });
  auto const fault = opened->journal.first_fault();
  if (fault) std::fprintf(stderr, "The journal is not whole: %s.\n", fault->c_str());
  return fault ? exit_found : exit_good;
}

}  // namespace kaiku::kiosk
