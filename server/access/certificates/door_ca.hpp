// The door CA: certifies door devices and the device listener, and nothing else. Its key is P-256.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/http/server.hpp"

namespace kaiku::access {

inline constexpr std::int64_t device_certificate_days = 30;
// How long an expired certificate still reaches renewal and journal: 18 months.
inline constexpr std::int64_t expired_device_grace_us = 548 * day_us;

struct CertifiedKey {
  std::string chain_pem;
  std::string key_pem;
};

// Const and thread-safe once made.
class DoorCa {
 public:
  // Files door_ca.key.pem (0600) and door_ca.pem in `directory`; makes both when neither is there.
  // Throws when one is missing, damaged, or they are not a pair.
  static DoorCa make_or_load(std::filesystem::path const& directory, Random& random, Instant now);

  std::string const& certificate_pem() const { return certificate_pem_; }
  // SHA-256 of the certificate's DER: what an enrolment text carries.
  Digest const& fingerprint() const { return fingerprint_; }

  // For the device's own key, CN "device-<id>", good for 30 days. Takes some 0.1 ms.
  std::string certify_device(crypto::P256PublicKey const& key, DeviceId device, Instant now,
                             Random& random) const;
  // Files of the device listener in `directory` (device_listener.pem, device_listener.key.pem),
  // made anew when missing, of other hosts, of another CA, or with less than 60 days to go.
  http::TlsFiles listener_files(std::filesystem::path const& directory,
                                std::vector<std::string> const& hosts, Instant now,
                                Random& random) const;

 private:
  DoorCa() = default;
  crypto::P256PrivateKey key_;
  std::string certificate_pem_;
  Digest fingerprint_{};
  std::filesystem::path certificate_file_;
};

}  // namespace kaiku::access
