// libFuzzer target: whatever the bytes, parse() returns, spans stay in bounds, every message renders, and a file
// without messages prints to a text that reads as the same tree and prints the same again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace {

using namespace waymark::grammar;

void require(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void check_span(Span span, std::size_t size) {
  require(span.begin <= span.end && span.end <= size, "spans are in bounds");
}

void check_spans(Parsed const& parsed, std::size_t size) {
  for (auto const& diagnostic : parsed.diagnostics) {
    check_span(diagnostic.primary.span, size);
    if (diagnostic.edit) check_span(diagnostic.edit->span, size);
  }
  for (auto const& block : parsed.file.blocks) {
    check_span(block.span, size);
    check_span(block.name.span, size);
    for (auto const& clause : block.clauses) check_span(clause.span, size);
  }
}

void check_print(Parsed const& parsed, FileKind kind) {
  auto const text = print(parsed.file);
  Sources sources;
  auto const again = parse(sources, sources.add("printed", text), kind);
  for (auto const& diagnostic : again.diagnostics) std::fputs(render(diagnostic, sources).c_str(), stderr);
  require(again.diagnostics.empty(), "what is printed can be read");
  require(dump(again.file) == dump(parsed.file), "what is printed reads as the same tree");
  require(print(again.file) == text, "printing twice is printing once");
}

void check(std::string_view text, FileKind kind) {
  Sources sources;
  auto const parsed = parse(sources, sources.add("fuzz", std::string(text)), kind);
  check_spans(parsed, text.size());
  for (auto const& diagnostic : parsed.diagnostics) require(!render(diagnostic, sources).empty(), "messages render");
  if (parsed.diagnostics.empty()) check_print(parsed, kind);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text(data, data + size);
  check(text, FileKind::policy);
  check(text, FileKind::vocabulary);
  return 0;
}
