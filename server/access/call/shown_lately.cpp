#include "server/access/call/shown_lately.hpp"

#include <cstring>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "server/access/call/client_address.hpp"
#include "server/access/identity/api_key_text.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/sessions.hpp"

namespace kaiku::access {
namespace {

Digest digest_of(char kind, std::string_view shown) {
  std::string text(1, kind);
  text += shown;
  return crypto::sha256(bytes_of(text));
}

}  // namespace

std::optional<Digest> credential_of(http::Request const& request, Proxies const& proxies) {
  if (request.listener == http::Listener::device) {
    if (!request.certificate) return std::nullopt;
    return digest_of('c', text_of(request.certificate->spki_der));
  }
  auto const authorization = request.header("authorization");
  if (authorization.starts_with(device_proof_scheme)) {
    return digest_of('p', domain::network_of(client_address(request, proxies)).text());
  }
  if (!authorization.empty()) return api_key_lookup(authorization);
  auto const session = request.cookie(session_cookie_name);
  if (session.empty()) return std::nullopt;
  return digest_of('s', session);
}

std::size_t ShownLately::FirstBytes::operator()(Digest const& digest) const noexcept {
  std::size_t first = 0;
  static_assert(sizeof(first) <= std::tuple_size_v<Digest>);
  std::memcpy(&first, digest.data(), sizeof(first));
  return first;
}

bool ShownLately::knows(Digest const& credential) const {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto const age_us = now_us - newer_since_us_;  // of the newer half; the older one's is more
  if (age_us < kept_us && older_.contains(credential)) return true;
  return age_us < 2 * kept_us && newer_.contains(credential);
}

void ShownLately::forget(Digest const& credential) {
  std::lock_guard const lock(mutex_);
  newer_.erase(credential);
  older_.erase(credential);
}

void ShownLately::note(Digest const& credential) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  if (newer_.size() >= most / 2 || now_us - newer_since_us_ >= kept_us) {
    older_ = std::move(newer_);
    newer_.clear();
    newer_since_us_ = now_us;
  }
  newer_.insert(credential);
}

}  // namespace kaiku::access
