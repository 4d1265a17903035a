// Reading pages: fences, steps of a console, changes.
#include "tests/docs/page.hpp"

#include "tests/check/lines.hpp"

namespace waymark::docs_test {
namespace {

using check_test::lines_of;

bool is_line(std::string const& shown, std::string const& printed) {
  constexpr std::string_view kMore = "…";
  if (!shown.ends_with(kMore)) return shown == printed;
  return printed.starts_with(std::string_view(shown).substr(0, shown.size() - kMore.size()));
}

bool match(std::vector<std::string> const& shown, std::size_t s, std::vector<std::string> const& printed,
           std::size_t p) {
  for (; s < shown.size(); ++s, ++p) {
    if (shown[s] == "…") {
      for (auto rest = p; rest <= printed.size(); ++rest) {
        if (match(shown, s + 1, printed, rest)) return true;
      }
      return false;
    }
    if (p == printed.size() || !is_line(shown[s], printed[p])) return false;
  }
  return p == printed.size();
}

}  // namespace

Page read_page(std::string const& text) {
  Page page{{""}, {}};
  bool inside = false;
  std::size_t line_number = 0;
  for (auto const& line : lines_of(text)) {
    ++line_number;
    bool const fence = line.starts_with("```");
    if (fence && !inside) {
      auto const words = line.substr(3);
      auto const blank = words.find(' ');
      page.blocks.push_back({words.substr(0, blank), blank == std::string::npos ? "" : words.substr(blank + 1), "",
                             page.sections.size() - 1, line_number});
    } else if (inside && !fence) {
      page.blocks.back().text += line + "\n";
    } else if (!inside && line.starts_with("## ")) {
      page.sections.push_back(line.substr(3));
    }
    inside = fence != inside;
  }
  return page;
}

std::string joined(Page const& page, std::size_t section, std::string_view language) {
  std::string out;
  for (auto const& block : page.blocks) {
    if (block.section == section && block.language == language && block.info.empty()) out += block.text + "\n";
  }
  return out;
}

std::optional<std::string> file_named(Block const& block, std::string_view key) {
  if (!block.info.starts_with(key)) return std::nullopt;
  return block.info.substr(key.size());
}

std::vector<std::string> paragraphs(std::string const& text) {
  std::vector<std::string> out;
  bool open = false;
  for (auto const& line : lines_of(text)) {
    if (!line.empty()) open ? out.back() += "\n" + line : out.emplace_back(line);
    open = !line.empty();
  }
  return out;
}

std::vector<Step> steps(std::string const& console) {
  std::vector<Step> out;
  for (auto const& line : lines_of(console)) {
    if (line.starts_with("$ ")) {
      out.push_back({line.substr(2), {}});
    } else if (!out.empty()) {
      out.back().shown.push_back(line);
    }
  }
  return out;
}

std::vector<Change> changes(std::string const& diff) {
  std::vector<Change> out;
  bool adding = true;
  for (auto const& line : lines_of(diff)) {
    if (line.empty()) continue;
    bool const adds = line.front() == '+';
    if (adding && !adds) out.emplace_back();
    adding = adds;
    (adds ? out.back().second : out.back().first) += line.substr(1) + "\n";
  }
  return out;
}

bool change_text(std::vector<Change> const& changes, std::string& text) {
  for (auto const& [from, to] : changes) {
    auto const at = text.find(from);
    if (at == std::string::npos) return false;
    text.replace(at, from.size(), to);
  }
  return true;
}

bool shows(std::vector<std::string> const& shown, std::string const& printed) {
  return match(shown, 0, lines_of(printed), 0);
}

}  // namespace waymark::docs_test
