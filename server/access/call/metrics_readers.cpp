#include "server/access/call/metrics_readers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

constexpr std::array<std::string_view, 3> forwarding_headers{"x-forwarded-for", "forwarded", "via"};

bool is_forwarded(http::Request const& request) {
  return std::ranges::any_of(forwarding_headers,
                             [&](auto const name) { return request.has_header(name); });
}

bool shows_token(http::Request const& request, MetricsReaders const& readers) {
  constexpr std::string_view scheme = "bearer ";
  if (!readers.token_hash) return false;
  auto shown = request.header("authorization");
  if (!ascii::lowered(shown).starts_with(scheme)) return false;
  shown.remove_prefix(scheme.size());
  shown.remove_prefix(std::min(shown.find_first_not_of(' '), shown.size()));
  return crypto::equal_constant_time(crypto::sha256(bytes_of(shown)), *readers.token_hash);
}

}  // namespace

Result<void> may_read_metrics(Call const& call) {
  auto const& readers = call.services().site.metrics_readers;
  auto const& request = call.request();
  if (shows_token(request, readers)) return {};
  auto const address = call.address();
  auto const is_in_network = std::ranges::any_of(
      readers.networks, [&](auto const& network) { return network.holds(address); });
  if (is_in_network) return {};
  auto const peer = domain::address_from(request.peer);
  bool const is_local = peer && peer->is_loopback() && *peer == address && !is_forwarded(request);
  if (is_local) return {};
  return Error(Problem::forbidden,
               "Metrics answer on this machine, to networks named in the settings, and to the "
               "bearer token of the settings");
}

}  // namespace kaiku::access
