// Credentials that a lane found good not long ago, so that strangers never stand in line before
// those who work here.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_set>

#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"
#include "server/access/identity/services.hpp"
#include "server/http/message.hpp"

namespace kaiku::access {

// What names the caller of a request without asking anybody: SHA-256 of the API key, of the
// session's id, of the certificate's key, or, for device proofs, each of which is another, of the
// network that it comes from. nullopt when nothing is shown.
std::optional<Digest> credential_of(http::Request const& request, Proxies const& proxies);

// Thread-safe and bounded. To be known here proves nothing: it says in which line to wait, and
// every request is judged all the same.
class ShownLately {
 public:
  static constexpr std::size_t most = 8'192;  // in two halves; the older is forgotten whole
  static constexpr std::int64_t kept_us =
      30 * minute_us;  // at least, unless too many come; at most twice

  explicit ShownLately(Clock const& clock) : clock_(clock) {}
  bool knows(Digest const& credential) const;
  void note(Digest const& credential);
  void forget(Digest const& credential);

 private:
  // The first bytes of a digest are as good a hash as any.
  struct FirstBytes {
    std::size_t operator()(Digest const& digest) const noexcept;
  };
  using Half = std::unordered_set<Digest, FirstBytes>;
  Clock const& clock_;
  mutable std::mutex mutex_;
  Half newer_;
  Half older_;
  std::int64_t newer_since_us_ = 0;
};

}  // namespace kaiku::access
