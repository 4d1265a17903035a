// Bytes as submissions of each format: no crash, rows as the origins say, an error for each refused row and none else,
// and the same rows when the bytes come in pieces. The first byte chooses the format and the size of the pieces.
#include <cstdint>
#include <cstdlib>

#include "tests/cases/sample.hpp"

namespace {

using namespace waymark::cases;

void must(bool condition) {
  if (!condition) std::abort();
}

void check(sample::Outcome const& out) {
  must(sample::broken_shape(out.batch.facts).empty());
  must(out.batch.facts.rows == out.batch.size() && out.batch.waivers.size() == out.batch.size());
  std::size_t faults = 0;
  for (std::size_t i = 0; i < out.batch.size(); ++i) {
    auto const facts = out.facts(i);
    if (out.batch.origins[i].fault.empty()) continue;
    must(facts.empty() && out.batch.waivers[i].empty());
    ++faults;
  }
  std::size_t errors = 0;
  for (auto const& one : out.diagnostics) {
    must(!one.message.empty() && !render(one).empty());
    errors += one.severity == waymark::grammar::Severity::error ? 1U : 0U;
  }
  must(errors == faults);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string const text(data + 1, data + size);
  auto const format = static_cast<Format>(data[0] & 3U);
  auto const whole = sample::read(format, text);
  check(whole);
  auto const cut = sample::read(format, text, 1U + (data[0] >> 4U), 1U + ((data[0] >> 2U) & 3U));
  must(cut.rows() == whole.rows() && cut.rendered() == whole.rendered());
  return 0;
}
