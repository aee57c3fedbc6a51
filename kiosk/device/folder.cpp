// Files of the kiosk beside its database: the folder, the key, the lock.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "kiosk/device/store.hpp"

namespace kaiku::kiosk {

namespace {

[[noreturn]] void fail(std::string const& doing, std::string const& path) {
  throw StorageFailure("Could not " + doing + " " + path + ": " + std::strerror(errno));
}

// A descriptor that closes itself.
struct File {
  int descriptor;
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

void write_all(int descriptor, std::string_view text, std::string const& path) {
  while (!text.empty()) {
    auto const wrote = ::write(descriptor, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail("write", path);
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

void sync_folder_of(std::string const& path) {
  auto const folder = std::filesystem::path(path).parent_path().string();
  File const directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.descriptor < 0 || ::fsync(directory.descriptor) != 0) fail("sync", folder);
}

}  // namespace

Folder Folder::chosen(std::string const& given) {
  if (!given.empty()) return {given};
  if (char const* set = std::getenv("KAIKU_KIOSK_DIR"); set && *set) return {set};
  char const* home = std::getenv("HOME");
  return {std::string(home && *home ? home : ".") + "/.local/share/kaiku-kiosk"};
}

void Folder::make() const {
  std::error_code failure;
  auto const path = std::filesystem::absolute(directory, failure);
  if (!failure && !std::filesystem::exists(path, failure)) {
    std::filesystem::create_directories(path.parent_path(), failure);
    if (!failure && ::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("make", directory);
  }
  if (failure) throw StorageFailure("Could not make " + directory + ": " + failure.message());
}

bool Folder::has_database() const { return ::access(database().c_str(), F_OK) == 0; }

std::optional<crypto::P256PrivateKey> read_device_key(std::string const& path) {
  File const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.descriptor < 0) {
    if (errno == ENOENT) return std::nullopt;
    fail("read", path);
  }
  struct stat status {};
  if (::fstat(file.descriptor, &status) != 0) fail("read", path);
  if ((status.st_mode & 077U) != 0) {
    throw StorageFailure("The device key can be read by others. Run: chmod 600 " + path);
  }
  std::array<char, 4096> buffer{};
  auto const got = ::read(file.descriptor, buffer.data(), buffer.size());
  if (got < 0) fail("read", path);
  auto key = crypto::P256PrivateKey::from_pem({buffer.data(), static_cast<std::size_t>(got)});
  if (!key) throw StorageFailure("The device key is damaged: " + path);
  return key;
}

void write_device_key(std::string const& path, crypto::P256PrivateKey const& key) {
  auto const fresh = path + ".new";
  ::unlink(fresh.c_str());
  {
    File const file{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (file.descriptor < 0) fail("write", fresh);
    write_all(file.descriptor, key.pem(), fresh);
    if (::fsync(file.descriptor) != 0) fail("write", fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) fail("write", path);
  sync_folder_of(path);
}

FolderLock::FolderLock(std::string const& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ < 0) fail("open", path);
  held_ = ::flock(file_, LOCK_EX | LOCK_NB) == 0;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace kaiku::kiosk
