#include "server/access/identity/limits.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::access {
namespace {

Error wait_for(std::int64_t wait_us, std::string detail) {
  Error error(Problem::too_many_requests, std::move(detail));
  error.retry_after_s =
      static_cast<int>(std::max<std::int64_t>(1, (wait_us + second_us - 1) / second_us));
  return error;
}

// Names are of any length and may be personal: only a hash stays in memory.
std::string account_key(std::string_view username) {
  auto const digest = crypto::sha256(bytes_of(tables::folded_username(username)));
  return "a" + std::string(text_of(ByteView(digest).first(16)));
}

std::string network_key(std::string_view peer) { return "n" + network_of(peer); }

}  // namespace

std::string network_of(std::string_view peer) {
  std::string const text(peer.substr(0, peer.find('%')));  // without the zone of fe80::1%eth0
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return text.substr(0, text.rfind('.')) + ".0/24";
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return text;
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (IN6_IS_ADDR_V4MAPPED(&v6)) {
    return std::to_string(v6.s6_addr[12]) + "." + std::to_string(v6.s6_addr[13]) + "." +
           std::to_string(v6.s6_addr[14]) + ".0/24";
  }
  std::fill(std::begin(v6.s6_addr) + 8, std::end(v6.s6_addr), std::uint8_t{0});
  inet_ntop(AF_INET6, &v6, out.data(), out.size());
  return std::string(out.data()) + "/64";
}

std::size_t GuessLimits::KeyHash::operator()(Key const& key) const noexcept {
  auto const mixed = static_cast<std::uint64_t>(key.actor) * 0x9e3779b97f4a7c15U;
  return std::hash<std::uint64_t>{}(mixed ^ static_cast<std::uint64_t>(key.venue));
}

GuessLimits::Key GuessLimits::key_of(domain::Caller const& caller, VenueId venue) {
  return {caller.actor.packed(), caller.role == domain::Role::agent ? venue.value : 0};
}

void GuessLimits::forget_old(std::deque<std::int64_t>& misses, std::int64_t now_us) const {
  while (!misses.empty() && misses.front() + hour_us <= now_us) misses.pop_front();
}

Result<void> GuessLimits::may_type(domain::Caller const& caller, VenueId venue) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto const found = misses_.find(key_of(caller, venue));
  if (found == misses_.end()) return {};
  forget_old(found->second, now_us);
  if (found->second.size() < misses_an_hour) return {};
  return wait_for(found->second.front() + hour_us - now_us,
                  "Too many codes that are no cards; scan the QR code, or type again later");
}

void GuessLimits::missed(domain::Caller const& caller, VenueId venue) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  make_room(now_us);
  auto& misses = misses_[key_of(caller, venue)];
  forget_old(misses, now_us);
  misses.push_back(now_us);
  if (misses.size() > misses_an_hour) misses.pop_front();
}

// Callers are known accounts, keys and devices, so this many are out of the ordinary: those whose
// hour is over go first, then whoever missed least.
void GuessLimits::make_room(std::int64_t now_us) {
  if (misses_.size() < most_keys_) return;
  std::erase_if(misses_, [&](auto const& entry) {
    return entry.second.empty() || entry.second.back() + hour_us <= now_us;
  });
  if (misses_.size() < most_keys_) return;
  auto const least = std::min_element(misses_.begin(), misses_.end(), [](auto& a, auto& b) {
    return a.second.size() < b.second.size();
  });
  misses_.erase(least);
}

LoginDelays::Tries& LoginDelays::tries_of(std::string const& key, std::int64_t now_us) {
  auto const [found, is_new] = tries_.try_emplace(key);
  auto& tries = found->second;
  if (is_new) {
    tries.age = by_age_.insert(by_age_.end(), key);
    tries.forgiven_us = now_us;
    if (tries_.size() > most_keys_) {
      tries_.erase(by_age_.front());
      by_age_.pop_front();
    }
    return tries;
  }
  by_age_.splice(by_age_.end(), by_age_, tries.age);
  auto const forgiven = (now_us - tries.forgiven_us) / forgiveness_us;
  tries.forgiven_us += forgiven * forgiveness_us;
  tries.count = static_cast<int>(std::max<std::int64_t>(0, tries.count - forgiven));
  return tries;
}

std::int64_t LoginDelays::wait_us(Tries const& tries, std::int64_t now_us) {
  if (tries.count < free_tries) return 0;
  auto const doublings = std::min(tries.count - free_tries + 1, 10);
  auto const delay_s = std::min(std::int64_t{1} << doublings, longest_delay_s);
  return std::max<std::int64_t>(0, tries.last_us + delay_s * second_us - now_us);
}

Result<void> LoginDelays::admit(std::string_view username, std::string_view peer) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto& network = tries_of(network_key(peer), now_us);
  auto& account = tries_of(account_key(username), now_us);
  auto const wait = std::max(wait_us(network, now_us), wait_us(account, now_us));
  if (wait > 0) return wait_for(wait, "Too many tries; wait a moment before the next one");
  for (auto* const tries : {&network, &account}) {
    // Beyond the longest delay counting on would only make forgiveness endless.
    tries->count = std::min(tries->count + 1, free_tries + 10);
    tries->last_us = now_us;
  }
  return {};
}

void LoginDelays::succeeded(std::string_view username, std::string_view peer) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  tries_of(account_key(username), now_us).count = 0;
  auto& network = tries_of(network_key(peer), now_us);
  network.count = std::max(0, network.count - 1);
}

}  // namespace kaiku::access
