#include "schema/codec/cose.hpp"

#include <cassert>
#include <utility>

#include "schema/codec/cbor.hpp"

namespace kaiku::cose {
namespace {

constexpr std::uint64_t sign1_tag = 18;
constexpr std::int64_t header_alg = 1;
constexpr std::int64_t header_kid = 4;
constexpr std::size_t signature_size = 64;

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

bool is_ed25519(std::int64_t alg) { return alg == alg_ed25519 || alg == alg_eddsa; }
bool is_es256(std::int64_t alg) { return alg == alg_es256 || alg == alg_esp256; }

Bytes make_header(std::int64_t alg, ByteView key_id) {
  assert(!key_id.empty() && key_id.size() <= max_key_id_size);
  cbor::Writer out;
  out.map(2).integer(header_alg).integer(alg).integer(header_kid).bytes(key_id);
  return std::move(out).finish();
}

Bytes assemble(ByteView header, ByteView payload, ByteView signature) {
  cbor::Writer out;
  out.tag(sign1_tag).array(4).bytes(header).map(0).bytes(payload).bytes(signature);
  return std::move(out).finish();
}

// The next item is the integer that the profile has at this place.
bool next_is(cbor::Reader& reader, std::int64_t expected) {
  auto const value = reader.integer();
  return value && *value == expected;
}

Result<void> read_protected(Sign1& message) {
  cbor::Reader reader(message.protected_header, message.protected_header.size());
  auto const pairs = reader.map();
  if (!pairs || *pairs != 2) return unreadable("protected header is not {alg, kid}");
  if (!next_is(reader, header_alg)) return unreadable("no protected algorithm");
  auto const alg = reader.integer();
  if (!alg || !(is_ed25519(*alg) || is_es256(*alg))) return unreadable("foreign algorithm");
  if (!next_is(reader, header_kid)) return unreadable("no protected key id");
  auto const key_id = reader.bytes();
  if (!key_id || key_id->empty() || key_id->size() > max_key_id_size) {
    return unreadable("key id of a wrong form");
  }
  message.alg = *alg;
  message.key_id = *key_id;
  return reader.finish();
}

}  // namespace

Bytes sig_structure(ByteView protected_header, ByteView external_aad, ByteView payload) {
  cbor::Writer out;
  out.array(4).text("Signature1").bytes(protected_header).bytes(external_aad).bytes(payload);
  return std::move(out).finish();
}

Bytes sign1_ed25519(crypto::Ed25519PrivateKey const& key, ByteView payload, ByteView external_aad) {
  Bytes const header = make_header(alg_ed25519, key.public_key().key_id());
  return assemble(header, payload, key.sign(sig_structure(header, external_aad, payload)));
}

Bytes sign1_es256(crypto::P256PrivateKey const& key, ByteView key_id, ByteView payload,
                  ByteView external_aad) {
  Bytes const header = make_header(alg_es256, key_id);
  return assemble(header, payload, key.sign_es256(sig_structure(header, external_aad, payload)));
}

Result<Sign1> parse_sign1(ByteView encoded, std::size_t size_limit) {
  cbor::Reader reader(encoded, size_limit);
  auto const tag = reader.tag();
  if (!tag || *tag != sign1_tag) return unreadable("not a tagged COSE_Sign1");
  auto const items = reader.array();
  if (!items || *items != 4) return unreadable("COSE_Sign1 has four items");
  auto const header = reader.bytes();
  if (!header) return header.error();
  auto const unprotected = reader.map();
  if (!unprotected || *unprotected != 0) return unreadable("unprotected header is not empty");
  auto const payload = reader.bytes();
  if (!payload) return payload.error();
  auto const signature = reader.bytes();
  if (!signature || signature->size() != signature_size) return unreadable("no signature");
  if (auto const end = reader.finish(); !end) return end.error();
  Sign1 message;
  message.protected_header = *header;
  message.payload = *payload;
  message.signature = *signature;
  if (auto const read = read_protected(message); !read) return read.error();
  return message;
}

bool verify(Sign1 const& message, crypto::Ed25519PublicKey const& key, ByteView external_aad) {
  return is_ed25519(message.alg) &&
         key.verify(sig_structure(message.protected_header, external_aad, message.payload),
                    message.signature);
}

bool verify(Sign1 const& message, crypto::P256PublicKey const& key, ByteView external_aad) {
  return is_es256(message.alg) &&
         key.verify_es256(sig_structure(message.protected_header, external_aad, message.payload),
                          message.signature);
}

}  // namespace kaiku::cose
