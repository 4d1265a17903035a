#include "tests/ledger/power_cut_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace waymark::ledger {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr int kSharedRegion = 32 * 1024;

// What each new connection is told first; SQLite wants a plain function for it.
std::string& first_words() {
  static std::string words;
  return words;
}
int greet(sqlite3* connection, char**, void const*) {
  return sqlite3_exec(connection, first_words().c_str(), nullptr, nullptr, nullptr);
}
void (*greeting())() { return reinterpret_cast<void (*)()>(greet); }

Disk& disk_of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }

void write_into(std::string& content, Disk::Change const& change) {
  if (change.truncate) {
    content.resize(std::min<std::uint64_t>(content.size(), *change.truncate));
    return;
  }
  auto const end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end);
  std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

}  // namespace

// An open file: SQLite keeps it in memory of its own.
struct Disk::Handle {
  sqlite3_file base;
  Disk* disk;
  std::shared_ptr<File> file;
  int lock;
  unsigned shared_locks, own_locks;  // of the shared memory, as masks
  bool delete_on_close;
  std::string name;

  static Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
  template <class Test>
  bool any_other(Test const& test) const {
    auto const& all = file->handles;
    return std::any_of(all.begin(), all.end(), [&](Handle const* one) { return one != this && test(*one); });
  }
};

