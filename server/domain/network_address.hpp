// Internet addresses and networks of them, as every limit and log counts by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/bytes.hpp"

namespace kaiku::domain {

// An IPv4 address is kept as IPv6 maps it (RFC 4291 section 2.5.5.2), so both compare alike.
struct Address {
  ByteArray<16> bytes{};
  bool operator==(Address const&) const = default;
  bool is_v4() const;
  bool is_loopback() const;  // 127.0.0.0/8, ::1 (RFC 6890)
  std::string text() const;
};
// "192.0.2.1", "2001:db8::1", with a zone or not; nullopt for anything else.
std::optional<Address> address_from(std::string_view text);
// The same with brackets and a port, as forwarding headers write it: "[2001:db8::1]:443".
std::optional<Address> address_of_hop(std::string_view text);

// All addresses that share the first bits of one.
struct Network {
  Address first;
  int bits = 128;  // of the 16 bytes: an IPv4 /24 has 120
  bool holds(Address const& address) const;
  std::string text() const;  // "192.0.2.0/24"
};
// An address, or "192.0.2.0/24"; nullopt for a length out of range or bits behind it.
std::optional<Network> network_from(std::string_view text);

// Who is counted as one: the /24 of IPv4, the /64 of IPv6 (one line's share, RFC 6177).
Network network_of(Address const& address);
// The /24 of IPv4, the /48 of IPv6: what one owner may hold many /64 of, and what logs may tell.
Network wide_network_of(Address const& address);

}  // namespace kaiku::domain
