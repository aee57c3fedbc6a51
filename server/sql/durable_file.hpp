// Small files that must be there whole or not at all: keys, checkpoints.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kaiku::sql {

// Writes beside it, fsyncs, renames over it and fsyncs the folder. Throws std::system_error.
void write_file_durably(std::filesystem::path const& file, std::string_view content, mode_t mode);

// The whole file; nullopt when there is none. Throws std::system_error, and std::runtime_error when
// it is over a mebibyte: nothing of ours is.
std::optional<std::string> read_small_file(std::filesystem::path const& file);

}  // namespace kaiku::sql
