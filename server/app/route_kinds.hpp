// The kinds of routes that the table names, and the sets of roles and body limits in it.
#pragma once

#include <cstddef>
#include <string_view>

#include "server/access/call/route.hpp"

namespace kaiku::route_kinds {

using access::anybody;
using access::Face;
using enum access::Guessable;
using access::RoleSet;
using access::Route;
using access::Scope;
using domain::Role;
using http::Lane;
using enum http::Method;

inline constexpr auto managers =
    RoleSet::of(Role::admin, Role::national_coordinator, Role::area_coordinator);
inline constexpr auto network_makers = RoleSet::of(Role::admin, Role::national_coordinator);
inline constexpr auto owner = RoleSet::of(Role::admin);
inline constexpr auto people = managers | RoleSet::of(Role::issuer_worker, Role::venue_staff);
inline constexpr auto office = RoleSet::of(Role::issuer_worker);
inline constexpr auto staff = RoleSet::of(Role::venue_staff);
inline constexpr auto doors = RoleSet::of(Role::venue_staff, Role::agent);
inline constexpr auto door_device = RoleSet::of(Role::device);
inline constexpr auto managers_and_venue = managers | RoleSet::of(Role::venue_staff);

inline constexpr std::size_t none = 0;
inline constexpr std::size_t small = 4 * 1024;
inline constexpr std::size_t medium = 16 * 1024;
inline constexpr std::size_t scan =
    16 * 1024;  // whatever a scanner reads: the longest QR text fits
inline constexpr std::size_t large = 64 * 1024;
inline constexpr std::size_t journal = 512 * 1024;
inline constexpr std::size_t file = 1024 * 1024;

constexpr Route constant(std::string_view pattern, access::ConstantHandler fn) {
  Route route{get, pattern, anybody, Scope::none, Lane::io, none};
  route.constant = fn;
  route.on_device = true;
  return route;
}
constexpr Route reads(std::string_view pattern, RoleSet who, Scope scope, access::ReadHandler fn) {
  Route route{get, pattern, who, scope, Lane::read, none};
  route.read = fn;
  return route;
}
constexpr Route writes(http::Method method, std::string_view pattern, RoleSet who, Scope scope,
                       std::size_t body_limit, access::WriteHandler fn) {
  Route route{method, pattern, who, scope, Lane::write, body_limit};
  route.write = fn;
  return route;
}
// Looking at it is no activity of the session.
constexpr Route watches(std::string_view pattern, access::ReadHandler fn) {
  auto route = reads(pattern, anybody, Scope::self, fn);
  route.only_watches = true;
  return route;
}
// A read that walks over many rows.
constexpr Route reports(std::string_view pattern, RoleSet who, Scope scope,
                        access::ReadHandler fn) {
  auto route = reads(pattern, who, scope, fn);
  route.lane = Lane::slow_read;
  return route;
}
// A read that may have to make something for many first.
constexpr Route builds(std::string_view pattern, RoleSet who, Scope scope, access::ReadHandler fn) {
  auto route = reads(pattern, who, scope, fn);
  route.lane = Lane::build;
  return route;
}
// A POST that makes something takes an Idempotency-Key.
constexpr Route creates(std::string_view pattern, RoleSet who, Scope scope, std::size_t body_limit,
                        access::WriteHandler fn) {
  auto route = writes(post, pattern, who, scope, body_limit, fn);
  route.creates = true;
  return route;
}
// A use: decided, then written in one go (lanes::JobShape::decides_first).
constexpr Route redeems(std::string_view pattern, RoleSet who, access::WriteHandler fn) {
  auto route = writes(post, pattern, who, Scope::venue, scan, fn);
  route.decides_first = true;
  return route;
}
constexpr Route prepared(Route route, Lane lane, access::Prepare fn) {
  route.lane = lane;
  route.prepare = fn;
  return route;
}
// What is refused or answered before the writer hears of it.
constexpr Route looked_at(Route route, access::Look fn) {
  route.look = fn;
  return route;
}
// A POST that asks and writes nothing.
constexpr Route asks(std::string_view pattern, RoleSet who, Scope scope, std::size_t body_limit,
                     access::ReadHandler fn) {
  auto route = reads(pattern, who, scope, fn);
  route.method = post;
  route.body_limit = body_limit;
  return route;
}
// For devices: with a client certificate on the device listener, by signed requests on the public
// one.
constexpr Route for_doors(Route route) {
  route.on_device = true;
  return route;
}
constexpr Route for_expired_doors(Route route) {
  route.on_device = true;
  route.expired_device = true;
  return route;
}

// Expired or revoked: what happened at the door is taken in all the same.
constexpr Route for_silenced_doors(Route route) {
  route.revoked_device = true;
  return for_expired_doors(route);
}

// What a caller could try to guess here; each has to be counted (access/identity/limits.hpp).
template <class... Guessables>
constexpr Route guessing(Route route, Guessables... what) {
  route.guesses = access::GuessableSet::of(what...);
  return route;
}

// A page's form that may bring a file (access::Call::posted).
constexpr Route with_file(Route route) {
  route.takes_file = true;
  return route;
}

constexpr Route page(Route route) {
  route.face = Face::page;
  route.on_device = false;
  return route;
}

}  // namespace kaiku::route_kinds
