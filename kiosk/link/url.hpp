// The one form of address that the kiosk speaks to: https://host[:port].
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kaiku::kiosk {

struct ServerAddress {
  std::string host;  // a name, an IPv4 address, or an IPv6 address without its brackets
  std::string port = "443";
  bool operator==(ServerAddress const&) const = default;
  bool is_ip() const;
  std::string authority() const;  // for the Host header
  std::string url() const;        // https://authority
};

// nullopt for another scheme, user names, paths, queries, odd characters or ports.
std::optional<ServerAddress> parse_server_address(std::string_view url);

}  // namespace kaiku::kiosk
