// One writer at a time: a lock on a file beside the ledger, which the system gives back when the process ends, however
// it ends.
#pragma once

#include <string>

#include "engine/ledger/ledger.hpp"

namespace waymark::ledger {

class WriterLock {
 public:
  /// Of the ledger `path`: `path.writer`, which is made and stays. Refused while another writer has it.
  static LedgerResult<WriterLock> take(std::string const& path);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock(WriterLock const&) = delete;
  WriterLock& operator=(WriterLock const&) = delete;
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace waymark::ledger
