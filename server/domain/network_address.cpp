#include "server/domain/network_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace kaiku::domain {
namespace {

constexpr int v4_bits = 96;
constexpr ByteArray<12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// The address with everything behind its first bits set to nothing.
Address cut(Address address, int bits) {
  for (int i = 0; i < 16; ++i) {
    auto const kept = std::clamp(bits - i * 8, 0, 8);
    auto& byte = address.bytes[static_cast<std::size_t>(i)];
    byte = static_cast<std::uint8_t>(byte & (0xff00 >> kept));
  }
  return address;
}

Network cut_network(Address const& address, int bits) { return {cut(address, bits), bits}; }

}  // namespace

bool Address::is_v4() const { return std::ranges::equal(v4_prefix, ByteView(bytes).first(12)); }

bool Address::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  Address v6;
  v6.bytes.back() = 1;
  return *this == v6;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  auto const* const from = bytes.data() + (is_v4() ? 12 : 0);
  inet_ntop(is_v4() ? AF_INET : AF_INET6, from, out.data(), out.size());
  return out.data();
}

std::optional<Address> address_from(std::string_view text) {
  std::string const plain(text.substr(0, text.find('%')));  // without the zone of fe80::1%eth0
  Address address;
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
  std::ranges::copy(v4_prefix, address.bytes.begin());
  if (inet_pton(AF_INET, plain.c_str(), address.bytes.data() + 12) == 1) return address;
  return std::nullopt;
}

std::optional<Address> address_of_hop(std::string_view text) {
  if (text.starts_with('[')) {
    auto const end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    auto const rest = text.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    return address_from(text.substr(1, end - 1));
  }
  auto const colon = text.find(':');
  bool const has_port = colon != std::string_view::npos && colon == text.rfind(':');
  return address_from(has_port ? text.substr(0, colon) : text);
}

bool Network::holds(Address const& address) const { return cut(address, bits) == first; }

std::string Network::text() const {
  return first.text() + "/" +
         std::to_string(first.is_v4() && bits >= v4_bits ? bits - v4_bits : bits);
}

std::optional<Network> network_from(std::string_view text) {
  auto const slash = text.find('/');
  auto const address = address_from(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*address, 128};
  auto const digits = text.substr(slash + 1);
  int bits = 0;
  auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  auto const most = address->is_v4() ? 128 - v4_bits : 128;
  if (fault != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits > most) {
    return std::nullopt;
  }
  auto const network = cut_network(*address, address->is_v4() ? bits + v4_bits : bits);
  if (network.first != *address) return std::nullopt;
  return network;
}

Network network_of(Address const& address) {
  return cut_network(address, address.is_v4() ? v4_bits + 24 : 64);
}

Network wide_network_of(Address const& address) {
  return cut_network(address, address.is_v4() ? v4_bits + 24 : 48);
}

}  // namespace kaiku::domain
