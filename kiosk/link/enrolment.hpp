// How a kiosk becomes a device of one venue.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "kiosk/device/store.hpp"
#include "kiosk/link/door_server.hpp"
#include "kiosk/link/http_client.hpp"

namespace kaiku::kiosk {

// What is printed for people: KAIKU-XXXX-XXXX-XXXX-XXXX, maybe with .<64 hex> of the door CA.
struct EnrolmentText {
  std::string code;                        // sixteen characters, upper case
  std::optional<std::string> fingerprint;  // lower-case hexadecimal
};
// Case, hyphens and spaces are ignored; nullopt when it is not one.
std::optional<EnrolmentText> parse_enrolment_text(std::string_view text);

struct EnrolmentAsk {
  ServerAddress server;
  EnrolmentText text;
  std::string ca_pem;  // trusted for the public listener; empty: none was given
  std::string device_name;
  // Of this folder, to join anew as the same device; else a new key, and a new device.
  std::optional<crypto::P256PrivateKey> key{};
  std::optional<DeviceId> device{};
};

enum class EnrolmentFault {
  unreachable,
  untrusted,
  code_invalid,
  too_many_tries,
  other_fingerprint,  // the door CA is not the one that the enrolment text names
  another,            // another server, or another device than the folder's
  device_unknown,     // the server does not know the folder's device
  not_understood,     // the reply does not fit together
  refused,
};
struct EnrolmentFailure {
  EnrolmentFault fault = EnrolmentFault::refused;
  std::string detail;  // English, one sentence
};

// Granted by the server, not yet believed.
struct PendingEnrolment {
  Enrolment enrolment;
  crypto::P256PrivateKey key;
  std::string server_fingerprint;
  std::string door_ca_fingerprint;
  bool proven = false;  // by --ca or by the fingerprint; else a person has to compare
  Instant server_time;
};

std::variant<PendingEnrolment, EnrolmentFailure> ask_for_enrolment(EnrolmentAsk const& ask);
// Nothing when the folder's own device was let in again by its server; else why not. Then the
// journal goes on as it is.
std::optional<EnrolmentFailure> check_joined_again(PendingEnrolment const& pending,
                                                   Enrolment const& before);
// Stores key and enrolment; from then on only the door CA is trusted. Throws StorageFailure.
void accept_enrolment(Folder const& folder, Database& database, PendingEnrolment const& pending);

// Whom an enrolled kiosk trusts, and how it proves itself with this certificate (PEM). Certificates
// are judged at `not_before` at least: the newest time that the server has signed for.
// Throws StorageFailure when what is stored is damaged.
TlsContext context_of(Enrolment const& enrolment, std::string const& certificate,
                      crypto::P256PrivateKey const& key, Instant not_before);
std::shared_ptr<Credentials> credentials_of(Enrolment const& enrolment,
                                            crypto::P256PrivateKey const& key, Instant not_before);

}  // namespace kaiku::kiosk
