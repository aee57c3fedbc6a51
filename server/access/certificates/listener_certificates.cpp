#include "server/access/certificates/listener_certificates.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/access/certificates/x509_support.hpp"
#include "server/sql/durable_file.hpp"

namespace kaiku::access {
namespace {

constexpr std::int64_t authority_days = 20 * 365;
constexpr std::int64_t listener_days = 730;
constexpr std::int64_t renew_before_days = 60;

constexpr mode_t for_owner = 0600;
constexpr mode_t for_everybody = 0644;

// A private key that others can read is no secret any more: refuse it rather than use it.
std::optional<std::string> read_key_file(std::filesystem::path const& file) {
  using std::filesystem::perms;
  auto text = sql::read_small_file(file);
  if (!text) return std::nullopt;
  auto const others = perms::group_all | perms::others_all;
  if ((std::filesystem::status(file).permissions() & others) != perms::none) {
    throw std::runtime_error(file.string() + " is open to others; run chmod 600 on it");
  }
  return text;
}

bool is_pair(X509* certificate, crypto::P256PrivateKey const& key) {
  auto const fits =
      certificate != nullptr && X509_check_private_key(certificate, key.native()) == 1;
  ERR_clear_error();
  return fits;
}

Authority make_authority(std::string const& common_name, Random& random, Instant now) {
  Authority made{crypto::P256PrivateKey::generate(), {}};
  CertificatePlan plan{};
  plan.common_name = common_name;
  plan.key_usage = "critical,keyCertSign,cRLSign";
  plan.is_ca = true;
  plan.from = now + -day_us;
  plan.until = now + authority_days * day_us;
  auto const certificate =
      make_certificate(plan, made.key.native(), nullptr, made.key.native(), random);
  made.certificate_pem = pem_of(certificate.get());
  return made;
}

bool names_match(X509* certificate, std::vector<std::string> const& hosts) {
  return std::all_of(hosts.begin(), hosts.end(), [&](std::string const& host) {
    return X509_check_ip_asc(certificate, host.c_str(), 0) == 1 ||
           X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1;
  });
}

bool still_good(Authority const& authority, std::string const& chain_pem,
                std::string const& key_pem, std::vector<std::string> const& hosts, Instant now) {
  auto const certificate = certificate_from_pem(chain_pem);
  auto const key = crypto::P256PrivateKey::from_pem(key_pem);
  if (!certificate || !key || !is_pair(certificate.get(), *key)) return false;
  auto const from_authority = X509_verify(certificate.get(), authority.key.native()) == 1;
  ERR_clear_error();
  return from_authority && names_match(certificate.get(), hosts) &&
         end_of(certificate.get()) > now + renew_before_days * day_us;
}

}  // namespace

Authority make_or_load_authority(std::filesystem::path const& directory, std::string const& name,
                                 std::string const& common_name, Random& random, Instant now) {
  auto const key_file = directory / (name + ".key.pem");
  auto const certificate_file = directory / (name + ".pem");
  auto const key_pem = read_key_file(key_file);
  auto const certificate_pem = sql::read_small_file(certificate_file);
  if (!certificate_pem && !key_pem) {
    auto made = make_authority(common_name, random, now);
    sql::write_file_durably(key_file, made.key.pem(), for_owner);
    sql::write_file_durably(certificate_file, made.certificate_pem, for_everybody);
    return made;
  }
  // Making a new one here would leave every enrolled device without its server: a person decides.
  if (!certificate_pem || !key_pem) {
    throw std::runtime_error((certificate_pem ? key_file : certificate_file).string() +
                             " is missing; bring it back from the backup");
  }
  auto const key = crypto::P256PrivateKey::from_pem(*key_pem);
  auto const certificate = certificate_from_pem(*certificate_pem);
  if (!key || !is_pair(certificate.get(), *key)) {
    throw std::runtime_error(key_file.string() + " and " + certificate_file.string() +
                             " are damaged or not a pair; bring them back from the backup");
  }
  return {*key, *certificate_pem};
}

CertifiedKey certify_server(Authority const& authority, std::vector<std::string> const& hosts,
                            Instant now, Random& random) {
  if (hosts.empty()) throw std::runtime_error("a listener's certificate needs a host name");
  auto const issuer = certificate_from_pem(authority.certificate_pem);
  auto const key = crypto::P256PrivateKey::generate();
  CertificatePlan plan{};
  plan.common_name = hosts.front();
  plan.subject_alternative_names = alternative_names_of(hosts);
  plan.key_usage = "critical,digitalSignature";
  plan.extended_key_usage = "serverAuth";
  plan.from = now + -day_us;
  plan.until = now + listener_days * day_us;
  auto const made =
      make_certificate(plan, key.native(), issuer.get(), authority.key.native(), random);
  return {pem_of(made.get()), key.pem()};
}

http::TlsFiles make_or_load_listener(Authority const& authority,
                                     std::filesystem::path const& directory,
                                     std::string const& name, std::vector<std::string> const& hosts,
                                     Instant now, Random& random) {
  auto const chain_file = directory / (name + ".pem");
  auto const key_file = directory / (name + ".key.pem");
  auto const chain = sql::read_small_file(chain_file);
  auto const key = read_key_file(key_file);
  if (!chain || !key || !still_good(authority, *chain, *key, hosts, now)) {
    auto const made = certify_server(authority, hosts, now, random);
    sql::write_file_durably(key_file, made.key_pem, for_owner);
    sql::write_file_durably(chain_file, made.chain_pem, for_everybody);
  }
  http::TlsFiles files;
  files.certificate_chain_pem_file = chain_file.string();
  files.private_key_pem_file = key_file.string();
  return files;
}

DevelopmentCertificates make_development_certificates(std::filesystem::path const& directory,
                                                      std::vector<std::string> const& hosts,
                                                      Instant now, Random& random) {
  std::filesystem::create_directories(directory);
  auto const authority =
      make_or_load_authority(directory, "development_ca", "Kaiku development CA", random, now);
  DevelopmentCertificates made;
  made.ca_file = directory / "development_ca.pem";
  made.tls = make_or_load_listener(authority, directory, "public_listener", hosts, now, random);
  return made;
}

}  // namespace kaiku::access
