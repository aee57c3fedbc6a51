#include "server/access/identity/known_browser.hpp"

#include <algorithm>
#include <type_traits>

#include "schema/crypto/crypto.hpp"

namespace kaiku::access {
namespace {

constexpr std::size_t mark_bytes = 4 + 16;

template <class Number>
void append_number(Bytes& out, Number number) {
  auto const bits = static_cast<std::make_unsigned_t<Number>>(number);
  for (std::size_t i = sizeof bits; i-- > 0;)
    out.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
}

}  // namespace

std::optional<KnownBrowser> KnownBrowser::read(std::string_view cookie) {
  constexpr auto most = sizeof(BrowserId) + most_accounts_of_browser * mark_bytes;
  if (cookie.size() > most * 4 / 3 + 4) return std::nullopt;
  auto const bytes = from_base64url(cookie);
  if (!bytes || bytes->size() < sizeof(BrowserId) || bytes->size() > most) return std::nullopt;
  if ((bytes->size() - sizeof(BrowserId)) % mark_bytes != 0) return std::nullopt;
  KnownBrowser browser;
  auto rest = ByteView(*bytes);
  std::ranges::copy(rest.first(sizeof(BrowserId)), browser.id_.begin());
  rest = rest.subspan(sizeof(BrowserId));
  for (; !rest.empty(); rest = rest.subspan(mark_bytes)) {
    auto& mark = browser.marks_.emplace_back();
    std::uint32_t day = 0;
    for (auto const byte : rest.first(4)) day = day << 8U | byte;
    mark.day = static_cast<std::int32_t>(day);
    std::ranges::copy(rest.subspan(4, 16), mark.mac.begin());
  }
  return browser;
}

KnownBrowser KnownBrowser::fresh(Random& random) {
  KnownBrowser browser;
  browser.id_ = random.bytes<sizeof(BrowserId)>();
  return browser;
}

ByteArray<16> KnownBrowser::mac_of(keys::KeyRing const& keys, AccountId account,
                                   std::int32_t day) const {
  Bytes text(id_.begin(), id_.end());
  append_number(text, day);
  append_number(text, account.value);
  auto const whole = crypto::hmac_sha256(keys.browsers, text);
  ByteArray<16> mac{};
  std::copy_n(whole.begin(), mac.size(), mac.begin());
  return mac;
}

bool KnownBrowser::knows(keys::KeyRing const& keys, AccountId account, Day today) const {
  return std::ranges::any_of(marks_, [&](Mark const& mark) {
    bool const fresh = mark.day <= today.value && mark.day > today.value - known_browser_days;
    return fresh && crypto::equal_constant_time(mark.mac, mac_of(keys, account, mark.day));
  });
}

void KnownBrowser::note(keys::KeyRing const& keys, AccountId account, Day today) {
  std::erase_if(marks_, [&](Mark const& mark) {
    return crypto::equal_constant_time(mark.mac, mac_of(keys, account, mark.day));
  });
  marks_.insert(marks_.begin(), {today.value, mac_of(keys, account, today.value)});
  if (marks_.size() > most_accounts_of_browser) marks_.resize(most_accounts_of_browser);
}

// Strict: only our own sign-in form needs it.
std::string KnownBrowser::cookie() const {
  Bytes whole(id_.begin(), id_.end());
  for (auto const& mark : marks_) {
    append_number(whole, mark.day);
    whole.insert(whole.end(), mark.mac.begin(), mark.mac.end());
  }
  return std::string(known_browser_cookie_name) + "=" + to_base64url(whole) +
         "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" +
         std::to_string(known_browser_days * day_us / second_us);
}

}  // namespace kaiku::access
