// A room includes only itself and the rooms that CMakeLists.txt lets it use. Linking finds an arrow that runs back only
// if it calls a function; this finds an include.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

struct Room {
  fs::path folder;
  std::set<std::string> may_use;  // folders, its own among them
};

std::vector<std::string> lines_of(fs::path const& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Every `waymark_room(NAME FOLDER DEPENDS waymark::OTHER ...)`, which stand one a line and lowest first.
std::map<std::string, Room> stated_rooms() {
  std::map<std::string, Room> rooms;
  std::regex const statement(R"(^waymark_room\((\w+) +(\S+) +(.*)$)");
  std::regex const arrow(R"(waymark::(\w+))");
  for (std::string const& line : lines_of(fs::path(WAYMARK_ROOT) / "CMakeLists.txt")) {
    std::smatch found;
    if (!std::regex_match(line, found, statement)) continue;
    Room room = {found[2].str(), {found[2].str()}};
    std::string const depends = found[3].str();
    for (std::sregex_iterator it(depends.begin(), depends.end(), arrow), end; it != end; ++it) {
      room.may_use.merge(std::set<std::string>(rooms.at((*it)[1].str()).may_use));
    }
    rooms.emplace(found[1].str(), std::move(room));
  }
  return rooms;
}

TEST(Rooms, include_only_what_they_may_use) {
  std::map<std::string, Room> const rooms = stated_rooms();
  ASSERT_THAT(rooms, testing::SizeIs(testing::Ge(9U)));
  std::regex const include(R"re(^\s*#include "(.*)/[^/]*"\s*$)re");
  for (auto const& [name, room] : rooms) {
    fs::path const folder = fs::path(WAYMARK_ROOT) / room.folder;
    if (!fs::exists(folder)) continue;
    for (fs::directory_entry const& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      for (std::string const& line : lines_of(entry.path())) {
        std::smatch found;
        if (!std::regex_match(line, found, include)) continue;
        EXPECT_TRUE(room.may_use.contains(found[1].str()))
            << entry.path().lexically_relative(WAYMARK_ROOT) << ": " << line << "\n"
            << name << " may use only: " << testing::PrintToString(room.may_use);
      }
    }
  }
}

}  // namespace
}  // namespace waymark::commands_test
