// Bytes as the file of a ledger: opened, read and verified, it is told what is wrong and never crashes. The bytes go
// over a ledger that is whole, from a place that the first of them say, so that most inputs get past the file's head.
#include <cstdint>
#include <cstdlib>

#include "tests/ledger/power_cut_vfs.hpp"
#include "tests/ledger/sample.hpp"

namespace {

using namespace waymark::ledger;

std::string whole(Disk& disk, std::string const& path) {
  sample::fill(path, 20, 7);
  return disk.find(path)->content;
}

void read_all(Reader const& reader) {
  std::uint64_t left = 1000;
  (void)reader.each(0, [&](Entry const& entry) {
    (void)reader.entry(entry.seq);
    return --left != 0;
  });
  (void)reader.blob(waymark::values::sha256("the policy"));
  (void)reader.checkpoint();
  (void)reader.of_subject("program 3");
  if (auto const size = reader.size(); size && *size > 0 && *size < 1000) (void)root_of(reader.nodes(), *size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 4) return 0;
  static sample::Scratch const folder("ledger-fuzz");
  static std::string const path = folder.file("l.db");
  static Disk disk(1);
  static std::string const ledger = whole(disk, path);
  auto bytes = ledger;
  std::size_t const place = data[0] + 256U * data[1] + 65536U * (data[2] & 1U);
  // The third byte's second bit: nothing of the whole ledger is left.
  if ((data[2] & 2U) != 0) bytes.clear();
  auto const from = bytes.empty() ? 0 : place % bytes.size();
  if (bytes.size() < from + size - 3) bytes.resize(from + size - 3);
  std::copy(data + 3, data + size, bytes.begin() + static_cast<std::ptrdiff_t>(from));
  disk.put(path, bytes);
  if (auto const reader = Reader::open(path)) read_all(*reader);
  auto const verdict = verify({path, std::nullopt, std::nullopt});
  if (verdict && verdict->holds() && verdict->entries != 22) std::abort();
  if (!verdict && verdict.error().message.empty()) std::abort();
  return 0;
}
