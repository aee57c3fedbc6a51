// A route is data: method, path, who may call, lane, body limit, function. One table registers them
// all (server/app/routes.cpp); the OpenAPI file and the authorisation matrix are checked against
// it.
#pragma once

#include <any>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/access/identity/limits.hpp"
#include "server/domain/caller.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::access {

// A set of roles as bits, so that the table stays constexpr.
class RoleSet {
 public:
  template <class... Roles>
  static constexpr RoleSet of(Roles... roles) {
    return RoleSet((0u | ... | (1u << static_cast<unsigned>(roles))));
  }
  constexpr bool has(domain::Role role) const {
    return (bits_ >> static_cast<unsigned>(role)) & 1u;
  }
  constexpr RoleSet operator|(RoleSet other) const { return RoleSet(bits_ | other.bits_); }

 private:
  explicit constexpr RoleSet(unsigned bits) : bits_(bits) {}
  unsigned bits_;
};

inline constexpr RoleSet anybody =
    RoleSet::of(domain::Role::anonymous, domain::Role::admin, domain::Role::national_coordinator,
                domain::Role::area_coordinator, domain::Role::issuer_worker,
                domain::Role::venue_staff, domain::Role::agent, domain::Role::device);

// What a caller of a route could try to guess, as bits (limits.hpp).
class GuessableSet {
 public:
  template <class... Guessables>
  static constexpr GuessableSet of(Guessables... what) {
    return GuessableSet((0u | ... | (1u << static_cast<unsigned>(what))));
  }
  constexpr GuessableSet() = default;
  constexpr bool has(Guessable what) const { return (bits_ >> static_cast<unsigned>(what)) & 1u; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  explicit constexpr GuessableSet(unsigned bits) : bits_(bits) {}
  unsigned bits_ = 0;
};

// What binds a role inside the route: which thing of the request has to be the caller's own. The
// handler enforces it; the matrix test walks own and other for each.
enum class Scope : std::uint8_t { none, area, office, venue, self };

enum class Face : std::uint8_t { json, page };

using ReadHandler = Result<http::Response> (*)(Call const&, ledger::ReadTx&);
using WriteHandler = Result<http::Response> (*)(Call&, ledger::WriteTx&);
// A look at a request that will write, on a read lane: what is refused or answered here never
// reaches the writer. nullopt: go on; the write handler decides again.
using Look = Result<std::optional<http::Response>> (*)(Call const&, ledger::ReadTx&);
using ConstantHandler = http::Response (*)(Call const&);
// A step before the commit: reads what it needs, hands back slow work that runs without a
// transaction on the `work` or `password` lane; its value is `call.prepared` in the write handler,
// which checks again what prepare assumed.
using SlowWork = std::function<std::any()>;
struct Work {
  Work() = default;  // nothing is slow: on to the write
  explicit Work(SlowWork slow) : run(std::move(slow)) {}
  explicit Work(http::Response&& response) : answer(std::move(response)) {}
  std::optional<http::Response> answer;  // this is all: there is nothing to do
  SlowWork run;
  // On the password lane: of a browser where the account is known, in the places kept for those.
  bool goes_ahead = false;
};
using Prepare = Result<Work> (*)(Call const&, ledger::ReadTx&);

// Exactly one of constant, read and write is set; look and prepare only beside write, not both.
struct Route {
  http::Method method;
  std::string_view pattern;
  RoleSet who;
  Scope scope;
  http::Lane lane;  // where the main step (or the prepared work) runs
  std::size_t body_limit;
  Face face = Face::json;
  ConstantHandler constant = nullptr;
  ReadHandler read = nullptr;
  WriteHandler write = nullptr;
  Look look = nullptr;
  Prepare prepare = nullptr;
  bool on_everybody = true;     // the public listener
  bool on_device = false;       // the device listener
  bool creates = false;         // takes an Idempotency-Key header
  bool decides_first = false;   // of write: see lanes::JobShape
  bool expired_device = false;  // an expired certificate of a device still gets in (18 months)
  bool revoked_device = false;  // a revoked device too (its journal goes to quarantine)
  bool only_watches = false;    // no activity of the session
  bool takes_file = false;      // its form may come as multipart/form-data
  GuessableSet guesses{};       // what a caller could try to guess here: each is counted
};

}  // namespace kaiku::access
