// What is declared in a header: somebody uses it, and the source of the header's name has its body.
// Rules over the whole of server, kiosk and schema, each tried on small samples first.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/outline.hpp"
#include "tests/source_text.hpp"

namespace kaiku::tidy {
namespace {

using Files = std::vector<SourceFile>;

using Names = std::set<std::string, std::less<>>;

// No line of ours calls these by name, and they stay.
Names const kept{
    // Called by libraries: Boost.System, Beast's parser.
    "throw_exception_from_error", "on_request_impl", "on_response_impl", "on_field_impl",
    "on_header_impl", "on_body_init_impl", "on_body_impl", "on_chunk_header_impl",
    "on_chunk_body_impl", "on_finish_impl",
    // Proofs of the ledger for whoever audits it (RFC 9162), held to the standard by tests.
    "inclusion_proof", "verify_inclusion", "consistency_proof", "verify_consistency",
    // A card by itself, as its faces are judged and looked at; and an area's mark, which its face
    // has room for, until a page takes one in.
    "card_pdf", "from_png",
    // The other half of what is here, by which tests and fuzzers judge it.
    "make_device_proof", "validate", "encode_public", "for_each_entry", "stored_state_from"};

bool is_header(SourceFile const& file) { return file.path.ends_with(".hpp"); }
bool is_ours(SourceFile const& file) {
  return (file.path.starts_with("server/") || file.path.starts_with("kiosk/") ||
          file.path.starts_with("schema/")) &&
         (is_header(file) || file.path.ends_with(".cpp"));
}
// Constructors and operators are called without their names.
bool has_a_name_to_call(Mention const& mention) {
  return std::isupper(static_cast<unsigned char>(mention.name[0])) == 0 &&
         mention.name != "operator";
}

struct Outline {
  std::set<std::string> used;
  std::map<std::string, Violation> declared;  // in a header, at its first place
};

// By name alone: two functions of one name keep each other alive.
Outline outline_of(Files const& files) {
  Outline outline;
  for (SourceFile const& file : files) {
    if (!is_ours(file)) continue;
    for (Mention const& mention : mentions(split_source(file.text).code)) {
      if (mention.role == Role::used) {
        outline.used.insert(mention.name);
      } else if (is_header(file) && has_a_name_to_call(mention)) {
        outline.declared.emplace(
            mention.name,
            Violation{file.path, mention.line, "nobody uses " + mention.name + ": take it out"});
      }
    }
  }
  return outline;
}

Violations dead_declarations(Files const& files) {
  Outline const outline = outline_of(files);
  Violations found;
  for (auto const& [name, violation] : outline.declared) {
    if (!outline.used.contains(name) && !kept.contains(name)) found.push_back(violation);
  }
  return found;
}

// A name that is kept for nothing would hide the next function of this name.
Violations kept_for_nothing(Files const& files, Names const& names) {
  constexpr auto here = "tests/declarations_test.cpp";
  Outline const outline = outline_of(files);
  Violations found;
  for (std::string const& name : names) {
    if (outline.used.contains(name)) {
      found.push_back({here, 1, name + " is used: it need not be kept"});
    } else if (!outline.declared.contains(name)) {
      found.push_back({here, 1, name + " is nowhere declared: it need not be kept"});
    }
  }
  return found;
}

// "messages.hpp": messages.cpp, or its parts messages_read.cpp and messages_write.cpp.
bool has_a_source(std::set<std::string> const& paths, std::string const& header) {
  std::string const stem = header.substr(0, header.size() - std::string_view(".hpp").size());
  auto const part = paths.lower_bound(stem + "_");
  bool const has_parts = part != paths.end() && part->starts_with(stem + "_") &&
                         std::any_of(part, paths.end(), [&](std::string const& path) {
                           return path.starts_with(stem + "_") && path.ends_with(".cpp");
                         });
  return paths.contains(stem + ".cpp") || has_parts;
}

// Bodies written further down in the header itself (templates) need no source.
Violations headers_without_a_source(Files const& files) {
  std::set<std::string> paths;
  for (SourceFile const& file : files) paths.insert(file.path);
  Violations found;
  for (SourceFile const& file : files) {
    if (!is_ours(file) || !is_header(file)) continue;
    if (has_a_source(paths, file.path)) continue;
    std::set<std::string> defined;
    std::vector<Mention> elsewhere;
    for (Mention const& mention : mentions(split_source(file.text).code)) {
      if (mention.role == Role::defined) defined.insert(mention.name);
      if (mention.role == Role::declared) elsewhere.push_back(mention);
    }
    for (Mention const& mention : elsewhere) {
      if (defined.contains(mention.name)) continue;
      found.push_back(
          {file.path, mention.line, "declares " + mention.name + ", but no source has this name"});
      break;
    }
  }
  return found;
}

void expect_none(Violations (*rule)(Files const&)) {
  Files const files = source_files(KAIKU_SOURCE_DIR);
  ASSERT_GT(files.size(), 20u) << "looked in the wrong folder: " << KAIKU_SOURCE_DIR;
  for (Violation const& violation : rule(files)) ADD_FAILURE() << violation.text();
}

// --- the rules find what they are for ------------------------------------------------------------

// A room of one header and its source, and a test that calls f.
Files room_of(std::string header, std::string source) {
  return {{"server/api/a.hpp", std::move(header)},
          {"server/api/a.cpp", std::move(source)},
          {"tests/a.cpp", "void t() { f(); }\n"}};
}

std::size_t dead(std::string header, std::string source) {
  return dead_declarations(room_of(std::move(header), std::move(source))).size();
}

TEST(DeclarationRules, a_function_that_only_its_definition_and_tests_name_is_dead) {
  EXPECT_EQ(dead("int f(int a = 0);\n", "int f(int a) { return a; }\n"), 1u);
  EXPECT_EQ(dead("int f();  // f();\n", "auto x = \"f()\";\n"), 1u);
  EXPECT_EQ(dead("struct A {\n  int f() const { return 1; }\n};\n", ""), 1u);
  EXPECT_EQ(dead("class A {\n  void f();\n};\n", "void A::f() {}\n"), 1u);
  EXPECT_EQ(dead("template <class T>\nT* f(T const& t) requires(true) {}\n", ""), 1u);
}

TEST(DeclarationRules, a_call_an_address_and_a_call_in_a_header_are_uses) {
  EXPECT_EQ(dead("int f();\n", "int f() { return 1; }\nnamespace { int const x = f(); }\n"), 0u);
  EXPECT_EQ(dead("int f();\n", "constexpr std::array routes{Route{&f}};\n"), 0u);
  EXPECT_EQ(dead("int f();\nstruct A {\n  int n = f();\n  A() : n(f()) {}\n};\n", ""), 0u);
  EXPECT_EQ(dead("struct A {\n  void f();\n  ~A() { f(); }\n};\n", ""), 0u);
  EXPECT_EQ(dead("struct A {\n  explicit A(int);\n  bool operator==(A const&) const;\n};\n", ""),
            0u);
}

std::size_t idle(std::string header, std::string source) {
  return kept_for_nothing(room_of(std::move(header), std::move(source)), {"f"}).size();
}

TEST(DeclarationRules, a_name_is_kept_while_it_is_declared_and_nobody_but_tests_uses_it) {
  EXPECT_EQ(idle("int f();\n", "int f() { return 1; }\n"), 0u);
  EXPECT_EQ(idle("int f();\n", "int f() { return 1; }\nint const x = f();\n"), 1u);
  EXPECT_EQ(idle("int g();\n", "int g() { return 1; }\n"), 1u);
  EXPECT_EQ(idle("", "int f() { return 1; }\n"), 1u);
}

std::size_t sourceless(std::string header, std::string other = "server/api/b.cpp") {
  return headers_without_a_source({{"server/api/a.hpp", std::move(header)}, {other, ""}}).size();
}

TEST(DeclarationRules, what_has_its_body_elsewhere_needs_a_source_of_its_name) {
  EXPECT_EQ(sourceless("int f();\n"), 1u);
  EXPECT_EQ(sourceless("class A {\n public:\n  explicit A(int a);\n};\n"), 1u);
  EXPECT_EQ(sourceless("struct A {\n  bool operator==(A const& a) const;\n};\n"), 1u);
  EXPECT_EQ(sourceless("int f();\n", "server/api/a.cpp"), 0u);
  EXPECT_EQ(sourceless("int f();\n", "server/api/a_part.cpp"), 0u);
  EXPECT_EQ(sourceless("int f();\n", "server/api/ab.cpp"), 1u);
}

TEST(DeclarationRules, what_is_whole_in_its_header_needs_none) {
  EXPECT_EQ(sourceless("inline int f() { return 1; }\nenum class E : int { a, b };\n"), 0u);
  EXPECT_EQ(sourceless("struct A {\n  virtual int f() = 0;\n  A(A const&) = delete;\n};\n"), 0u);
  EXPECT_EQ(sourceless("template <class T>\nint f(T t);\ntemplate <class T>\nint f(T) {}\n"), 0u);
  EXPECT_EQ(sourceless("struct A {\n  std::function<bool(Tx&)> f;\n  int n = g(1);\n};\n"), 0u);
  EXPECT_EQ(sourceless("using F = int (*)(Call const&);\nclass A;\n"), 0u);
}

// --- the tree holds them -------------------------------------------------------------------------

TEST(Declarations, somebody_uses_each) { expect_none(dead_declarations); }
TEST(Declarations, no_name_is_kept_for_nothing) {
  expect_none([](Files const& files) { return kept_for_nothing(files, kept); });
}
TEST(Declarations, a_header_has_the_source_of_its_name) { expect_none(headers_without_a_source); }

}  // namespace
}  // namespace kaiku::tidy
