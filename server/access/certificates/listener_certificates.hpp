// Certificates that a listener shows: from the door CA, or from a development CA of one's own
// machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "server/access/certificates/door_ca.hpp"

namespace kaiku::access {

struct Authority {
  crypto::P256PrivateKey key;
  std::string certificate_pem;
};

// <name>.key.pem (0600) and <name>.pem in `directory`, 20 years; made when neither is there. Throws
// when only one is, when they are damaged, or not a pair.
Authority make_or_load_authority(std::filesystem::path const& directory, std::string const& name,
                                 std::string const& common_name, Random& random, Instant now);

CertifiedKey certify_server(Authority const& authority, std::vector<std::string> const& hosts,
                            Instant now, Random& random);

// <name>.pem and <name>.key.pem in `directory`; made anew when missing, when they are not of this
// authority or these hosts, or when less than 60 days are left.
http::TlsFiles make_or_load_listener(Authority const& authority,
                                     std::filesystem::path const& directory,
                                     std::string const& name, std::vector<std::string> const& hosts,
                                     Instant now, Random& random);

// For `kaiku-server demo` and developers: a CA of this directory alone (development_ca.pem) and a
// certificate of the public listener under it (public_listener.pem). Production brings its own.
struct DevelopmentCertificates {
  std::filesystem::path ca_file;
  http::TlsFiles tls;
};
DevelopmentCertificates make_development_certificates(std::filesystem::path const& directory,
                                                      std::vector<std::string> const& hosts,
                                                      Instant now, Random& random);

}  // namespace kaiku::access
