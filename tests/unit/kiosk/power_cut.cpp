#include "tests/unit/kiosk/power_cut.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <new>
#include <numeric>
#include <utility>

namespace kaiku::kiosk_tests {

namespace {

DiskTrace* current = nullptr;
sqlite3_vfs* real_vfs = nullptr;

// The real file lies behind ours in the same allocation.
struct TracedFile {
  sqlite3_file base;
  char const* name;  // empty: not recorded (temporary files)
};
static_assert(sizeof(TracedFile) % alignof(std::max_align_t) == 0);

TracedFile& traced(sqlite3_file* file) { return *reinterpret_cast<TracedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<TracedFile*>(file) + 1);
}

std::string base_name(char const* path) {
  std::string const whole(path ? path : "");
  return whole.substr(whole.rfind('/') + 1);
}

void record(sqlite3_file* file, DiskOperation::Kind kind, std::int64_t at = 0, Bytes written = {}) {
  if (!current || !*traced(file).name) return;
  current->record({kind, base_name(traced(file).name), at, std::move(written), false});
}

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write_file(sqlite3_file* file, void const* from, int size, sqlite3_int64 at) {
  if (current && !current->takes_write()) return SQLITE_FULL;
  auto const* first = static_cast<std::uint8_t const*>(from);
  record(file, DiskOperation::Kind::write, at, Bytes(first, first + size));
  return real(file)->pMethods->xWrite(real(file), from, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  record(file, DiskOperation::Kind::truncate, size);
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int) {
  record(file, DiskOperation::Kind::sync);
  return SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
// Shared memory is lost with the power anyway.
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods methods{
    2,        close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock,     unlock,      check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock, shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  constexpr int recorded = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  auto& ours = *new (file) TracedFile{{nullptr}, (flags & recorded) != 0 && name ? name : ""};
  int exists = 0;
  if (name) real_vfs->xAccess(real_vfs, name, SQLITE_ACCESS_EXISTS, &exists);
  int const code = real_vfs->xOpen(real_vfs, name, real(file), flags, out_flags);
  if (code != SQLITE_OK) return code;
  ours.base.pMethods = &methods;
  if (!exists) record(file, DiskOperation::Kind::create);
  return SQLITE_OK;
}
int remove_file(sqlite3_vfs*, char const* name, int sync_folder) {
  int const code = real_vfs->xDelete(real_vfs, name, 0);
  if (code == SQLITE_OK && current) {
    current->record({DiskOperation::Kind::remove, base_name(name), 0, {}, sync_folder != 0});
  }
  return code;
}
// The same salts in each run, so that a seed finds the same states.
int fill_random(sqlite3_vfs*, int size, char* out) {
  static SeededRandom random(1);
  random.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(size)});
  return size;
}

sqlite3_vfs& traced_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *real_vfs;  // what is not replaced takes the real one's own data
    copy.iVersion = 1;
    copy.szOsFile = static_cast<int>(sizeof(TracedFile)) + real_vfs->szOsFile;
    copy.zName = "kaiku-power-cut";
    copy.pNext = nullptr;
    copy.xOpen = open_file;
    copy.xDelete = remove_file;
    copy.xRandomness = fill_random;
    return copy;
  }();
  return vfs;
}

// --- what is left --------------------------------------------------------------------------------

constexpr std::size_t sector = 512;

bool coin(Random& random) { return (random.next64() & 1U) != 0; }

// One file under one name: it may be removed and made again.
struct Incarnation {
  Bytes synced;
  std::vector<DiskOperation const*> pending;
  bool entry_is_durable = false;
  bool removed = false;
  bool removal_is_durable = false;
};
using Files = std::map<std::string, std::vector<Incarnation>>;

