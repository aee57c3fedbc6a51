#include "kiosk/link/enrolment.hpp"

#include <algorithm>

#include "kiosk/link/certificates.hpp"
#include "kiosk/link/contact.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::kiosk {

namespace {

constexpr std::size_t code_length = 16;
constexpr std::size_t fingerprint_length = 64;
constexpr std::string_view prefix = "KAIKU";

bool is_code_character(char c) { return ascii::is_digit(c) || ascii::is_upper(c); }

EnrolmentFailure failure_of(ServerRefusal const& refusal) {
  auto const said =
      refusal.detail.empty() ? "HTTP " + std::to_string(refusal.status) : refusal.detail;
  if (refusal.slug == "enrolment-code-invalid") return {EnrolmentFault::code_invalid, said};
  if (refusal.slug == "device-unknown") return {EnrolmentFault::device_unknown, said};
  if (refusal.status == 429) return {EnrolmentFault::too_many_tries, said};
  return {EnrolmentFault::refused, said};
}

EnrolmentFailure failure_of(LinkFailure const& failure) {
  auto const fault = failure.fault == LinkFault::untrusted ? EnrolmentFault::untrusted
                     : failure.fault == LinkFault::garbled ? EnrolmentFault::not_understood
                                                           : EnrolmentFault::unreachable;
  return {fault, failure.detail};
}

// Everything in the reply has to fit together before anything is stored.
std::optional<std::string> misfit(EnrolmentReply const& reply, crypto::P256PrivateKey const& key) {
  auto const certificate = read_certificate(reply.certificate);
  auto const ca = read_certificate(reply.door_ca);
  if (!certificate || !ca) return "a certificate is missing";
  if (certificate->public_key != key.public_key().spki_der()) {
    return "the certificate is for another key";
  }
  if (!is_issued_by(reply.certificate, reply.door_ca)) {
    return "the certificate is not from the door CA";
  }
  if (!crypto::Ed25519PublicKey::from_raw(reply.root_key)) return "the root key is not a key";
  if (!crypto::P256PublicKey::from_point(reply.sealing_key)) return "the sealing key is not a key";
  if (!parse_server_address(reply.device_url)) return "the device address is not https";
  return std::nullopt;
}

Enrolment enrolment_from(EnrolmentReply const& reply) {
  Enrolment enrolment;
  enrolment.device = reply.device;
  enrolment.venue = reply.venue;
  enrolment.venue_name = reply.venue_name;
  enrolment.sector = reply.sector;
  enrolment.area_id = reply.area_id;
  enrolment.device_url = reply.device_url;
  enrolment.certificate = reply.certificate;
  enrolment.door_ca = reply.door_ca;
  enrolment.root_key = reply.root_key;
  enrolment.sealing_key = reply.sealing_key;
  return enrolment;
}

}  // namespace

std::optional<EnrolmentText> parse_enrolment_text(std::string_view text) {
  EnrolmentText read;
  auto const dot = text.find('.');
  if (dot != std::string_view::npos) {
    std::string digits(text.substr(dot + 1));
    std::erase_if(digits, [](char c) { return c == ' ' || c == ':'; });
    auto const bytes = from_hex(digits);
    if (!bytes || bytes->size() * 2 != fingerprint_length) return std::nullopt;
    read.fingerprint = to_hex(*bytes);
    text = text.substr(0, dot);
  }
  for (char const c : text) {
    if (c == '-' || c == ' ') continue;
    char const upper = ascii::upper(c);
    if (!is_code_character(upper)) return std::nullopt;
    read.code += upper;
  }
  if (read.code.size() == code_length + prefix.size() && read.code.starts_with(prefix)) {
    read.code.erase(0, prefix.size());
  }
  if (read.code.size() != code_length) return std::nullopt;
  return read;
}

std::variant<PendingEnrolment, EnrolmentFailure> ask_for_enrolment(EnrolmentAsk const& ask) {
  TlsTrust trust;
  trust.ca_pem = ask.ca_pem;
  trust.unverified = ask.ca_pem.empty();
  HttpClient client(TlsContext(trust), ask.server);
  auto key = ask.key ? *ask.key : crypto::P256PrivateKey::generate();
  auto const reply = enrol(client, {ask.text.code, ask.device_name,
                                    certificate_request(key, ask.device_name), ask.device});
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) return failure_of(*refusal);
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return failure_of(*failure);
  auto const& granted = std::get<EnrolmentReply>(reply);
  if (auto const why = misfit(granted, key)) {
    return EnrolmentFailure{EnrolmentFault::not_understood, *why};
  }
  auto const door_ca = read_certificate(granted.door_ca)->fingerprint;
  if (ask.text.fingerprint && *ask.text.fingerprint != door_ca) {
    return EnrolmentFailure{EnrolmentFault::other_fingerprint,
                            "the door CA has the fingerprint " + door_ca};
  }
  PendingEnrolment pending{enrolment_from(granted),
                           std::move(key),
                           client.server_fingerprint(),
                           door_ca,
                           !ask.ca_pem.empty() || ask.text.fingerprint.has_value(),
                           granted.server_time};
  return pending;
}

std::optional<EnrolmentFailure> check_joined_again(PendingEnrolment const& pending,
                                                   Enrolment const& before) {
  if (pending.enrolment.root_key != before.root_key) {
    return EnrolmentFailure{EnrolmentFault::another, "its root key is not the one of this folder"};
  }
  if (pending.enrolment.device != before.device) {
    return EnrolmentFailure{EnrolmentFault::another, "it knows this device by another number"};
  }
  return std::nullopt;
}

void accept_enrolment(Folder const& folder, Database& database, PendingEnrolment const& pending) {
  write_device_key(folder.device_key(), pending.key);
  save_enrolment(database, pending.enrolment);
  set_setting(database, "trouble", stored_word(Trouble::none));
}

TlsContext context_of(Enrolment const& enrolment, std::string const& certificate,
                      crypto::P256PrivateKey const& key, Instant not_before) {
  TlsTrust trust;
  trust.ca_pem = enrolment.door_ca;
  // Our own certificate was signed by the server too.
  auto const facts = read_certificate(certificate);
  trust.not_before = facts ? std::max(not_before, facts->not_before) : not_before;
  TlsIdentity identity;
  identity.certificate_pem = certificate;
  identity.key = &key;
  return TlsContext(trust, identity);
}

std::shared_ptr<Credentials> credentials_of(Enrolment const& enrolment,
                                            crypto::P256PrivateKey const& key, Instant not_before) {
  auto const address = parse_server_address(enrolment.device_url);
  if (!address) throw StorageFailure("The stored device address is damaged.");
  return std::make_shared<Credentials>(
      context_of(enrolment, enrolment.certificate, key, not_before), *address);
}

}  // namespace kaiku::kiosk
