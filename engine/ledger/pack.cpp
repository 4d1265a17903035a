#include "engine/ledger/pack.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "engine/values/json_text.hpp"

namespace waymark::ledger {
namespace {

LedgerError broken(std::string message) { return {LedgerError::Kind::integrity, std::move(message)}; }

class PackMaker {
 public:
  PackMaker(PackSource const& source, Checkpoint checkpoint) : source_(source), checkpoint_(std::move(checkpoint)) {}

  std::optional<LedgerError> put_entry(std::uint64_t seq, std::string const& body_path, std::string const& proof_path) {
    if (seq >= checkpoint_.size) {
      return LedgerError{LedgerError::Kind::world,
                         fmt::format("there is no entry {} under the newest checkpoint, which is of {} entries", seq,
                                     checkpoint_.size)};
    }
    auto entry = source_.entry(seq);
    if (!entry) return entry.error();
    if (!*entry) return broken(fmt::format("entry {} is not in the ledger", seq));
    EntryProof const proof{seq, inclusion_proof(source_.nodes, seq, checkpoint_.size), source_.checkpoint};
    if (!proof.proves((*entry)->body, source_.key)) {
      return broken(fmt::format("entry {} does not lead to the root of the signed checkpoint", seq));
    }
    put(body_path, std::move((*entry)->body));
    put(proof_path, proof.written());
    return std::nullopt;
  }

  // As C2SP tlog-witness has it: the old size, the proof, the checkpoint.
  std::optional<LedgerError> put_consistency(std::uint64_t kept_size) {
    if (kept_size > checkpoint_.size) {
      return broken(
          fmt::format("the checkpoint that was kept is of {} entries; the ledger has {}", kept_size, checkpoint_.size));
    }
    auto text = fmt::format("old {}\n", kept_size);
    for (auto const& hash : consistency_proof(source_.nodes, kept_size, checkpoint_.size)) {
      text += base64(hash.raw()) + "\n";
    }
    put("consistency.txt", text + "\n" + source_.checkpoint.written());
    return std::nullopt;
  }

  void put(std::string const& path, std::string bytes) {
    WAYMARK_CHECK(!path.empty() && path.front() != '/' && ("/" + path + "/").find("/../") == std::string::npos,
                  "a file of a pack that would stand outside of it");
    WAYMARK_CHECK(files_.emplace(path, std::move(bytes)).second, "two files of a pack at one place");
  }

  std::vector<PackFile> finished() {
    put("checkpoint.txt", source_.checkpoint.written());
    put("key.txt", source_.key.text() + "\n");
    put("manifest.json", manifest());
    std::vector<PackFile> out;
    for (auto& [path, bytes] : files_) out.push_back({path, std::move(bytes)});
    return out;
  }

 private:
  // Canonical JSON (RFC 8785) except that a path may have letters beyond ASCII.
  std::string manifest() const {
    std::string members;
    for (auto const& [path, bytes] : files_) {
      if (!members.empty()) members += ",";
      members += values::json_string(path) + ":\"" + values::hex(values::sha256(bytes)) + "\"";
    }
    return "{\"files\":{" + members + "}}";
  }

  PackSource const& source_;
  Checkpoint checkpoint_;
  std::map<std::string, std::string> files_;
};

}  // namespace

LedgerResult<std::vector<PackFile>> make_pack(PackSource const& source, PackAsked const& asked) {
  auto const checkpoint = Checkpoint::parse(source.checkpoint.text);
  if (!checkpoint || !source.checkpoint.signed_by(source.key)) {
    return values::failure(broken("the newest checkpoint is not signed by the ledger's key"));
  }
  PackMaker pack(source, *checkpoint);
  if (auto failed = pack.put_entry(asked.decision, "decision.json", "proof.txt")) return values::failure(*failed);
  for (auto const seq : std::set<std::uint64_t>(asked.related.begin(), asked.related.end())) {
    auto const path = fmt::format("entries/{}", seq);
    if (auto failed = pack.put_entry(seq, path + ".json", path + ".proof")) return values::failure(*failed);
  }
  if (asked.kept_size) {
    if (auto failed = pack.put_consistency(*asked.kept_size)) return values::failure(*failed);
  }
  for (auto const& file : asked.files) pack.put(file.path, file.bytes);
  return pack.finished();
}

}  // namespace waymark::ledger
