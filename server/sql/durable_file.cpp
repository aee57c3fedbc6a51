#include "server/sql/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kaiku::sql {
namespace {

constexpr std::size_t small_file_limit = 1024 * 1024;

[[noreturn]] void throw_errno(char const* doing, std::filesystem::path const& file) {
  throw std::system_error(errno, std::generic_category(), std::string(doing) + " " + file.string());
}

class File {
 public:
  File(std::filesystem::path const& file, int flags, mode_t mode = 0)
      : name_(file), descriptor_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(File const&) = delete;
  File& operator=(File const&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  void write_all(std::string_view content) {
    while (!content.empty()) {
      ssize_t const written = ::write(descriptor_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw_errno("writing", name_);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() {
    if (::fsync(descriptor_) != 0) throw_errno("fsync of", name_);
  }

 private:
  std::filesystem::path name_;
  int descriptor_;
};

}  // namespace

void write_file_durably(std::filesystem::path const& file, std::string_view content, mode_t mode) {
  std::filesystem::path part = file;
  part += ".part";
  ::unlink(part.c_str());  // left behind by a crash
  try {
    File out(part, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!out.is_open()) throw_errno("creating", part);
    if (::fchmod(out.descriptor(), mode) != 0) throw_errno("setting the mode of", part);
    out.write_all(content);
    out.sync();
    if (::rename(part.c_str(), file.c_str()) != 0) throw_errno("renaming to", file);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
  std::filesystem::path const folder = file.has_parent_path() ? file.parent_path() : ".";
  File directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory.is_open()) throw_errno("opening", folder);
  directory.sync();
}

std::optional<std::string> read_small_file(std::filesystem::path const& file) {
  File in(file, O_RDONLY);
  if (!in.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    throw_errno("opening", file);
  }
  std::string content;
  std::array<char, 4096> part{};
  while (content.size() <= small_file_limit) {
    ssize_t const got = ::read(in.descriptor(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("reading", file);
    if (got == 0) return content;
    content.append(part.data(), static_cast<std::size_t>(got));
  }
  throw std::runtime_error(file.string() + " is far larger than it can be");
}

}  // namespace kaiku::sql