namespace {

using Handle = Disk::Handle;

int close(sqlite3_file* base) {
  auto& handle = Handle::of(base);
  auto& all = handle.file->handles;
  all.erase(std::remove(all.begin(), all.end(), &handle), all.end());
  if (all.empty()) handle.file->shared.clear();
  if (handle.delete_on_close) handle.disk->remove(handle.name, false);
  handle.~Handle();
  return SQLITE_OK;
}

int read(sqlite3_file* base, void* out, int size, sqlite3_int64 offset) {
  auto& handle = Handle::of(base);
  if (auto const code = handle.disk->refuses(false)) return *code;
  auto const& content = handle.file->content;
  auto const wanted = static_cast<std::size_t>(size);
  auto const from = std::min(content.size(), static_cast<std::size_t>(offset));
  auto const there = std::min(content.size() - from, wanted);
  std::memcpy(out, content.data() + from, there);
  std::memset(static_cast<char*>(out) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* base, void const* bytes, int size, sqlite3_int64 offset) {
  auto& handle = Handle::of(base);
  auto const code = handle.disk->refuses(true, true);
  if (code && *code != SQLITE_IOERR_WRITE) return *code;
  // The write during which the power went may have reached the disk in part, as those before it.
  handle.disk->change(*handle.file,
                      {static_cast<std::uint64_t>(offset),
                       std::string(static_cast<char const*>(bytes), static_cast<std::size_t>(size)), std::nullopt});
  return code.value_or(SQLITE_OK);
}

int truncate(sqlite3_file* base, sqlite3_int64 size) {
  auto& handle = Handle::of(base);
  if (auto const code = handle.disk->refuses(true)) return *code;
  handle.disk->change(*handle.file, {0, {}, static_cast<std::uint64_t>(size)});
  return SQLITE_OK;
}

int sync(sqlite3_file* base, int) {
  auto& handle = Handle::of(base);
  if (auto const code = handle.disk->refuses(true)) return *code;
  handle.disk->sync(*handle.file);
  return SQLITE_OK;
}

int file_size(sqlite3_file* base, sqlite3_int64* out) {
  auto& handle = Handle::of(base);
  if (auto const code = handle.disk->refuses(false)) return *code;
  *out = static_cast<sqlite3_int64>(handle.file->content.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* base, int level) {
  auto& handle = Handle::of(base);
  if (handle.lock >= level) return SQLITE_OK;
  auto const others = [&](int from) { return handle.any_other([&](Handle const& one) { return one.lock >= from; }); };
  if (level == SQLITE_LOCK_SHARED && others(SQLITE_LOCK_PENDING)) return SQLITE_BUSY;
  if (level >= SQLITE_LOCK_RESERVED && others(SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE && others(SQLITE_LOCK_SHARED)) {
    handle.lock = SQLITE_LOCK_PENDING;
    return SQLITE_BUSY;
  }
  handle.lock = level;
  return SQLITE_OK;
}

int unlock(sqlite3_file* base, int level) {
  auto& handle = Handle::of(base);
  handle.lock = std::min(handle.lock, level);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* base, int* out) {
  auto& handle = Handle::of(base);
  auto const reserved = [](Handle const& one) { return one.lock >= SQLITE_LOCK_RESERVED; };
  *out = (reserved(handle) || handle.any_other(reserved)) ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file* base, int what, void* data) {
  if (what != SQLITE_FCNTL_PRAGMA) return SQLITE_NOTFOUND;
  auto const* const* const words = static_cast<char**>(data);
  bool const swallowed = words[2] != nullptr && Handle::of(base).disk->swallows(words[1], words[2]);
  return swallowed ? SQLITE_OK : SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) { return static_cast<int>(kSector); }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shared_map(sqlite3_file* base, int region, int size, int extend, void volatile** out) {
  auto& handle = Handle::of(base);
  *out = nullptr;
  if (auto const code = handle.disk->refuses(false)) return *code;
  if (size != kSharedRegion) return SQLITE_IOERR_SHMMAP;
  auto& shared = handle.file->shared;
  auto const index = static_cast<std::size_t>(region);
  if (shared.size() <= index && extend == 0) return SQLITE_OK;
  while (shared.size() <= index) shared.push_back(std::make_unique<char[]>(kSharedRegion));
  *out = shared[index].get();
  return SQLITE_OK;
}

int shared_lock(sqlite3_file* base, int offset, int count, int flags) {
  auto& handle = Handle::of(base);
  auto const mask = ((1U << static_cast<unsigned>(count)) - 1U) << static_cast<unsigned>(offset);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    handle.shared_locks &= ~mask;
    handle.own_locks &= ~mask;
    return SQLITE_OK;
  }
  bool const shared = (flags & SQLITE_SHM_SHARED) != 0;
  bool const taken = handle.any_other(
      [&](Handle const& one) { return ((one.own_locks | (shared ? 0U : one.shared_locks)) & mask) != 0; });
  if (taken) return SQLITE_BUSY;
  (shared ? handle.shared_locks : handle.own_locks) |= mask;
  return SQLITE_OK;
}

void shared_barrier(sqlite3_file*) {}

int shared_unmap(sqlite3_file* base, int) {
  auto& handle = Handle::of(base);
  handle.shared_locks = handle.own_locks = 0;
  return SQLITE_OK;
}

sqlite3_io_methods const* methods() {
  static sqlite3_io_methods const all = {2,
                                         close,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         file_size,
                                         lock,
                                         unlock,
                                         check_reserved,
                                         control,
                                         sector_size,
                                         characteristics,
                                         shared_map,
                                         shared_lock,
                                         shared_barrier,
                                         shared_unmap,
                                         nullptr,
                                         nullptr};
  return &all;
}

int open(sqlite3_vfs* vfs, char const* name, sqlite3_file* base, int flags, int* out_flags) {
  base->pMethods = nullptr;
  auto& disk = disk_of(vfs);
  if (disk.refuses(false)) return SQLITE_CANTOPEN;
  static int unnamed = 0;
  std::string const named = name != nullptr ? name : "unnamed " + std::to_string(++unnamed);
  auto file = disk.find(named);
  if (file == nullptr) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    if (disk.refuses(true)) return SQLITE_CANTOPEN;
    file = disk.make(named, (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0);
  }
  auto* const handle =
      new (base) Handle{{methods()}, &disk, file, 0, 0, 0, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0, named};
  file->handles.push_back(handle);
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, char const* name, int sync_folder) {
  auto& disk = disk_of(vfs);
  if (auto const code = disk.refuses(true)) return *code;
  disk.remove(name, sync_folder != 0);
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, char const* name, int flags, int* out) {
  auto const file = disk_of(vfs).find(name);
  // As on Unix, an empty file is none where it is asked whether there is a journal or a log.
  *out = file != nullptr && (flags != SQLITE_ACCESS_EXISTS || !file->content.empty()) ? 1 : 0;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, char const* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk_of(vfs).random(256));
  return size;
}

int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
int now(sqlite3_vfs*, double* out) {
  *out = 2461366.0;  // a day in 2026; no clock is read
  return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

Disk::Disk(std::uint64_t seed)
    : random_(seed), vfs_(std::make_unique<sqlite3_vfs>()), before_(sqlite3_vfs_find(nullptr)) {
  *vfs_ = sqlite3_vfs{};
  vfs_->iVersion = 1;
  vfs_->szOsFile = sizeof(Handle);
  vfs_->mxPathname = 512;
  vfs_->zName = "power-cut";
  vfs_->pAppData = this;
  vfs_->xOpen = open;
  vfs_->xDelete = ledger::remove;
  vfs_->xAccess = ledger::access;
  vfs_->xFullPathname = full_name;
  vfs_->xRandomness = randomness;
  vfs_->xSleep = ledger::sleep;
  vfs_->xCurrentTime = now;
  vfs_->xGetLastError = last_error;
  sqlite3_vfs_register(vfs_.get(), 1);
  sqlite3_randomness(0, nullptr);  // begins anew, from `seed`
}

Disk::~Disk() {
  sqlite3_cancel_auto_extension(greeting());
  first_words().clear();
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(before_, 1);
  sqlite3_randomness(0, nullptr);
}

void Disk::force(std::string pragma, std::string value) {
  first_words() += "PRAGMA " + pragma + "=" + value + ";";
  forced_[std::move(pragma)] = std::move(value);
  sqlite3_auto_extension(greeting());
}

void Disk::fail_at(std::uint64_t call, int code, bool lasting) {
  fail_in_ = call;
  fail_code_ = code;
  fail_lasting_ = lasting;
  failures_ = 0;
}

std::optional<int> Disk::refuses(bool change, bool write) {
  if (is_cut()) return SQLITE_IOERR;
  if (change && ++changes_ >= cut_at_) return write ? SQLITE_IOERR_WRITE : SQLITE_IOERR;
  bool const concerned = fail_code_ != 0 && (fail_code_ != SQLITE_FULL || write);
  if (!concerned || fail_in_ == 0 || --fail_in_ != 0) return std::nullopt;
  if (fail_lasting_) fail_in_ = 1;
  ++failures_;
  return fail_code_;
}

std::shared_ptr<Disk::File> Disk::find(std::string const& name) const {
  auto const place = files_.find(name);
  return place == files_.end() ? nullptr : place->second;
}

std::shared_ptr<Disk::File> Disk::make(std::string const& name, bool log) {
  auto file = std::make_shared<File>();
  file->sync_folder = log;
  files_[name] = file;
  return file;
}

void Disk::put(std::string const& name, std::string content) {
  auto const file = make(name, false);
  file->content = std::move(content);
  sync(*file);
}

void Disk::remove(std::string const& name, bool sync) {
  auto const place = files_.find(name);
  if (place == files_.end()) return;
  // Of two files of one name that went, the older one is what the folder still has.
  if (place->second->made_durable) deleted_.emplace(name, place->second);
  files_.erase(place);
  if (sync) sync_folder();
}

void Disk::change(File& file, Change change) {
  write_into(file.content, change);
  file.changes.push_back(std::move(change));
}

void Disk::sync(File& file) {
  file.synced = file.content;
  file.changes.clear();
  file.made_durable = true;
  if (std::exchange(file.sync_folder, false)) sync_folder();
}

void Disk::sync_folder() {
  for (auto const& [name, file] : files_) file->made_durable = true;
  deleted_.clear();
}

std::string Disk::after_cut(File const& file) {
  auto const count = file.changes.size();
  // How much survives differs from cut to cut: nothing, everything, all up to some write, or each sector for itself.
  auto const manner = random(4);
  auto const common = random(count + 1);
  auto const survives = [&]() -> std::uint64_t {
    if (manner == 0) return 0;
    if (manner == 1) return count;
    return manner == 2 ? common : random(count + 1);
  };
  std::uint64_t longest = file.synced.size(), length = file.synced.size();
  auto const length_after = survives();
  for (std::size_t i = 0; i < count; ++i) {
    auto const& change = file.changes[i];
    auto const end = change.offset + change.bytes.size();
    longest = std::max(longest, end);
    if (i < length_after) length = change.truncate ? std::min(length, *change.truncate) : std::max(length, end);
  }
  std::string out(longest, '\0');
  for (std::uint64_t sector = 0; sector < longest; sector += kSector) {
    auto const end = std::min(sector + kSector, longest);
    auto const size = std::min<std::uint64_t>(file.synced.size(), end);
    if (sector < size) std::copy_n(file.synced.data() + sector, size - sector, out.data() + sector);
    auto const last = survives();
    for (std::size_t i = 0; i < last; ++i) {
      auto const& change = file.changes[i];
      auto const from = std::max(sector, change.offset), to = std::min(end, change.offset + change.bytes.size());
      if (from < to) std::copy_n(change.bytes.data() + (from - change.offset), to - from, out.data() + from);
      if (change.truncate && *change.truncate < end) {
        auto const keep = std::max(sector, *change.truncate);
        std::fill_n(out.data() + keep, end - keep, '\0');
      }
    }
  }
  out.resize(length);
  return out;
}

void Disk::power_on() {
  std::map<std::string, std::shared_ptr<File>> back;
  auto const keep = [&](std::string const& name, File const& file) {
    auto fresh = std::make_shared<File>();
    fresh->content = fresh->synced = after_cut(file);
    fresh->made_durable = true;
    back[name] = std::move(fresh);
  };
  for (auto const& [name, file] : deleted_) {
    if (random(2) == 0) keep(name, *file);
  }
  for (auto const& [name, file] : files_) {
    if (file->made_durable || random(2) == 0) keep(name, *file);
  }
  files_ = std::move(back);
  deleted_.clear();
  cut_at_ = UINT64_MAX;
}

}  // namespace waymark::ledger
