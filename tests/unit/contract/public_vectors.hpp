// Public test vectors that lie beside the checkout, not in it (see their README for the licences).
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace kaiku {

inline std::filesystem::path public_vector_path(std::string const& name) {
  return std::filesystem::path(KAIKU_SOURCE_DIR) / ".." / "shared" / "vectors" / name;
}

inline nlohmann::json read_public_vectors(std::string const& name) {
  std::ifstream file(public_vector_path(name));
  return nlohmann::json::parse(file);
}

}  // namespace kaiku

// The short vectors of the RFCs in the same test files are always tried.
#define KAIKU_NEEDS_PUBLIC_VECTORS(name)                                                      \
  if (!std::filesystem::exists(::kaiku::public_vector_path(name)))                            \
  /* Skipped, not failed, where they are not there: others' work, not ours to carry along. */ \
  GTEST_SKIP() << "reason: others' data, under others' licences, is not beside us: " << (name)
