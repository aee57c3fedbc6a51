#include "server/http/places.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

namespace kaiku::http {
namespace {

constexpr std::size_t prefix_bytes = 8;  // of a /64

}  // namespace

std::optional<std::string> network_of(std::string_view address) {
  std::string const text(address);
  std::array<char, sizeof(in6_addr)> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
    return "4" + std::string(bytes.data(), 4);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return std::nullopt;
  in6_addr parsed{};
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(&parsed));
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) return "4" + std::string(bytes.data() + 12, 4);
  return "6" + std::string(bytes.data(), prefix_bytes);
}

Places::Places(PlaceSettings const& settings)
    : is_proxy_(settings.is_proxy),
      network_percent_(settings.network_percent),
      all_(settings.connections) {
  auto const part = [&](unsigned percent) {
    return std::max<std::size_t>(1, all_ * std::min(percent, 100U) / 100);
  };
  sizes_[static_cast<std::size_t>(Listener::everybody)] = part(settings.strangers_percent);
  sizes_[static_cast<std::size_t>(Listener::device)] = part(settings.devices_percent);
  auto const taken = sizes_[0] + sizes_[1];
  sizes_[known_pot] = all_ > taken ? all_ - taken : 0;
}

std::size_t Places::share_of(std::size_t places) const {
  return std::max<std::size_t>(1, places * network_percent_ / 100);
}

std::optional<Places::Place> Places::take(Listener listener, std::string_view address) {
  auto network = network_of(address).value_or("?");
  bool const is_proxy = is_proxy_ && is_proxy_(address);
  auto const own = static_cast<std::size_t>(listener);
  std::lock_guard const lock(mutex_);
  auto const found = held_.find(network);
  auto const held = found == held_.end() ? Held{} : found->second;
  if (used_[0] + used_[1] + used_[2] >= all_) return std::nullopt;
  if (!is_proxy && held.in_all() >= share_of(all_)) return std::nullopt;
  bool const is_fair = is_proxy || held.in[own] < share_of(sizes_[own]);
  bool const has_room = used_[own] < sizes_[own] && is_fair;
  bool const is_known = !is_proxy && known_.contains(network);  // who knows who is behind it
  if (!has_room && (!is_known || used_[known_pot] >= sizes_[known_pot])) return std::nullopt;
  auto const pot = has_room ? own : known_pot;
  ++used_[pot];
  ++held_[network].in[pot];
  return Place(*this, pot, std::move(network));
}

void Places::give_back(std::size_t pot, std::string const& network) {
  std::lock_guard const lock(mutex_);
  --used_[pot];
  auto const found = held_.find(network);
  --found->second.in[pot];
  if (found->second.in_all() == 0) held_.erase(found);
}

void Places::know(std::string const& network) {
  std::lock_guard const lock(mutex_);
  if (auto const found = known_.find(network); found != known_.end()) {
    known_by_age_.splice(known_by_age_.begin(), known_by_age_, found->second);
    return;
  }
  known_by_age_.push_front(network);
  known_.emplace(network, known_by_age_.begin());
  if (known_.size() <= most_known) return;
  known_.erase(known_by_age_.back());
  known_by_age_.pop_back();
}

}  // namespace kaiku::http
