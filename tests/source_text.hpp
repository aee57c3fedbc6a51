// Reading our own sources for tests/tidy_test.cpp: files, lines, literals, functions. Knows just as
// much C++ as that needs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaiku::tidy {

struct SourceFile {
  std::string path;  // from the top of the checkout, with '/'
  std::string text;
};

struct Violation {
  std::string path;
  std::size_t line = 1;
  std::string message;
  std::string text() const { return path + ":" + std::to_string(line) + ": " + message; }
};
using Violations = std::vector<Violation>;

// What people write in server, kiosk, schema, certs and tests: C++, SQL, shell, CMake, TypeScript,
// style sheets. Not what others wrote (node_modules, vectors). Throws when a file cannot be read.
std::vector<SourceFile> source_files(std::string const& top);
// The server's text tables and page templates, and its C++, which names their texts.
std::vector<SourceFile> texts_and_their_readers(std::string const& top);
std::vector<std::string> entries_of(std::string const& folder);
// The lines of .gitignore that begin with '/', and a match of one with a top-level name ('*' at the
// end of the name only).
std::vector<std::string> ignore_patterns(std::string const& top);
bool matches_ignore_pattern(std::string const& pattern, std::string const& entry);

// Lines with their numbers, from 1. Views point into the text.
std::vector<std::pair<std::size_t, std::string_view>> numbered_lines(std::string_view text);
std::size_t columns(std::string_view line);  // characters of UTF-8

// Is there this word, with no letter, digit or '_' on either side of it?
bool has_word(std::string_view line, std::string_view word);

struct Literal {
  std::size_t line;
  std::string text;  // as written, escapes not resolved
};
// Code with comments and the insides of literals blanked (line numbers stay), and the literals.
// Neighbouring literals are one, as the compiler sees them.
struct SplitSource {
  std::string code;
  std::vector<Literal> literals;
};
SplitSource split_source(std::string_view text);

struct Function {
  std::size_t first_line;
  std::size_t last_line;
};
// Bodies of functions in code that `split_source` has blanked; lambdas and local classes belong to
// the function around them.
std::vector<Function> functions(std::string_view code);

}  // namespace kaiku::tidy