void put(Bytes& content, std::size_t at, ByteView written) {
  if (content.size() < at + written.size()) content.resize(at + written.size());
  std::copy(written.begin(), written.end(), content.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply(Bytes& content, DiskOperation const& operation) {
  auto const at = static_cast<std::size_t>(operation.at);
  if (operation.kind == DiskOperation::Kind::write)
    put(content, at, operation.written);
  else
    content.resize(at);
}

// Some of the sectors that a write touches.
void apply_in_part(Bytes& content, DiskOperation const& operation, Random& random) {
  if (operation.kind != DiskOperation::Kind::write) return;
  auto const begin = static_cast<std::size_t>(operation.at);
  ByteView const written(operation.written);
  for (std::size_t from = 0; from < written.size();) {
    auto const to = std::min(written.size(), ((begin + from) / sector + 1) * sector - begin);
    if (coin(random)) put(content, begin + from, written.subspan(from, to - from));
    from = to;
  }
}

// What the drive made of the writes after the last sync: some, some in part, in any order; now and
// then all that came first and a torn one, nothing, or everything.
Bytes content_of(Incarnation const& file, Random& random) {
  Bytes content = file.synced;
  auto pending = file.pending;
  auto const how = random.next64() % 4;
  if (how == 0 || pending.empty()) return content;
  if (how == 1) {
    auto const whole = random.next64() % pending.size();
    for (std::size_t i = 0; i < whole; ++i) apply(content, *pending[i]);
    apply_in_part(content, *pending[whole], random);
    return content;
  }
  if (how == 2) {
    for (auto const* operation : pending) apply(content, *operation);
    return content;
  }
  for (std::size_t i = pending.size(); i > 1; --i) {
    std::swap(pending[i - 1], pending[random.next64() % i]);
  }
  for (auto const* operation : pending) {
    if (coin(random))
      apply(content, *operation);
    else if (coin(random))
      apply_in_part(content, *operation, random);
  }
  return content;
}

void sync_folder(Files& files) {
  for (auto& [name, incarnations] : files) {
    for (auto& file : incarnations) {
      file.entry_is_durable = true;
      file.removal_is_durable = file.removed;
    }
  }
}

void take(Files& files, DiskOperation const& operation) {
  auto& incarnations = files[operation.file];
  if (operation.kind == DiskOperation::Kind::create || incarnations.empty()) {
    incarnations.emplace_back();
  }
  auto& file = incarnations.back();
  switch (operation.kind) {
    case DiskOperation::Kind::create: return;
    case DiskOperation::Kind::write:
    case DiskOperation::Kind::truncate: file.pending.push_back(&operation); return;
    case DiskOperation::Kind::sync:
      for (auto const* pending : file.pending) apply(file.synced, *pending);
      file.pending.clear();
      // SQLite syncs the folder with the first sync of a journal or WAL that it has made.
      if (!file.entry_is_durable && operation.file.find('-') != std::string::npos) {
        sync_folder(files);
      }
      return;
    case DiskOperation::Kind::remove:
      file.removed = true;
      if (operation.durable) sync_folder(files);
      return;
  }
}

// Which file the folder shows under a name; null: none.
Incarnation const* shown(std::vector<Incarnation> const& incarnations, Random& random) {
  for (auto file = incarnations.rbegin(); file != incarnations.rend(); ++file) {
    if (file->removed) {
      bool const is_gone = file->removal_is_durable || coin(random);
      return is_gone ? nullptr : &*file;
    }
    if (file->entry_is_durable || coin(random)) return &*file;
  }
  return nullptr;
}

}  // namespace

DiskTrace::DiskTrace() {
  assert(!current);
  current = this;
  real_vfs = sqlite3_vfs_find(nullptr);
  sqlite3_vfs_register(&traced_vfs(), 1);
}

DiskTrace::~DiskTrace() {
  sqlite3_vfs_unregister(&traced_vfs());
  sqlite3_vfs_register(real_vfs, 1);
  current = nullptr;
}

Disk after_power_cut(std::vector<DiskOperation> const& operations, std::size_t cut,
                     Random& random) {
  Files files;
  for (std::size_t i = 0; i < cut; ++i) take(files, operations[i]);
  Disk disk;
  for (auto const& [name, incarnations] : files) {
    if (auto const* file = shown(incarnations, random)) disk[name] = content_of(*file, random);
  }
  return disk;
}

}  // namespace kaiku::kiosk_tests
