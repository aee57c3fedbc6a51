// A request of a page as its handler sees it, without a server.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::pages::test {

// What is asked by whom: a number stands for an account with a session, none for a stranger.
struct Visit {
  Visit(access::Services& services, Instant now, std::optional<std::int64_t> account,
        std::string_view address = "/", std::string body = "")
      : call(request, parameters, services) {
    auto const cut = std::min(address.find('?'), address.size());
    request.path = address.substr(0, cut);
    if (cut < address.size()) request.query = address.substr(cut + 1);
    request.body = std::move(body);
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.request_id = "1";
    domain::Caller caller;
    if (account) {
      caller.role = domain::Role::issuer_worker;
      caller.actor = {domain::ActorKind::account, *account};
      call.know(caller, access::SessionState{Digest{1}, "token"}, now);
    } else {
      call.know(caller, std::nullopt, now);
    }
  }
  Visit(Visit const&) = delete;
  Visit& operator=(Visit const&) = delete;

  http::Request request;
  std::vector<std::string> parameters;
  access::Call call;
};

}  // namespace kaiku::pages::test
