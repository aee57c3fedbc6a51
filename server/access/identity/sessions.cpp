#include "server/access/identity/sessions.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "server/tables/sessions.hpp"

namespace kaiku::access {

std::string new_session_id(Random& random) { return to_base64url(random.bytes<32>()); }

Digest session_lookup(std::string_view id) { return crypto::sha256(bytes_of(id)); }

std::string csrf_token_of(keys::KeyRing const& keys, std::string_view id) {
  return to_base64url(crypto::hmac_sha256(keys.csrf, bytes_of(id)));
}

// Lax and not Strict: a link in a message has to open for somebody who is signed in; writes are
// kept safe by Origin and CSRF token.
std::string session_cookie(std::string_view id) {
  return std::string(session_cookie_name) + "=" + std::string(id) +
         "; Path=/; Secure; HttpOnly; SameSite=Lax";
}

std::string ended_session_cookie() {
  return std::string(session_cookie_name) + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
}

void SessionActivity::touch(Digest const& lookup, Instant at) {
  std::lock_guard const lock(mutex_);
  auto& seen = fresh_[lookup];
  seen = std::max(seen, at);
}

std::optional<Instant> SessionActivity::last_seen(Digest const& lookup) const {
  std::lock_guard const lock(mutex_);
  std::optional<Instant> latest;
  for (auto const* const generation : {&flushed_, &fresh_}) {
    auto const found = generation->find(lookup);
    if (found != generation->end())
      latest = std::max(latest.value_or(found->second), found->second);
  }
  return latest;
}

void SessionActivity::forget(Digest const& lookup) {
  std::lock_guard const lock(mutex_);
  fresh_.erase(lookup);
  flushed_.erase(lookup);
}

void SessionActivity::flush(ledger::WriteTx& tx) {
  std::map<Digest, Instant> batch;
  {
    std::lock_guard const lock(mutex_);
    flushed_ = std::move(fresh_);
    fresh_.clear();
    batch = flushed_;
  }
  for (auto const& [lookup, at] : batch) tables::note_session_seen(tx, lookup, at);
}

}  // namespace kaiku::access
