// evidence.toml: what is read from it, and what is said of what cannot be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/evidence/evidence.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::optional<std::string> no_environment(std::string const&) { return std::nullopt; }

ManifestRead read(std::string const& text) { return read_manifest("work/evidence.toml", text, no_environment); }

TEST(Manifest, ReadsEveryKeyOfARelease) {
  auto const read_back = read(R"(
folder = "../data"

[[release]]
source    = "The Wages"
name      = "May 2024"
file      = "oews/national.csv"
publisher = "BLS"
period    = "2024-05"
released  = 2025-04-02
address   = "https://www.bls.gov/oes/"
sha256    = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
encoding = "Windows-1252"
separator = ";"
header_row = 2
footer = "Footnotes"
marks = { "A_*" = { "#" = "at least $208,000 per year" }, "TOT_EMP" = { "**" = "suppressed" } }
)");
  ASSERT_THAT(read_back.diagnostics, IsEmpty());
  EXPECT_EQ(read_back.manifest.folder, "data");
  ASSERT_THAT(read_back.manifest.releases, SizeIs(1));
  auto const& entry = read_back.manifest.releases.front();
  EXPECT_EQ(entry.source, "wages");
  EXPECT_EQ(entry.name, "May 2024");
  EXPECT_EQ(entry.file, "oews/national.csv");
  EXPECT_EQ(entry.period, "2024-05");
  EXPECT_EQ(entry.released, values::date_of(2025, 4, 2));
  EXPECT_EQ(entry.sha256, std::string(64, 'a'));
  EXPECT_EQ(entry.encoding, "windows-1252");
  EXPECT_EQ(entry.separator, ';');
  EXPECT_EQ(entry.header_row, 2U);
  EXPECT_EQ(entry.footer, "Footnotes");
  EXPECT_EQ(entry.line, 4U);
  ASSERT_THAT(entry.marks, SizeIs(2));
  EXPECT_EQ(entry.marks[0].column, "A_*");
  EXPECT_EQ(entry.marks[0].line, 17U);
  EXPECT_EQ(entry.marks[0].marks.front(), (std::pair<std::string, std::string>("#", "at least $208,000 per year")));
}

constexpr char const* kLeast = "[[release]]\nsource = \"a\"\nname = \"b\"\nfile = \"c.csv\"\n";

TEST(Manifest, LeastOfARelease) {
  auto const least = read(kLeast);
  ASSERT_THAT(least.diagnostics, IsEmpty());
  EXPECT_EQ(least.manifest.folder, "work");
  EXPECT_FALSE(least.manifest.releases.front().released);
  EXPECT_EQ(least.manifest.releases.front().separator, ',');
  EXPECT_THAT(read("").diagnostics, IsEmpty());
  EXPECT_EQ(read_manifest("evidence.toml", kLeast, no_environment).manifest.folder, "");
  EXPECT_EQ(read_manifest("evidence.toml", kLeast, nullptr).manifest.folder, "");
}

TEST(Manifest, TakesADateAsText) {
  EXPECT_EQ(read(std::string(kLeast) + "released = \"2025-04-02\"").manifest.releases.front().released,
            values::date_of(2025, 4, 2));
}

TEST(Manifest, AnEnvironmentVariableMayNameTheFolder) {
  std::string const text = "folder = \"data\"\nfolder_from = \"DATA\"\n";
  auto const with = [&](std::optional<std::string> value) {
    auto const environment = [&](std::string const& name) { return name == "DATA" ? value : std::nullopt; };
    return read_manifest("work/evidence.toml", text, environment).manifest.folder;
  };
  EXPECT_EQ(with("/elsewhere"), "/elsewhere");
  EXPECT_EQ(with(""), "work/data");
  EXPECT_EQ(with(std::nullopt), "work/data");
}

struct Wrong {
  std::string text;
  Code code;
  std::uint64_t line;
  std::string message;
  std::string help;
};

TEST(Manifest, SaysWhatIsWrongAndWhere) {
  std::string const least = kLeast;
  for (auto const& wrong : std::vector<Wrong>{
           {"folder = \n", Code::manifest_unreadable, 1, "TOML", "[[release]]"},
           {"a = 1\na = 2\n", Code::manifest_unreadable, 2, "TOML", "once"},
           {"foldr = \"x\"\n", Code::manifest_unknown_key, 1, "no key foldr", "Write folder."},
           {least + "sha265 = \"x\"\n", Code::manifest_unknown_key, 5, "no key sha265", "Write sha256."},
           {least + "colour = \"x\"\n", Code::manifest_unknown_key, 5, "no key colour", "The keys are source, name"},
           {"[[release]]\nsource = \"a\"\nname = \"b\"\n", Code::manifest_key_missing, 1, "its file", "file = "},
           {"[[release]]\nsource = \"\"\nname = \"b\"\nfile = \"c\"\n", Code::manifest_wrong_value, 2, "empty", ""},
           {"[release]\nsource = \"a\"\n", Code::manifest_wrong_value, 1, "heading", "[[release]]"},
           {"release = [1]\n", Code::manifest_wrong_value, 1, "no release", "[[release]]"},
           {least + "publisher = 5\n", Code::manifest_wrong_value, 5, "publisher is no text", "publisher = \"…\""},
           {least + "released = \"April 2025\"\n", Code::manifest_wrong_value, 5, "no date", "released = 2025-04-02"},
           {least + "released = 2025-04-02T10:00:00\n", Code::manifest_wrong_value, 5, "no date", ""},
           {least + "sha256 = \"abc\"\n", Code::manifest_wrong_value, 5, "64 digits", "evidence pin"},
           {least + "encoding = \"latin-1\"\n", Code::manifest_wrong_value, 5, "latin-1", "windows-1252"},
           {least + "separator = \"ab\"\n", Code::manifest_wrong_value, 5, "one character", "\\t"},
           {least + "header_row = 0\n", Code::manifest_wrong_value, 5, "header_row", "header_row = 2"},
           {least + "header_row = \"2\"\n", Code::manifest_wrong_value, 5, "header_row", "header_row = 2"},
           {least + "marks = \"#\"\n", Code::manifest_wrong_value, 5, "no columns", "A_*"},
           {least + "marks = { \"A\" = \"#\" }\n", Code::manifest_wrong_value, 5, "column A", "suppressed"},
           {least + "marks = { \"A\" = { \"#\" = 5 } }\n", Code::manifest_wrong_value, 5, "mark \"#\"", "suppressed"},
           {least + least, Code::manifest_release_twice, 5, "on line 1", "name of its own"}}) {
    auto const found = read(wrong.text).diagnostics;
    ASSERT_THAT(found, SizeIs(1)) << wrong.text;
    EXPECT_EQ(found.front().code, wrong.code) << wrong.text;
    EXPECT_EQ(found.front().severity, grammar::Severity::error);
    EXPECT_EQ(found.front().file, "work/evidence.toml");
    EXPECT_EQ(found.front().line, wrong.line) << wrong.text;
    EXPECT_THAT(found.front().message, HasSubstr(wrong.message));
    EXPECT_THAT(found.front().help, HasSubstr(wrong.help));
  }
}

TEST(Manifest, TwoMistakesAreTwoMessages) {
  EXPECT_THAT(read(std::string(kLeast) + "publishr = \"x\"\nencoding = \"x\"\n").diagnostics, SizeIs(2));
}

}  // namespace
}  // namespace waymark::evidence
