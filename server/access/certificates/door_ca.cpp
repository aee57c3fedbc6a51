#include "server/access/certificates/door_ca.hpp"

#include <stdexcept>

#include "server/access/certificates/listener_certificates.hpp"
#include "server/access/certificates/x509_support.hpp"

namespace kaiku::access {

DoorCa DoorCa::make_or_load(std::filesystem::path const& directory, Random& random, Instant now) {
  auto const pair = make_or_load_authority(directory, "door_ca", "Kaiku door CA", random, now);
  DoorCa ca;
  ca.key_ = pair.key;
  ca.certificate_pem_ = pair.certificate_pem;
  ca.certificate_file_ = directory / "door_ca.pem";
  auto const certificate = certificate_from_pem(ca.certificate_pem_);
  ca.fingerprint_ = crypto::sha256(der_of(certificate.get()));
  return ca;
}

std::string DoorCa::certify_device(crypto::P256PublicKey const& key, DeviceId device, Instant now,
                                   Random& random) const {
  auto const issuer = certificate_from_pem(certificate_pem_);
  CertificatePlan plan{};
  plan.common_name = "device-" + std::to_string(device.value);
  plan.key_usage = "critical,digitalSignature";
  plan.extended_key_usage = "clientAuth";
  plan.from = now + -hour_us;  // a kiosk's clock may be behind
  plan.until = now + device_certificate_days * day_us;
  auto const made = make_certificate(plan, key.native(), issuer.get(), key_.native(), random);
  return pem_of(made.get());
}

http::TlsFiles DoorCa::listener_files(std::filesystem::path const& directory,
                                      std::vector<std::string> const& hosts, Instant now,
                                      Random& random) const {
  auto files = make_or_load_listener({key_, certificate_pem_}, directory, "device_listener", hosts,
                                     now, random);
  files.client_ca_pem_file = certificate_file_.string();
  return files;
}

}  // namespace kaiku::access
