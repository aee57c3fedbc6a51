#include "server/ledger/checkpoint.hpp"
#include "schema/values/utf8.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <vector>

namespace kaiku::ledger {
namespace {

constexpr std::string_view signature_mark = "\xe2\x80\x94 ";  // em dash, space
constexpr std::uint8_t ed25519_type = 0x01;
constexpr std::size_t signature_blob_size = 4 + 64;

// C2SP signed-note: SHA-256(name ‖ 0x0A ‖ type ‖ public key), the first four bytes.
ByteArray<4> key_hash(std::string_view name, crypto::Ed25519PublicKey const& key) {
  Bytes input(name.begin(), name.end());
  input.push_back('\n');
  input.push_back(ed25519_type);
  input.insert(input.end(), key.raw().begin(), key.raw().end());
  Digest const digest = crypto::sha256(input);
  ByteArray<4> hash{};
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

bool is_key_name(std::string_view name) {
  return !name.empty() && name.find_first_of(" +\t\r\n") == std::string_view::npos &&
         is_utf8(bytes_of(name));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    if (end == std::string_view::npos) return {};  // every line is closed
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Decimal without leading zeros, as C2SP tlog-checkpoint writes it.
std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Origin, size and root: extension lines are allowed by C2SP, but we never write any.
std::optional<Checkpoint> parse_body(std::string_view body) {
  auto const lines = lines_of(body);
  if (lines.size() != 3 || lines[0].empty()) return std::nullopt;
  auto const size = decimal(lines[1]);
  auto const root = from_base64(lines[2]);
  if (!size || !root || root->size() != sizeof(Digest)) return std::nullopt;
  Checkpoint checkpoint{std::string(lines[0]), *size, {}};
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

// The signature of this name and key, if the line holds it. Witnesses' lines are passed over.
std::optional<Bytes> signature_of(std::string_view line, std::string_view name,
                                  ByteArray<4> const& hash) {
  if (!line.starts_with(signature_mark)) return std::nullopt;
  line.remove_prefix(signature_mark.size());
  if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ') {
    return std::nullopt;
  }
  auto const blob = from_base64(line.substr(name.size() + 1));
  if (!blob || blob->size() != signature_blob_size) return std::nullopt;
  if (!std::equal(hash.begin(), hash.end(), blob->begin())) return std::nullopt;
  return Bytes(blob->begin() + 4, blob->end());
}

}  // namespace

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Ed25519PrivateKey const& key) {
  assert(is_key_name(checkpoint.origin));
  std::string note = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                     to_base64(checkpoint.root) + "\n";
  ByteArray<64> const signature = key.sign(bytes_of(note));
  ByteArray<4> const hash = key_hash(checkpoint.origin, key.public_key());
  Bytes blob(hash.begin(), hash.end());
  blob.insert(blob.end(), signature.begin(), signature.end());
  note += "\n";
  note += signature_mark;
  note += checkpoint.origin + " " + to_base64(blob) + "\n";
  return note;
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view origin,
                                          crypto::Ed25519PublicKey const& key) {
  std::size_t const blank = note.find("\n\n");
  if (blank == std::string_view::npos || !is_utf8(bytes_of(note))) return std::nullopt;
  std::string_view const body = note.substr(0, blank + 1);
  auto const signatures = lines_of(note.substr(blank + 2));
  auto checkpoint = parse_body(body);
  if (!checkpoint || checkpoint->origin != origin) return std::nullopt;

  ByteArray<4> const hash = key_hash(origin, key);
  bool signed_by_key = false;
  for (std::string_view const line : signatures) {
    if (!line.starts_with(signature_mark)) return std::nullopt;
    auto const signature = signature_of(line, origin, hash);
    if (!signature) continue;
    if (!key.verify(bytes_of(body), *signature)) return std::nullopt;
    signed_by_key = true;
  }
  if (!signed_by_key) return std::nullopt;
  return checkpoint;
}

}  // namespace kaiku::ledger
