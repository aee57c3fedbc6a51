// One function a subcommand; each returns the exit code and writes words for people to stderr.
#pragma once

#include <string>

#include "kiosk/device/store.hpp"

namespace kaiku::kiosk {

struct EnrolOptions {
  std::string url;
  std::string code;
  std::string ca_file;  // empty: none
  std::string name;
};
struct RunOptions {
  bool fast = false;
  bool not_fast = false;
  bool forget_pin = false;
};

int command_enrol(Folder const& folder, EnrolOptions const& options);
// Another address of the same server; changed once it has proven itself.
int command_address(Folder const& folder, std::string const& url);
int command_run(Folder const& folder, RunOptions const& options);
int command_pin(Folder const& folder);
int command_lines(Folder const& folder);
int command_sync(Folder const& folder);
int command_status(Folder const& folder, bool json);
int command_journal_export(Folder const& folder);

// "is not enrolled" (or its key is gone) or "is in use", with the next step; exit_could_not.
int tell_not_enrolled(Folder const& folder);
int tell_in_use(Folder const& folder);
// The lock's PIN is the business of whoever owns the folder, or of root: false, and said,
// otherwise.
bool may_change_pin(Folder const& folder);

}  // namespace kaiku::kiosk
