// Checks a whole database: ledger form, hashes, order, checkpoints, and projections against a
// rebuild.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/keys/key_ring.hpp"

namespace kaiku::verify {

struct Finding {
  std::int64_t sequence = 0;  // 0: not about one entry
  std::string what;           // English sentence without personal data: table, column, key
};
struct VerifyReport {
  std::int64_t entries = 0;
  std::string root_hex;
  std::vector<Finding> findings;  // the first 100
  std::size_t findings_in_all = 0;
  bool good() const { return findings_in_all == 0; }
};

// Opens read-only. Checks: no gaps, every entry decodes and equals its columns, private hashes
// match, stored frontier equals the recomputed one, the newest checkpoint file (signed, kept
// outside the database) is a prefix of the ledger, projections equal a rebuild row for row, vault
// rows open, published cells are those that their runs' entries were hashed over.
VerifyReport verify_database(std::filesystem::path const& database,
                             std::filesystem::path const& checkpoint_file,
                             std::string const& origin, keys::KeyRing const& keys);

}  // namespace kaiku::verify
