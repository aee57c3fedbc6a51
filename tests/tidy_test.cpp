// What compilers do not check, over the sources themselves: floors, rooms, lengths, left-overs.
// Each rule is a function from a file's text to violations, tried on small samples first.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/source_text.hpp"

namespace kaiku::tidy {
namespace {

constexpr std::size_t max_columns = 100;
constexpr std::size_t max_function_lines = 80;
constexpr std::size_t max_file_lines = 500;

// A room includes only from rooms with a smaller number (never from another of its own number). The
// kiosk has a staircase of its own: it shares the ground floor, schema, with the server and nothing
// else. Tens are the floors of README.md; a room of two words lies inside the folder of the first.
using Floors = std::map<std::string, int, std::less<>>;
Floors const floor_of_room{
    {"schema/values", 10},
    {"schema/crypto", 11},
    {"schema/codec", 12},
    {"schema/contract", 13},
    {"schema/tools", 10},
    {"server/telemetry", 20},
    {"server/domain", 20},
    {"server/print", 20},
    {"server/http", 21},
    {"server/sql", 30},
    {"server/keys", 31},
    {"server/ledger", 32},
    {"server/tables", 33},
    {"server/lanes", 33},
    {"server/verify", 34},
    {"server/reports", 34},
    {"server/exports", 35},
    {"server/access/certificates", 40},
    {"server/access/identity", 41},
    {"server/access/call", 42},
    {"server/use_cases", 40},
    {"server/api", 50},
    {"server/pages/frame", 50},
    {"server/pages/public", 51},
    {"server/pages/worker", 51},
    {"server/pages/venue", 51},
    {"server/pages/coordinator", 51},
    {"server/app", 60},
    {"server/demo", 61},
    {"server/commands", 62},
    {"kiosk/device", 20},
    {"kiosk/journal", 21},
    {"kiosk/snapshot", 21},
    {"kiosk/link", 21},
    {"kiosk/sync", 30},
    {"kiosk/door", 31},
    {"kiosk/till", 40},
    {"kiosk/app", 40},
    {"kiosk/lines", 50},
    {"kiosk/screen", 50},
    {"kiosk/commands", 60},
};

bool starts_with_any(std::string_view path, std::initializer_list<std::string_view> folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](std::string_view folder) { return path.starts_with(folder); });
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

// "server/http/tls.hpp" → "server/http", "server/access/call/scope.hpp" → "server/access/call": the
// folder with its deepest name that has a floor, else the first two; empty for what lies in no
// room.
std::string room_of(std::string_view path) {
  std::string two;
  std::string deepest;
  int depth = 0;
  for (auto at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    auto const folder = path.substr(0, at);
    if (++depth == 2) two = folder;
    if (floor_of_room.contains(folder)) deepest = folder;
  }
  return deepest.empty() ? two : deepest;
}

std::string refused_include(std::string const& room, std::string const& included) {
  std::string other = room_of(included);
  bool ours = starts_with_any(included, {"server/", "kiosk/", "schema/", "tests/"});
  if (!ours || other == room) return "";
  if (!floor_of_room.contains(other)) return "no room of this name: " + included;
  if (room.substr(0, room.find('/')) != other.substr(0, other.find('/')) &&
      !other.starts_with("schema/")) {
    return "the two programs share schema alone, not " + other;
  }
  if (floor_of_room.at(other) >= floor_of_room.at(room)) {
    return room + " (floor " + std::to_string(floor_of_room.at(room)) + ") includes " + other +
           " (floor " + std::to_string(floor_of_room.at(other)) + ")";
  }
  return "";
}

Violations crossing_includes(SourceFile const& file) {
  Violations found;
  std::string room = room_of(file.path);
  if (!is_cpp(file.path) || !starts_with_any(file.path, {"server/", "kiosk/", "schema/"}))
    return found;
  if (!floor_of_room.contains(room)) {
    return {{file.path, 1, "a folder without a floor: name it in tests/tidy_test.cpp"}};
  }
  static std::regex const include(R"(^\s*#\s*include\s*\"([^\"]+)\")");
  for (auto const& [number, line] : numbered_lines(file.text)) {
    std::cmatch match;
    if (line.find("include") == std::string_view::npos) continue;
    if (!std::regex_search(line.data(), line.data() + line.size(), match, include)) continue;
    std::string fault = refused_include(room, match[1]);
    if (!fault.empty()) found.push_back({file.path, number, fault});
  }
  return found;
}

Violations coroutines_outside_their_rooms(SourceFile const& file) {
  Violations found;
  if (!is_cpp(file.path) || starts_with_any(file.path, {"server/http/", "kiosk/link/", "tests/"}))
    return found;
  SplitSource split = split_source(file.text);
  for (auto const& [number, line] : numbered_lines(split.code)) {
    if (has_word(line, "co_await") || has_word(line, "co_yield") || has_word(line, "co_return")) {
      found.push_back({file.path, number, "a coroutine outside server/http and kiosk/link"});
    }
  }
  return found;
}

// Upper case only: statements are written so, sentences ("Select a venue from …") are not.
bool looks_like_sql(std::string const& literal) {
  static std::regex const select(R"(\bSELECT\s)");
  static std::regex const from(R"(\b(FROM|WHERE|COUNT|MAX|EXISTS)\b)");
  static std::regex const other(
      R"(\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|)"
      R"((CREATE|DROP|ALTER)\s+(TEMP\s+)?(TABLE|INDEX|TRIGGER|VIEW)|PRAGMA\s+\w+|)"
      R"(BEGIN\s+(IMMEDIATE|EXCLUSIVE)|ATTACH\s+DATABASE|VACUUM)\b)");
  return (std::regex_search(literal, select) && std::regex_search(literal, from)) ||
         std::regex_search(literal, other);
}

Violations sql_outside_its_rooms(SourceFile const& file) {
  Violations found;
  if (!is_cpp(file.path) ||
      starts_with_any(file.path, {"server/sql/", "server/ledger/", "server/tables/",
                                  "server/lanes/", "server/verify/", "kiosk/device/",
                                  "kiosk/journal/", "kiosk/snapshot/", "tests/"}))
    return found;
  for (Literal const& literal : split_source(file.text).literals) {
    if (looks_like_sql(literal.text)) {
      found.push_back({file.path, literal.line, "SQL outside its rooms"});
    }
  }
  return found;
}

// Two doors to SQLite, one a program; its codes and handles mean nothing outside of them.
Violations sqlite_outside_its_doors(SourceFile const& file) {
  Violations found;
  static std::regex const name(R"(\b(sqlite3(\.h|_\w+)?|SQLITE_\w+)\b)");
  if (!is_cpp(file.path) ||
      starts_with_any(file.path, {"server/sql/", "kiosk/device/database.", "tests/"}))
    return found;
  SplitSource const split = split_source(file.text);
  for (auto const& [number, line] : numbered_lines(split.code)) {
    if (std::regex_search(line.begin(), line.end(), name)) {
      found.push_back({file.path, number, "SQLite outside server/sql and kiosk/device/database"});
    }
  }
  return found;
}

Violations long_lines_and_files(SourceFile const& file) {
  Violations found;
  auto lines = numbered_lines(file.text);
  for (auto const& [number, line] : lines) {
    std::size_t width = columns(line);
    if (width > max_columns) {
      found.push_back({file.path, number, "a line of " + std::to_string(width) + " columns"});
    }
  }
  if (lines.size() > max_file_lines) {
    found.push_back(
        {file.path, lines.size(), "a file of " + std::to_string(lines.size()) + " lines"});
  }
  return found;
}

Violations long_functions(SourceFile const& file) {
  Violations found;
  if (!is_cpp(file.path)) return found;
  for (Function const& function : functions(split_source(file.text).code)) {
    std::size_t length = function.last_line - function.first_line + 1;
    if (length > max_function_lines) {
      found.push_back(
          {file.path, function.first_line, "a function of " + std::to_string(length) + " lines"});
    }
  }
  return found;
}

Violations left_overs(SourceFile const& file) {
  Violations found;
  // Put together, so that this file does not find itself.
  static std::array<std::string, 4> const words{std::string("TO") + "DO", std::string("FIX") + "ME",
                                                std::string("X") + "XX", std::string("HA") + "CK"};
  for (auto const& [number, line] : numbered_lines(file.text)) {
    for (std::string const& word : words) {
      if (has_word(line, word)) {
        found.push_back({file.path, number, "left over: do it, or open an issue"});
      }
    }
  }
  return found;
}

Violations tables_without_a_kind(SourceFile const& file) {
  Violations found;
  if (!file.path.starts_with("schema/sql/") || !file.path.ends_with(".sql")) return found;
  static std::regex const kind_line(
      R"(^-- table (\w+): (ledger|projection|vault|operational), (shared|local)$)");
  static std::regex const create(R"(^\s*CREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?(\w+))");
  std::set<std::string> named;
  for (auto const& [number, line_view] : numbered_lines(file.text)) {
    std::string line(line_view);
    std::smatch match;
    if (std::regex_search(line, match, kind_line)) named.insert(match[1]);
    if (std::regex_search(line, match, create) && named.erase(match[2]) == 0) {
      found.push_back(
          {file.path, number, "no line `-- table " + match[2].str() + ": kind, place` above"});
    }
  }
  for (std::string const& name : named) {
    found.push_back({file.path, 1, "names the kind of a table that it does not make: " + name});
  }
  return found;
}

void add_pictured(Floors& floors, int number, std::string const& column, std::string const& cell) {
  static std::regex const token("\\([^)]*\\)|`(\\w+)`(:?)|·|—");
  std::string folder = column + "/";
  for (std::sregex_iterator at(cell.begin(), cell.end(), token), end; at != end; ++at) {
    std::string const name = (*at)[1];
    if (at->str() == "·") {
      ++number;
    } else if (at->str() == "—") {
      number -= number % 10;
      folder = column + "/";
    } else if ((*at)[2].length() > 0) {
      folder = (name == "schema" ? "" : column + "/") + name + "/";
    } else if (!name.empty()) {
      floors.emplace(folder + name, number);
    }
  }
}

// As README.md pictures them, a row a floor: `a` `b` stand side by side, · is a step up, — begins
// anew on the floor, and `a`: `b` is the room b in the folder a. What stands in brackets is prose.
Floors pictured_floors(std::string_view readme) {
  static std::regex const row(R"(\| (\d) \| ([^|]*) \| ([^|]*) \|)");
  Floors floors;
  for (auto const& [number, view] : numbered_lines(readme)) {
    std::string const line(view);
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    add_pictured(floors, 10 * std::stoi(match[1]), "server", match[2]);
    add_pictured(floors, 10 * std::stoi(match[1]), "kiosk", match[3]);
  }
  return floors;
}

// Rooms that one of them lacks or has at another number.
std::set<std::string> differing_rooms(Floors const& one, Floors const& other) {
  std::set<std::string> rooms;
  for (auto const& [room, number] : one) {
    auto const found = other.find(room);
    if (found == other.end() || found->second != number) rooms.insert(room);
  }
  for (auto const& [room, number] : other) {
    if (!one.contains(room)) rooms.insert(room);
  }
  return rooms;
}

constexpr std::array top_level{"CMakeLists.txt", "CMakePresets.json",
                               "LICENSE",        "README.md",
                               "SECURITY.md",    "CONTRIBUTING.md",
                               "CHANGELOG.md",   "certs",
                               "kiosk",          "schema",
                               "server",         "tests"};

// Dot files are free; what .gitignore names at the top (build folders, demo data) is nobody's.
Violations strange_top_level_entries(std::vector<std::string> const& entries,
                                     std::vector<std::string> const& ignored) {
  Violations found;
  for (std::string const& entry : entries) {
    bool known = entry.starts_with('.') ||
                 std::find(top_level.begin(), top_level.end(), entry) != top_level.end() ||
                 std::any_of(ignored.begin(), ignored.end(), [&](std::string const& pattern) {
                   return matches_ignore_pattern(pattern, entry);
                 });
    if (!known) found.push_back({entry, 1, "not among the agreed top-level entries"});
  }
  return found;
}

using Rule = Violations (*)(SourceFile const&);

void expect_none(Rule rule) {
  std::vector<SourceFile> const files = source_files(KAIKU_SOURCE_DIR);
  ASSERT_GT(files.size(), 20u) << "looked in the wrong folder: " << KAIKU_SOURCE_DIR;
  for (SourceFile const& file : files) {
    for (Violation const& violation : rule(file)) ADD_FAILURE() << violation.text();
  }
}

std::size_t count(Rule rule, std::string path, std::string text) {
  return rule({std::move(path), std::move(text)}).size();
}

// --- the rules find what they are for ------------------------------------------------------------

TEST(TidyRules, an_include_may_only_go_down) {
  EXPECT_EQ(
      count(crossing_includes, "server/api/a.cpp", "#include \"server/access/call/call.hpp\"\n"),
      0u);
  EXPECT_EQ(count(crossing_includes, "server/api/a.cpp", "#include \"server/api/fields.hpp\"\n"),
            0u);
  EXPECT_EQ(count(crossing_includes, "server/app/a.cpp", "#include \"server/pages/frame/x.hpp\"\n"),
            0u);
  EXPECT_EQ(count(crossing_includes, "server/domain/a.cpp", "#include \"server/http/tls.hpp\"\n"),
            1u);
  EXPECT_EQ(
      count(crossing_includes, "server/tables/a.cpp", "#include \"server/access/call/x.hpp\"\n"),
      1u);
  EXPECT_EQ(count(crossing_includes, "server/api/a.cpp", "#include \"server/pages/frame/x.hpp\"\n"),
            1u);
  EXPECT_EQ(count(crossing_includes, "kiosk/commands/a.cpp", "#include \"server/domain/x.hpp\"\n"),
            1u);
  EXPECT_EQ(count(crossing_includes, "schema/contract/a.cpp", "#include \"tests/x.hpp\"\n"), 1u);
  EXPECT_EQ(count(crossing_includes, "server/attic/a.cpp", "\n"), 1u);
}

TEST(TidyRules, a_coroutine_has_two_rooms) {
  EXPECT_EQ(count(coroutines_outside_their_rooms, "server/api/a.cpp", "  co_await x();\n"), 1u);
  EXPECT_EQ(count(coroutines_outside_their_rooms, "server/api/a.cpp", "  // no co_await here\n"),
            0u);
  EXPECT_EQ(count(coroutines_outside_their_rooms, "server/http/a.cpp", "  co_await x();\n"), 0u);
}

TEST(TidyRules, a_statement_in_a_literal_is_sql_and_a_sentence_is_not) {
  auto sql = [](std::string const& literal) {
    return count(sql_outside_its_rooms, "server/api/a.cpp", "auto x = " + literal + ";\n");
  };
  EXPECT_EQ(sql("\"SELECT a FROM b\""), 1u);
  EXPECT_EQ(sql("R\"(INSERT OR IGNORE\n INTO b)\""), 1u);
  EXPECT_EQ(sql("\"DELETE FROM b\""), 1u);
  EXPECT_EQ(sql("\"UPDATE b SET c = ?1\""), 1u);
  EXPECT_EQ(sql("\"PRAGMA foreign_keys\""), 1u);
  EXPECT_EQ(sql("\"Select a venue from the list\""), 0u);
  EXPECT_EQ(sql("\"DELETE\""), 0u);
  EXPECT_EQ(sql("1 /* SELECT a FROM b */"), 0u);
  EXPECT_EQ(count(sql_outside_its_rooms, "server/tables/a.cpp", "\"SELECT a FROM b\""), 0u);
}

TEST(TidyRules, sqlite_has_one_door_a_program) {
  auto found = [](std::string const& path, std::string const& line) {
    return count(sqlite_outside_its_doors, path, line + "\n");
  };
  EXPECT_EQ(found("server/verify/a.cpp", "#include <sqlite3.h>"), 1u);
  EXPECT_EQ(found("server/tables/a.cpp", "  sqlite3_step(statement);"), 1u);
  EXPECT_EQ(found("server/lanes/a.cpp", "  if (code == SQLITE_BUSY) return;"), 1u);
  EXPECT_EQ(found("kiosk/journal/a.hpp", "struct sqlite3_stmt;"), 1u);
  EXPECT_EQ(found("kiosk/device/clock.cpp", "#include <sqlite3.h>"), 1u);
  EXPECT_EQ(found("server/verify/a.cpp", "  // as sqlite3_step does\n  a(\"sqlite3_step\");"), 0u);
  EXPECT_EQ(found("server/verify/a.cpp", "#include \"server/sql/sqlite.hpp\""), 0u);
  EXPECT_EQ(found("server/sql/a.cpp", "#include <sqlite3.h>"), 0u);
  EXPECT_EQ(found("kiosk/device/database.cpp", "  sqlite3_step(statement);"), 0u);
}

TEST(TidyRules, columns_are_characters_and_not_bytes) {
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "ä";
  EXPECT_EQ(count(long_lines_and_files, "server/api/a.cpp", hundred + "\n"), 0u);
  EXPECT_EQ(count(long_lines_and_files, "server/api/a.cpp", hundred + "x\n"), 1u);
}

TEST(TidyRules, a_file_and_a_function_have_an_end) {
  std::string body;
  for (int i = 0; i < 90; ++i) body += "  if (x) { y('{'); }  // }\n";
  EXPECT_EQ(
      count(long_functions, "server/api/a.cpp", "namespace a {\nvoid f() {\n" + body + "}\n}\n"),
      1u);
  EXPECT_EQ(count(long_functions, "server/api/a.cpp", "std::array x{\n" + body + "};\n"), 0u);
  EXPECT_EQ(count(long_functions, "server/api/a.cpp",
                  "int f() { return g(U'\"', U'\\'', 10'000); }\n" + body),
            0u);
  EXPECT_EQ(count(long_functions, "server/api/a.cpp", "class A {\n" + body + "};\n"), 0u);
  EXPECT_EQ(count(long_lines_and_files, "server/api/a.cpp", std::string(500, '\n')), 0u);
  EXPECT_EQ(count(long_lines_and_files, "server/api/a.cpp", std::string(501, '\n')), 1u);
}

TEST(TidyRules, a_left_over_is_found_by_its_word) {
  EXPECT_EQ(count(left_overs, "server/api/a.cpp", std::string("// TO") + "DO later\n"), 1u);
  EXPECT_EQ(count(left_overs, "server/api/a.cpp", "// hackney\n"), 0u);
}

TEST(TidyRules, a_table_names_its_kind_and_place) {
  std::string const create = "CREATE TABLE area (\n";
  auto migration = [](std::string const& text) {
    return count(tables_without_a_kind, "schema/sql/1.sql", text);
  };
  EXPECT_EQ(migration("-- table area: vault, shared\n" + create), 0u);
  EXPECT_EQ(migration(create), 1u);
  EXPECT_EQ(migration("-- table area: other, shared\n" + create), 1u);
  EXPECT_EQ(migration("-- table area: vault\n" + create), 1u);
  EXPECT_EQ(migration("-- table area: vault, here\n" + create), 1u);
  EXPECT_EQ(migration("-- table venue: vault, shared\n"), 1u);
}

TEST(TidyRules, the_top_level_is_agreed) {
  EXPECT_TRUE(strange_top_level_entries({"server", ".git", "build-x"}, {"/build*/"}).empty());
  EXPECT_EQ(strange_top_level_entries({"notes.txt"}, {"/build*/"}).size(), 1u);
}

TEST(TidyRules, a_picture_of_floors_is_read_by_its_signs) {
  auto const floors = pictured_floors(
      "| floor | server | kiosk |\n|---|---|---|\n"
      "| 4 | `access`: `call` · `identity` — `sql` (SQL · `no room`) `keys` · `http` | `app` |\n"
      "| 1 | `schema`: `values` · `codec`, both: all | the same |\n| `x` | `y` | `z` |\n");
  EXPECT_EQ(floors, (Floors{{"server/access/call", 40},
                            {"server/access/identity", 41},
                            {"server/sql", 40},
                            {"server/keys", 40},
                            {"server/http", 41},
                            {"kiosk/app", 40},
                            {"schema/values", 10},
                            {"schema/codec", 11}}));
}

TEST(TidyRules, floors_differ_by_a_room_or_its_number) {
  Floors const floors{{"server/sql", 30}, {"server/keys", 31}};
  EXPECT_TRUE(differing_rooms(floors, floors).empty());
  EXPECT_EQ(differing_rooms(floors, {{"server/sql", 30}}), std::set<std::string>{"server/keys"});
  EXPECT_EQ(differing_rooms({{"server/sql", 30}}, floors), std::set<std::string>{"server/keys"});
  EXPECT_EQ(differing_rooms(floors, {{"server/sql", 30}, {"server/keys", 30}}),
            std::set<std::string>{"server/keys"});
}

// --- the tree holds them
// --------------------------------------------------------------------------

TEST(Tidy, no_include_crosses_a_floor) { expect_none(crossing_includes); }
TEST(Tidy, no_coroutine_outside_its_rooms) { expect_none(coroutines_outside_their_rooms); }
TEST(Tidy, no_sql_outside_its_rooms) { expect_none(sql_outside_its_rooms); }
TEST(Tidy, no_sqlite_outside_its_doors) { expect_none(sqlite_outside_its_doors); }
TEST(Tidy, no_line_and_no_file_is_too_long) { expect_none(long_lines_and_files); }
TEST(Tidy, no_function_is_too_long) { expect_none(long_functions); }
TEST(Tidy, nothing_is_left_over) { expect_none(left_overs); }
TEST(Tidy, every_table_names_its_kind_and_place) { expect_none(tables_without_a_kind); }

TEST(Tidy, the_readme_pictures_every_room_on_its_floor) {
  std::ifstream file(KAIKU_SOURCE_DIR "/README.md", std::ios::binary);
  std::string const readme(std::istreambuf_iterator<char>(file), {});
  for (std::string const& room : differing_rooms(pictured_floors(readme), floor_of_room)) {
    ADD_FAILURE() << room << ": README.md and tests/tidy_test.cpp have it on different floors";
  }
}

TEST(Tidy, a_room_is_a_folder) {
  for (auto const& [room, number] : floor_of_room) {
    EXPECT_TRUE(std::filesystem::is_directory(std::string(KAIKU_SOURCE_DIR "/") + room)) << room;
  }
}

TEST(Tidy, nothing_strange_lies_at_the_top) {
  for (Violation const& violation :
       strange_top_level_entries(entries_of(KAIKU_SOURCE_DIR), ignore_patterns(KAIKU_SOURCE_DIR))) {
    ADD_FAILURE() << violation.text();
  }
}

}  // namespace
}  // namespace kaiku::tidy
