#include "server/access/identity/device_proof.hpp"

#include <algorithm>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::access {
namespace {

constexpr std::string_view external_aad = "kaiku device proof";
constexpr std::size_t proof_limit = 8 * 1024;  // bytes; a path may have four KiB

Error refused(char const* reason) { return Error(Problem::not_signed_in, reason); }

std::string target_of(http::Request const& request) {
  return request.query.empty() ? request.path : request.path + "?" + request.query;
}

Bytes payload_of(DeviceId device, http::Request const& request, ByteView body_hash, Instant time,
                 ByteArray<16> const& nonce) {
  cbor::Writer out;
  out.array(6).integer(device.value).text(http::word_of(request.method)).text(target_of(request));
  out.bytes(body_hash).integer(time.us).bytes(nonce);
  return std::move(out).finish();
}

struct Claims {
  DeviceId device;
  Bytes body_hash;
  Instant time;
  ByteArray<16> nonce{};
};

// Only what varies freely is read; the rest is compared by encoding the payload again.
Result<Claims> read_claims(ByteView payload) {
  cbor::Reader reader(payload, proof_limit);
  auto const size = reader.array();
  auto const device = reader.integer();
  auto const method = reader.text();
  auto const path = reader.text();
  auto const body = reader.bytes();
  auto const time = reader.integer();
  auto const nonce = reader.bytes();
  if (!size || *size != 6 || !device || !method || !path || !body || !time || !nonce ||
      !reader.finish() || nonce->size() != 16) {
    return refused("The device proof cannot be read");
  }
  Claims claims{DeviceId{*device}, Bytes(body->begin(), body->end()), Instant{*time}, {}};
  std::copy(nonce->begin(), nonce->end(), claims.nonce.begin());
  return claims;
}

bool within_skew(Instant time, Instant now) {
  return time.us >= now.us - device_proof_skew_us && time.us <= now.us + device_proof_skew_us;
}

}  // namespace

Result<DeviceProof> read_device_proof(http::Request const& request, Instant now, Part part) {
  auto header = request.header("authorization");
  if (!header.starts_with(device_proof_scheme)) return refused("This is no device proof");
  header.remove_prefix(device_proof_scheme.size());
  if (header.size() > proof_limit) return refused("The device proof cannot be read");
  auto encoded = from_base64url(header);
  if (!encoded) return refused("The device proof cannot be read");
  auto const message = cose::parse_sign1(*encoded, proof_limit);
  if (!message) return refused("The device proof cannot be read");
  auto const claims = read_claims(message->payload);
  if (!claims) return claims.error();
  auto const digest = crypto::sha256(bytes_of(request.body));
  auto const body_hash = part == Part::whole ? ByteView(digest) : ByteView(claims->body_hash);
  auto const expected = payload_of(claims->device, request, body_hash, claims->time, claims->nonce);
  if (!std::ranges::equal(expected, message->payload)) {
    return refused("The device proof is of another request");
  }
  if (!within_skew(claims->time, now)) {
    return refused("The device's clock is more than five minutes off");
  }
  return DeviceProof{claims->device, claims->time, claims->nonce, std::move(*encoded)};
}

bool signed_by(DeviceProof const& proof, crypto::P256PublicKey const& device_key) {
  auto const message = cose::parse_sign1(proof.encoded, proof_limit);
  auto const key_id = device_key.key_id();
  return message && std::ranges::equal(message->key_id, key_id) &&
         cose::verify(*message, device_key, bytes_of(external_aad));
}

std::string make_device_proof(crypto::P256PrivateKey const& key, DeviceId device,
                              http::Request const& request, Instant time, ByteArray<16> nonce) {
  auto const payload =
      payload_of(device, request, crypto::sha256(bytes_of(request.body)), time, nonce);
  auto const key_id = key.public_key().key_id();
  auto const message = cose::sign1_es256(key, key_id, payload, bytes_of(external_aad));
  return std::string(device_proof_scheme) + to_base64url(message);
}

Result<void> DeviceNonces::take(DeviceId device, ByteArray<16> const& nonce,
                                std::string_view request_id) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto& of_device = devices_[device];
  auto& by_age = of_device.by_age;
  while (!by_age.empty() && by_age.front().first + kept_us <= now_us) {
    of_device.request_of.erase(by_age.front().second);
    by_age.pop_front();
  }
  std::string const key(text_of(nonce));
  auto const found = of_device.request_of.find(key);
  if (found != of_device.request_of.end()) {
    if (found->second == request_id) return {};
    return refused("This device proof was already used");
  }
  if (by_age.size() >= most_a_device) {
    Error error(Problem::too_many_requests, "Too many requests of this device");
    error.retry_after_s = 10;
    return error;
  }
  by_age.emplace_back(now_us, key);
  of_device.request_of.emplace(key, request_id);
  return {};
}

}  // namespace kaiku::access
