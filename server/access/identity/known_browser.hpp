// The browser in which an account has signed in before: what strangers do to that account does not
// hold it up. A cookie that lives as long as browsers allow, opens nothing and names nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/keys/key_ring.hpp"

namespace kaiku::access {

inline constexpr std::string_view known_browser_cookie_name = "__Host-kaiku-known";
// Browsers keep a cookie for 400 days at most (RFC 6265bis section 5.5).
inline constexpr int known_browser_days = 400;
// So many accounts share a browser; the one that signed in longest ago is forgotten.
inline constexpr std::size_t most_accounts_of_browser = 8;

using BrowserId = ByteArray<16>;

// base64url(id ‖ n × (day ‖ HMAC-SHA-256(browsers key, id ‖ day ‖ account)[0..16])): it tells
// neither which accounts nor how to find them.
class KnownBrowser {
 public:
  // nullopt for what has not that form; whose it is shows in `knows`.
  static std::optional<KnownBrowser> read(std::string_view cookie);
  static KnownBrowser fresh(Random& random);

  BrowserId const& id() const { return id_; }
  // Whether this account has signed in here within the last 400 days, by our own word.
  bool knows(keys::KeyRing const& keys, AccountId account, Day today) const;
  // Puts the account first, as of today.
  void note(keys::KeyRing const& keys, AccountId account, Day today);
  // The value for Set-Cookie.
  std::string cookie() const;

 private:
  struct Mark {
    std::int32_t day = 0;
    ByteArray<16> mac{};
  };
  ByteArray<16> mac_of(keys::KeyRing const& keys, AccountId account, std::int32_t day) const;

  BrowserId id_{};
  std::vector<Mark> marks_;  // newest first
};

}  // namespace kaiku::access
