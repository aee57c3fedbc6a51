// kaiku-kiosk: the command line of the door device.
#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/commands/command.hpp"

namespace {

using namespace kaiku::kiosk;

// A core would hold the device key and the card in hand.
void keep_cores_off() {
  rlimit const none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

// Each card takes some 8 MiB for a moment. Left to itself, malloc would keep as much for the next.
void give_large_memory_back() {
  constexpr int large = 1024 * 1024;
  ::mallopt(M_MMAP_THRESHOLD, large);
}

struct Chosen {
  std::string directory;
  EnrolOptions enrol;
  RunOptions run;
  std::string address;
  bool json = false;
};

void describe(CLI::App& app, Chosen& chosen) {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--dir", chosen.directory,
                 "Folder of this kiosk's key and journal (default: $KAIKU_KIOSK_DIR, else "
                 "~/.local/share/kaiku-kiosk)");
  auto* enrol = app.add_subcommand("enrol", "Make this computer a door device of one venue");
  enrol->fallthrough();
  enrol->add_option("url", chosen.enrol.url, "The server's address, https://…")->required();
  enrol->add_option("code", chosen.enrol.code, "The enrolment code, KAIKU-XXXX-XXXX-XXXX-XXXX")
      ->required();
  enrol->add_option("--ca", chosen.enrol.ca_file, "Certificate authority of the server, PEM file");
  enrol->add_option("--name", chosen.enrol.name, "Name of this device (default: the host's name)");
  auto* address = app.add_subcommand(
      "address", "The server has moved: take its new address once it has proven to be the same");
  address->fallthrough();
  address->add_option("url", chosen.address, "The door listener's address, https://…:8444")
      ->required();
  auto* run = app.add_subcommand("run", "Full-screen door");
  run->fallthrough();
  auto* fast =
      run->add_flag("--fast", chosen.run.fast, "A valid scan gives one ticket at once; remembered");
  run->add_flag("--no-fast", chosen.run.not_fast, "Ask before giving; remembered")->excludes(fast);
  run->add_flag("--forget-pin", chosen.run.forget_pin,
                "Forget the PIN of the screen's lock; for the owner of the folder");
  app.add_subcommand("pin",
                     "Set the PIN of the screen's lock: two lines on standard input. For the\n"
                     "owner of the folder; on the screen it changes with the present PIN alone")
      ->fallthrough();
  app.add_subcommand("lines",
                     "A line in, a line out, for turnstiles and tests: a code, a QR text or\n"
                     R"({"card","event_id"?,"tickets"?,"override"?}; a valid scan is recorded at)"
                     "\n"
                     R"(once, with or without a network. {"look": card} asks, {"undo": n})"
                     " takes back")
      ->fallthrough();
  app.add_subcommand("sync",
                     "Tell the server what waits and fetch its data, once, where no kiosk runs;\n"
                     "exit 0: everything told and up to date, 1: something waits or was refused")
      ->fallthrough();
  auto* status = app.add_subcommand(
      "status", "How this kiosk is doing; works beside a running one and without a network");
  status->fallthrough();
  status->add_flag("--json", chosen.json, "As JSON");
  auto* journal = app.add_subcommand("journal", "The signed journal of this door");
  journal->fallthrough();
  journal->require_subcommand(1);
  journal
      ->add_subcommand("export",
                       "Every entry, one JSON object a line, its signed and sealed halves in\n"
                       "base64; for a revoked or expired device too. Exit 1: the chain is broken")
      ->fallthrough();
  app.add_subcommand("version", "Print the version")->fallthrough();
}

int dispatch(CLI::App const& app, Chosen const& chosen) {
  if (app.got_subcommand("version")) {
    std::puts("kaiku-kiosk " KAIKU_VERSION);
    return exit_good;
  }
  auto const folder = Folder::chosen(chosen.directory);
  if (app.got_subcommand("enrol")) return command_enrol(folder, chosen.enrol);
  if (app.got_subcommand("address")) return command_address(folder, chosen.address);
  if (app.got_subcommand("run")) return command_run(folder, chosen.run);
  if (app.got_subcommand("pin")) return command_pin(folder);
  if (app.got_subcommand("lines")) return command_lines(folder);
  if (app.got_subcommand("sync")) return command_sync(folder);
  if (app.got_subcommand("status")) return command_status(folder, chosen.json);
  return command_journal_export(folder);
}

}  // namespace

int main(int argc, char** argv) {
  keep_cores_off();
  ::umask(077);  // key, journal and data are this user's alone, whatever the shell's own mask is
  give_large_memory_back();
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app("The door of Kaikukortti: scan a card, give free tickets.", "kaiku-kiosk");
  Chosen chosen;
  describe(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& fault) {
    return app.exit(fault) == 0 ? exit_good : exit_usage;
  }
  try {
    return dispatch(app, chosen);
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return exit_could_not;
  }
}
