// The session cookie, its CSRF token, and when a session was last heard of.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/keys/key_ring.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::access {

// The prefix makes browsers demand Secure, Path=/ and no Domain (RFC 6265bis section 4.1.3.2).
inline constexpr std::string_view session_cookie_name = "__Host-kaiku";

// 32 random bytes, base64url. The database knows only its SHA-256.
std::string new_session_id(Random& random);
Digest session_lookup(std::string_view id);
// base64url(HMAC-SHA-256(csrf key, id)): nothing to store, dies with the session.
std::string csrf_token_of(keys::KeyRing const& keys, std::string_view id);
// Values for Set-Cookie.
std::string session_cookie(std::string_view id);
std::string ended_session_cookie();

// When sessions were last used. A GET writes nothing, so this stays in memory, and a job on the
// writer lane flushes it each minute; a crash makes sessions at most that much older. Thread-safe.
class SessionActivity {
 public:
  void touch(Digest const& lookup, Instant at);
  std::optional<Instant> last_seen(Digest const& lookup) const;
  void forget(Digest const& lookup);
  // Writes what was touched since the last flush; run it each minute on the writer lane.
  void flush(ledger::WriteTx& tx);

 private:
  mutable std::mutex mutex_;
  std::map<Digest, Instant> fresh_;
  std::map<Digest, Instant> flushed_;  // kept one round, until readers surely see the rows
};

}  // namespace kaiku::access
