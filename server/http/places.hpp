// Who may hold how many of the server's connections, so that no stranger takes them all.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "server/http/message.hpp"

namespace kaiku::http {

// Where a connection comes from: one IPv4 address, or one IPv6 /64, which is one household's.
// Nullopt for what is no address. An IPv4 address written as IPv6 is the IPv4 address.
std::optional<std::string> network_of(std::string_view address);

// In percent of `connections`; the rest is for known networks alone.
struct PlaceSettings {
  std::size_t connections = 10'500;
  unsigned strangers_percent = 75;  // on the public listener
  unsigned devices_percent = 10;    // on the device listener
  unsigned network_percent = 12;    // of each of these, and of the whole, that one network may hold
  // Peers that speak for many (proxies of our own): their connections are nobody's share.
  std::function<bool(std::string_view address)> is_proxy{};
};

// Three pots: one a listener, for anybody, and one for networks from which somebody has proved who
// they are, which is there for them when the others are full. Thread-safe.
class Places {
 public:
  explicit Places(PlaceSettings const& settings);

  class Place {
   public:
    Place(Places& places, std::size_t pot, std::string network)
        : places_(&places), pot_(pot), network_(std::move(network)) {}
    Place(Place&& other) noexcept
        : places_(std::exchange(other.places_, nullptr)),
          pot_(other.pot_),
          network_(std::move(other.network_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (places_ != nullptr) places_->give_back(pot_, network_);
    }
    // Somebody there has proved who they are: from now on their network is a known one.
    void know() { places_->know(network_); }

   private:
    Places* places_;
    std::size_t pot_;
    std::string network_;
  };
  // A place until the value goes; nullopt when there is none for them.
  std::optional<Place> take(Listener listener, std::string_view address);

  static constexpr std::size_t most_known = 4096;  // networks; the longest unheard-of goes first

 private:
  static constexpr std::size_t pot_count = 3;
  static constexpr std::size_t known_pot = 2;
  struct Held {
    std::array<std::size_t, pot_count> in{};
    std::size_t in_all() const { return in[0] + in[1] + in[2]; }
  };

  void give_back(std::size_t pot, std::string const& network);
  void know(std::string const& network);
  std::size_t share_of(std::size_t places) const;

  std::function<bool(std::string_view)> is_proxy_;
  std::size_t network_percent_;
  std::size_t all_;
  std::array<std::size_t, pot_count> sizes_{};
  std::mutex mutex_;
  std::array<std::size_t, pot_count> used_{};
  std::unordered_map<std::string, Held> held_;
  std::list<std::string> known_by_age_;  // the newest first
  std::unordered_map<std::string, std::list<std::string>::iterator> known_;
};

}  // namespace kaiku::http
