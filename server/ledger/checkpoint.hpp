// Checkpoints: C2SP tlog-checkpoint bodies in C2SP signed notes (Ed25519).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/crypto/crypto.hpp"
#include "server/ledger/merkle.hpp"

namespace kaiku::ledger {

struct Checkpoint {
  std::string origin;  // "kaiku.<instance>/ledger"
  std::uint64_t size = 0;
  Digest root{};
  bool operator==(Checkpoint const&) const = default;
};

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Ed25519PrivateKey const& key);
// nullopt unless the note is well formed and carries a good signature of this key under its origin.
std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view origin,
                                          crypto::Ed25519PublicKey const& key);

}  // namespace kaiku::ledger
