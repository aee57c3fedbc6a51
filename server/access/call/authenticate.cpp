#include "server/access/call/authenticate.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/identity/api_key_text.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/http/form.hpp"
#include "server/http/multipart.hpp"
#include "server/tables/api_keys.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/sessions.hpp"

namespace kaiku::access {
namespace {

Error not_signed_in(char const* detail) { return Error(Problem::not_signed_in, detail); }

Result<void> check_device(tables::Device const& device, Route const& route) {
  if (device.revoked_at && !route.revoked_device) return Error(Problem::device_revoked);
  return {};
}

Result<void> check_certificate_end(http::ClientCertificate const& certificate, Route const& route,
                                   Instant now) {
  Instant const end{certificate.not_after_s * second_us};
  if (now < end) return {};
  if (route.expired_device && now < end + expired_device_grace_us) return {};
  return Error(Problem::device_expired);
}

Identified identified(tables::Device const& device) {
  return {tables::caller_of(device), std::nullopt, {Shown::As::device, {}, {}, device.id}};
}

Result<Identified> by_certificate(ledger::ReadTx& tx, http::Request const& request,
                                  Route const& route, Services& services, Instant now) {
  if (!request.certificate) return not_signed_in("This listener needs a device certificate");
  auto const device = tables::find_device_by_spki(tx, request.certificate->spki_der);
  if (!device) return not_signed_in("This device is not enrolled");
  services.devices.heard(device->id, now, Instant{request.certificate->not_after_s * second_us});
  if (auto const good = check_device(*device, route); !good) return good.error();
  auto const in_time = check_certificate_end(*request.certificate, route, now);
  if (!in_time) return in_time.error();
  return identified(*device);
}

Result<Identified> by_proof(ledger::ReadTx& tx, http::Request const& request, Route const& route,
                            Services& services, Instant now, Part part) {
  auto const proof = read_device_proof(request, now, part);
  if (!proof) return proof.error();
  auto const device = tables::find_device(tx, proof->device);
  auto const key = device ? crypto::P256PublicKey::from_spki_der(device->spki) : std::nullopt;
  // One answer for an unknown device and for a wrong signature: ids are small numbers.
  if (!key || !signed_by(*proof, *key)) return not_signed_in("This device is not enrolled");
  auto const fresh = services.nonces.take(proof->device, proof->nonce, request.request_id);
  if (!fresh) return fresh.error();
  services.devices.heard(device->id, now, std::nullopt);
  if (auto const good = check_device(*device, route); !good) return good.error();
  return identified(*device);
}

Result<Identified> by_api_key(ledger::ReadTx& tx, std::optional<Digest> const& lookup) {
  auto caller = lookup ? tables::caller_of_api_key(tx, *lookup) : std::nullopt;
  if (!caller) return not_signed_in("This API key is not known");
  return Identified{std::move(*caller), std::nullopt, {Shown::As::api_key, *lookup, {}, {}}};
}

Identified by_session(ledger::ReadTx& tx, Digest const& lookup, std::string const& csrf_token,
                      Route const& route, Services& services, Instant now) {
  auto found = tables::find_session(tx, lookup);
  if (!found || found->disabled || now >= found->session.ends_at) return {};
  auto const heard = services.activity.last_seen(lookup);
  auto const last_seen = std::max(found->session.last_seen, heard.value_or(Instant{0}));
  if (now >= last_seen + found->session.idle_us) return {};
  if (!route.only_watches) services.activity.touch(lookup, now);
  return {std::move(found->caller),
          SessionState{lookup, csrf_token},
          {Shown::As::session, lookup, csrf_token, {}}};
}

Result<Identified> by_device(ledger::ReadTx& tx, http::Request const& request, Route const& route,
                             Instant now, DeviceId id) {
  auto const device = tables::find_device(tx, id);
  if (!device) return not_signed_in("This device is not enrolled");
  if (auto const good = check_device(*device, route); !good) return good.error();
  if (!request.certificate) return identified(*device);
  auto const in_time = check_certificate_end(*request.certificate, route, now);
  if (!in_time) return in_time.error();
  return identified(*device);
}

bool is_our_origin(std::string_view origin, Site const& site) {
  if (origin.empty()) return false;
  return origin == site.base_url ||
         std::find(site.origins.begin(), site.origins.end(), origin) != site.origins.end();
}

bool token_fits(std::string_view sent, std::string_view expected) {
  return crypto::equal_constant_time(bytes_of(sent), bytes_of(expected));
}

}  // namespace

Result<Identified> authenticate(ledger::ReadTx& tx, http::Request const& request,
                                Route const& route, Services& services, Instant now, Part part) {
  if (request.listener == http::Listener::device) {
    return by_certificate(tx, request, route, services, now);
  }
  auto const authorization = request.header("authorization");
  if (authorization.starts_with(device_proof_scheme)) {
    return by_proof(tx, request, route, services, now, part);
  }
  if (!authorization.empty()) return by_api_key(tx, api_key_lookup(authorization));
  auto const id = request.cookie(session_cookie_name);
  if (id.empty()) return Identified{};
  return by_session(tx, session_lookup(id), csrf_token_of(services.keys, id), route, services, now);
}

Result<Identified> ask_again(ledger::ReadTx& tx, http::Request const& request, Route const& route,
                             Services& services, Instant now, Shown const& shown) {
  switch (shown.as) {
    case Shown::As::nothing: break;
    case Shown::As::session:
      return by_session(tx, shown.lookup, shown.csrf_token, route, services, now);
    case Shown::As::api_key: return by_api_key(tx, shown.lookup);
    case Shown::As::device: return by_device(tx, request, route, now, shown.device);
  }
  return Identified{};
}

Result<void> authorise(Route const& route, domain::Caller const& caller) {
  if (route.who.has(caller.role)) return {};
  if (caller.role == domain::Role::anonymous) return Error(Problem::not_signed_in);
  return Error(Problem::forbidden);
}

Result<void> check_write_origin(Call const& call, Route const& route) {
  auto const& request = call.request();
  auto const& session = call.session();
  auto const origin = request.header("origin");
  auto const ours = is_our_origin(origin, call.services().site);
  // What anybody may call does nothing in a session's name: signing in again needs no token.
  auto const needs_token = session && !route.who.has(domain::Role::anonymous);
  if (!needs_token) {
    auto const may_lack = route.face == Face::json && origin.empty();
    if (ours || may_lack || request.listener == http::Listener::device) return {};
    return Error(Problem::csrf_failed, "The request comes from another site");
  }
  if (!ours) return Error(Problem::csrf_failed, "The Origin header is missing or another site's");
  if (route.face == Face::json) {
    if (token_fits(request.header("x-csrf-token"), session->csrf_token)) return {};
    return Error(Problem::csrf_failed, "Send the session's csrf_token as X-CSRF-Token");
  }
  // A page that takes no file looks for no token in a form that may have one.
  if (route.takes_file || !http::is_multipart(request.header("content-type"))) {
    auto const& form = call.posted();
    if (!form) return form.error();
    auto const token = http::form_value(form->fields, "csrf");
    if (token && token_fits(*token, session->csrf_token)) return {};
  }
  return Error(Problem::csrf_failed, "The form is not of this session");
}

}  // namespace kaiku::access
