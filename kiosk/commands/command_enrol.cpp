#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/link/certificates.hpp"
#include "kiosk/link/enrolment.hpp"

namespace kaiku::kiosk {

namespace {

int tell(int code, std::string const& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return code;
}

std::string next_step(EnrolmentFailure const& failure, std::string const& url) {
  switch (failure.fault) {
    case EnrolmentFault::unreachable:
      return "The server at " + url + " could not be reached (" + failure.detail +
             "). Check the address and the network, then try again.";
    case EnrolmentFault::untrusted:
      return "The server's certificate is not trusted (" + failure.detail +
             "). Check the --ca file, the address and this computer's clock.";
    case EnrolmentFault::code_invalid:
      return "The enrolment code is unknown, used or too old. Ask the coordinator for a new one.";
    case EnrolmentFault::too_many_tries:
      return "Too many tries. Wait a quarter of an hour, then try again.";
    case EnrolmentFault::other_fingerprint:
      return "This is not the server that the enrolment text names: " + failure.detail +
             ". Nothing was stored. Check the address; if it is right, tell the coordinator.";
    case EnrolmentFault::another:
      return "This folder cannot join there: " + failure.detail +
             ". Nothing was changed. To join another server or as another device use another "
             "folder: --dir D.";
    case EnrolmentFault::device_unknown:
      return "The server does not know the device of this folder: it is another server, or it was "
             "restored from a backup that is older than this device. Nothing was changed, here or "
             "there, and the code is still good. The folder keeps its entries: kaiku-kiosk journal "
             "export. To go on use another folder, --dir D, and tell the coordinator.";
    case EnrolmentFault::not_understood:
      return "The server's reply does not fit together: " + failure.detail +
             ". Nothing was stored. Check that the address is that of a Kaiku server.";
    case EnrolmentFault::refused:
      return "The server refused the enrolment: " + failure.detail + ".";
  }
  return failure.detail;
}

std::string host_name() {
  std::array<char, 65> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "kaiku-kiosk";
  return name.data();
}

bool has_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

// Shows both fingerprints and asks; anything but a clear yes is a no.
bool person_agrees(PendingEnrolment const& pending) {
  std::fprintf(stderr,
               "Nothing proves yet that this is the right server. Compare with what the "
               "coordinator has:\n\nDoor CA, SHA-256\n%s\n\nServer certificate, SHA-256\n%s\n\n"
               "Are they the same? Type yes or no: ",
               spaced_fingerprint(pending.door_ca_fingerprint).c_str(),
               spaced_fingerprint(pending.server_fingerprint).c_str());
  std::array<char, 16> answer{};
  if (!std::fgets(answer.data(), static_cast<int>(answer.size()), stdin)) return false;
  return std::strcmp(answer.data(), "yes\n") == 0 || std::strcmp(answer.data(), "y\n") == 0;
}

std::optional<std::string> read_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// `before`: what the folder was enrolled as; its journal goes on.
int enrol_with(Folder const& folder, Database& database, EnrolmentAsk const& ask,
               std::optional<Enrolment> const& before) {
  auto const result = ask_for_enrolment(ask);
  if (auto const* failure = std::get_if<EnrolmentFailure>(&result)) {
    return tell(exit_could_not, next_step(*failure, ask.server.url()));
  }
  auto const& pending = std::get<PendingEnrolment>(result);
  if (!pending.proven && !person_agrees(pending)) {
    return tell(exit_could_not, "Nothing was stored. Ask the coordinator for a new code.");
  }
  if (before) {
    if (auto const failure = check_joined_again(pending, *before)) {
      return tell(exit_could_not, next_step(*failure, ask.server.url()));
    }
  }
  accept_enrolment(folder, database, pending);
  std::printf("Enrolled: device %lld at %s. The server from now on: %s\n",
              static_cast<long long>(pending.enrolment.device.value),
              pending.enrolment.venue_name.c_str(), pending.enrolment.device_url.c_str());
  return exit_good;
}

}  // namespace

int command_enrol(Folder const& folder, EnrolOptions const& options) {
  EnrolmentAsk ask;
  auto const server = parse_server_address(options.url);
  if (!server) {
    return tell(exit_usage, "The address has to look like https://kaiku.example.fi:8443.");
  }
  auto const text = parse_enrolment_text(options.code);
  if (!text) {
    return tell(exit_usage,
                "The enrolment code has sixteen letters and digits, KAIKU-XXXX-XXXX-XXXX-XXXX. "
                "Check it and type it again.");
  }
  ask.server = *server;
  ask.text = *text;
  ask.device_name = options.name.empty() ? host_name() : options.name;
  if (!options.ca_file.empty()) {
    auto const pem = read_file(options.ca_file);
    if (!pem || !read_certificate(*pem)) {
      return tell(exit_usage, "There is no certificate to read in " + options.ca_file + ".");
    }
    ask.ca_pem = *pem;
  }
  if (ask.ca_pem.empty() && !ask.text.fingerprint && !has_terminal()) {
    return tell(exit_usage,
                "Nothing says which server to trust. Give --ca FILE, or the whole enrolment text "
                "with its fingerprint (CODE.FINGERPRINT), or run this on a terminal.");
  }
  folder.make();
  FolderLock const lock(folder.lock());
  if (!lock.held()) return tell_in_use(folder);
  Database database(folder.database(), Database::Mode::read_write);
  auto const enrolled = load_enrolment(database);
  if (enrolled) {
    ask.key = read_device_key(folder.device_key());
    ask.device = enrolled->device;
  }
  if (enrolled && !ask.key) return tell_not_enrolled(folder);
  return enrol_with(folder, database, ask, enrolled);
}

}  // namespace kaiku::kiosk
