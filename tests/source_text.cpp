#include "tests/source_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

namespace kaiku::tidy {
namespace {

namespace fs = std::filesystem;

std::string read_whole(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) throw std::runtime_error("cannot read " + path.string());
  return text;
}

bool is_written_by_people(fs::path const& path) {
  static constexpr std::array endings{".cpp", ".hpp", ".sql", ".sh",
                                      ".ts",  ".tsx", ".css", ".cmake"};
  return path.filename() == "CMakeLists.txt" ||
         std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

bool is_of_others(fs::path const& path) {
  std::string name = path.filename().string();
  return name == "node_modules" || name == "vectors" || name == "dist" || name.starts_with('.');
}

std::vector<SourceFile> files_of(fs::path const& top, std::vector<char const*> const& folders,
                                 bool (*is_wanted)(fs::path const&)) {
  std::vector<SourceFile> files;
  for (char const* folder : folders) {
    for (auto entry = fs::recursive_directory_iterator(top / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (is_of_others(entry->path())) {
        if (entry->is_directory()) entry.disable_recursion_pending();
      } else if (entry->is_regular_file() && is_wanted(entry->path())) {
        std::string path = fs::relative(entry->path(), top).generic_string();
        files.push_back({std::move(path), read_whole(entry->path())});
      }
    }
  }
  std::sort(files.begin(), files.end(),
            [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
  return files;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks over a text once, telling code from comments and literals.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  SplitSource run() && {
    while (at_ < text_.size()) {
      std::string_view rest = text_.substr(at_);
      if (rest.starts_with("//")) {
        blank(rest.find('\n'));
      } else if (rest.starts_with("/*")) {
        auto end = rest.find("*/");
        blank(end == std::string_view::npos ? end : end + 2);
      } else if (rest.starts_with("R\"") && !is_inside_a_word()) {
        raw_literal();
      } else if (rest[0] == '"' || (rest[0] == '\'' && !is_inside_a_number())) {
        plain_literal(rest[0]);
      } else {
        if (std::isspace(static_cast<unsigned char>(rest[0])) == 0) joins_ = false;
        keep();
      }
    }
    return std::move(out_);
  }

 private:
  bool is_inside_a_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  // The mark in 10'000, but not the one after a prefix as in U'x'.
  bool is_inside_a_number() const {
    std::size_t first = at_;
    while (first > 0 && (is_word(text_[first - 1]) || text_[first - 1] == '\'')) --first;
    return first < at_ && std::isdigit(static_cast<unsigned char>(text_[first])) != 0;
  }

  void keep() {
    if (text_[at_] == '\n') ++line_;
    out_.code += text_[at_++];
  }

  void blank(std::size_t length) {
    for (length = std::min(length, text_.size() - at_); length > 0; --length) {
      if (text_[at_] == '\n') ++line_;
      out_.code += text_[at_] == '\n' ? '\n' : ' ';
      ++at_;
    }
  }

  void add(std::size_t line, std::string_view inside) {
    if (joins_ && !out_.literals.empty()) {
      out_.literals.back().text += inside;
    } else {
      out_.literals.push_back({line, std::string(inside)});
    }
    joins_ = true;
  }

  void plain_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    end = std::min(end, text_.size());
    std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    if (quote == '"') add(line_, inside);
    keep();
    blank(end - at_);
    if (at_ < text_.size()) keep();
  }

  void raw_literal() {
    auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank(text_.size());
    std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    auto end = std::min(text_.find(close, open), text_.size());
    add(line_, text_.substr(open + 1, end - open - 1));
    blank(end + close.size() - at_);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool joins_ = false;  // nothing but space and comments since the last literal
  SplitSource out_;
};

// #include and #define lines emptied, with their continuations: their braces open nothing.
std::string without_directives(std::string_view code) {
  std::string kept;
  bool continued = false;
  for (auto const& [number, line] : numbered_lines(code)) {
    auto first = line.find_first_not_of(" \t");
    bool directive = continued || (first != std::string_view::npos && line[first] == '#');
    continued = directive && line.ends_with('\\');
    if (!directive) kept += line;
    kept += '\n';
  }
  return kept;
}

enum class Block { container, function, other };

// What the brace after `header` opens, the header being all since the last ; { or }.
Block kind_of(std::string const& header, Block around) {
  static std::regex const container(
      R"(^\s*(template\s*<[^(]*>\s*)?(inline\s+)?(namespace|class|struct|union|enum|extern)\b)");
  static std::regex const initialiser(R"([^=!<>]=\s*([\w:<>, ]*)$)");
  if (around != Block::container) return Block::other;
  if (std::regex_search(header, container)) return Block::container;
  if (header.find('(') == std::string::npos) return Block::other;
  return std::regex_search(header, initialiser) ? Block::other : Block::function;
}

}  // namespace

std::vector<SourceFile> source_files(std::string const& top) {
  return files_of(top, {"server", "kiosk", "schema", "certs", "tests"}, is_written_by_people);
}

std::vector<SourceFile> texts_and_their_readers(std::string const& top) {
  return files_of(top, {"server"}, [](fs::path const& path) {
    auto const ending = path.extension();
    return ending == ".def" || ending == ".mustache" || ending == ".cpp" || ending == ".hpp";
  });
}

std::vector<std::string> entries_of(std::string const& folder) {
  std::vector<std::string> names;
  for (auto const& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> ignore_patterns(std::string const& top) {
  std::vector<std::string> patterns;
  std::string const text = read_whole(fs::path(top) / ".gitignore");
  for (auto const& [number, line] : numbered_lines(text)) {
    if (line.starts_with('/')) patterns.emplace_back(line);
  }
  return patterns;
}

bool matches_ignore_pattern(std::string const& pattern, std::string const& entry) {
  std::string name = pattern.substr(pattern.starts_with('/') ? 1 : 0);
  if (name.ends_with('/')) name.pop_back();
  if (!name.ends_with('*')) return name == entry;
  name.pop_back();
  return entry.starts_with(name);
}

std::vector<std::pair<std::size_t, std::string_view>> numbered_lines(std::string_view text) {
  std::vector<std::pair<std::size_t, std::string_view>> lines;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(lines.size() + 1, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool has_word(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    auto end = at + word.size();
    bool alone = (at == 0 || !is_word(line[at - 1])) && (end == line.size() || !is_word(line[end]));
    if (alone) return true;
  }
  return false;
}

SplitSource split_source(std::string_view text) { return Splitter(text).run(); }

std::vector<Function> functions(std::string_view source) {
  struct Open {
    Block block;
    std::size_t line;
  };
  std::string const code = without_directives(source);
  std::vector<Function> found;
  std::vector<Open> open;
  std::string header;
  std::size_t line = 1;
  for (char c : code) {
    if (c == '\n') ++line;
    if (c == '{') {
      Block around = open.empty() ? Block::container : open.back().block;
      open.push_back({kind_of(header, around), line});
      header.clear();
    } else if (c == '}') {
      if (!open.empty()) {
        if (open.back().block == Block::function) found.push_back({open.back().line, line});
        open.pop_back();
      }
      header.clear();
    } else if (c == ';') {
      header.clear();
    } else {
      header += c;
    }
  }
  return found;
}

}  // namespace kaiku::tidy
