#include "kiosk/link/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"
namespace kaiku::kiosk {

namespace {

bool is_address(int family, std::string const& text) {
  std::array<unsigned char, sizeof(in6_addr)> buffer{};
  return ::inet_pton(family, text.c_str(), buffer.data()) == 1;
}

bool is_host_character(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '.';
}

std::optional<std::string> parse_port(std::string_view text) {
  if (text.size() > 5 || !ascii::is_digits(text)) {
    return std::nullopt;
  }
  auto const number = std::stoi(std::string(text));
  if (number < 1 || number > 65'535) return std::nullopt;
  return std::to_string(number);
}

}  // namespace

bool ServerAddress::is_ip() const {
  return is_address(AF_INET, host) || is_address(AF_INET6, host);
}

std::string ServerAddress::authority() const {
  auto const shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == "443" ? shown : shown + ":" + port;
}

std::string ServerAddress::url() const { return "https://" + authority(); }

std::optional<ServerAddress> parse_server_address(std::string_view url) {
  constexpr std::string_view scheme = "https://";
  if (!url.starts_with(scheme)) return std::nullopt;
  url.remove_prefix(scheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  ServerAddress address;
  std::string_view rest;
  if (url.starts_with('[')) {
    auto const end = url.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    address.host = url.substr(1, end - 1);
    rest = url.substr(end + 1);
    if (!is_address(AF_INET6, address.host)) return std::nullopt;
  } else {
    auto const end = std::min(url.find(':'), url.size());
    address.host = url.substr(0, end);
    rest = url.substr(end);
    if (address.host.empty() || address.host.size() > 253 ||
        !std::all_of(address.host.begin(), address.host.end(), is_host_character)) {
      return std::nullopt;
    }
  }
  if (rest.empty()) return address;
  if (rest.front() != ':') return std::nullopt;
  auto const port = parse_port(rest.substr(1));
  if (!port) return std::nullopt;
  address.port = *port;
  return address;
}

}  // namespace kaiku::kiosk
