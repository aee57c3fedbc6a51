// How a browser at a door proves its device key on the public listener, request by request:
//   Authorization: Kaiku-Device <base64url of a COSE_Sign1, ES256, kid as in the journal>
// The payload is the CBOR array [device_id, method, path, SHA-256(body), time, nonce]: an integer,
// the method in capitals, the path as sent with "?" and the query when there is one, 32 bytes,
// microseconds since 1970, and 16 bytes. The external_aad is the text "kaiku device proof", so that
// no journal entry can pass for a proof.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"
#include "server/http/message.hpp"

namespace kaiku::access {

inline constexpr std::string_view device_proof_scheme = "Kaiku-Device ";
inline constexpr std::int64_t device_proof_skew_us = 5 * minute_us;

struct DeviceProof {
  DeviceId device;
  Instant time;
  ByteArray<16> nonce{};
  Bytes encoded;  // the COSE_Sign1, its signature not yet verified
};

// What of a request is there: all of it, or its head, whose body is still to come.
enum class Part : std::uint8_t { whole, head };

// Reads the header and compares everything that needs no key: method, path, body, time.
// not_signed_in otherwise. The device's id in it is a claim until `signed_by` says yes.
Result<DeviceProof> read_device_proof(http::Request const& request, Instant now,
                                      Part part = Part::whole);
bool signed_by(DeviceProof const& proof, crypto::P256PublicKey const& device_key);
// What a client sends after "Authorization: "; the tests and the simulation are clients.
std::string make_device_proof(crypto::P256PrivateKey const& key, DeviceId device,
                              http::Request const& request, Instant time, ByteArray<16> nonce);

// Nonces of the last ten minutes, so that a proof works for one request. In memory: after a restart
// a proof could be sent again for five minutes, and idempotency keys keep that harmless.
// Thread-safe.
class DeviceNonces {
 public:
  static constexpr std::int64_t kept_us = 10 * minute_us;
  static constexpr std::size_t most_a_device = 6'000;  // ten a second

  explicit DeviceNonces(Clock const& clock) : clock_(clock) {}
  // not_signed_in when the nonce was used by another request; a request whose steps ask twice is
  // known by its id. too_many_requests when the device fills its share.
  Result<void> take(DeviceId device, ByteArray<16> const& nonce, std::string_view request_id);

 private:
  struct OfDevice {
    std::deque<std::pair<std::int64_t, std::string>> by_age;  // monotonic time and nonce
    std::unordered_map<std::string, std::string> request_of;
  };
  Clock const& clock_;
  std::mutex mutex_;
  std::unordered_map<DeviceId, OfDevice> devices_;
};

}  // namespace kaiku::access
