// TLS as this server speaks it: 1.2 and 1.3 with forward secrecy and AEAD only.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>

#include "server/http/message.hpp"
#include "server/http/server.hpp"

namespace kaiku::http {

// One listener's certificate, key and rules; immutable, shared by the connections made under it.
class TlsContext {
 public:
  // Throws std::runtime_error that names the file and OpenSSL's reason. With a client CA, a client
  // must show a certificate of that CA; only its end date may have passed.
  explicit TlsContext(TlsFiles const& files);
  SSL_CTX* native() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  std::unique_ptr<SSL_CTX, Free> context_;
};

// The verified certificate of the other side; nullopt when it showed none.
std::optional<ClientCertificate> client_certificate(SSL const* ssl);

}  // namespace kaiku::http
