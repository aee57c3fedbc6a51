#include "server/access/call/client_address.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    auto const at = text.find(separator);
    parts.push_back(ascii::without_blanks(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// The node of a `for=` parameter (RFC 7239 section 4); empty when the hop names none.
std::string_view for_node(std::string_view hop) {
  for (auto const pair : parts_of(hop, ';')) {
    auto const equals = pair.find('=');
    if (equals == std::string_view::npos || ascii::lowered(pair.substr(0, equals)) != "for")
      continue;
    auto value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return {};
}

// All hops in order, whatever number of header lines they stand in (RFC 9110 section 5.3).
std::vector<std::string_view> hops_of(http::Request const& request, ForwardingHeader header) {
  bool const standard = header == ForwardingHeader::forwarded;
  std::vector<std::string_view> hops;
  for (auto const& [name, value] : request.headers) {
    if (name != (standard ? "forwarded" : "x-forwarded-for")) continue;
    for (auto const hop : parts_of(value, ',')) hops.push_back(standard ? for_node(hop) : hop);
  }
  return hops;
}

}  // namespace

bool is_trusted(domain::Address const& address, Proxies const& proxies) {
  return std::ranges::any_of(proxies.trusted,
                             [&](auto const& network) { return network.holds(address); });
}

domain::Address client_address(http::Request const& request, Proxies const& proxies) {
  auto address = domain::address_from(request.peer).value_or(domain::Address{});
  if (!is_trusted(address, proxies)) return address;
  auto const hops = hops_of(request, proxies.header);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    auto const before = domain::address_of_hop(*hop);
    if (!before) return address;
    address = *before;
    if (!is_trusted(address, proxies)) return address;
  }
  return address;
}

}  // namespace kaiku::access
