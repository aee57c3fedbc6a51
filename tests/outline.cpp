#include "tests/outline.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "tests/source_text.hpp"

namespace kaiku::tidy {
namespace {

struct Token {
  std::string_view text;
  std::size_t line;
};

bool is_identifier(std::string_view token) {
  return std::isalpha(static_cast<unsigned char>(token[0])) != 0 || token[0] == '_';
}

// An identifier or a number is a token, "::" is, and any other character by itself.
std::vector<Token> tokens_of(std::string_view code) {
  std::vector<Token> tokens;
  auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (auto const& [number, line] : numbered_lines(code)) {
    if (line.find_first_not_of(" \t") == line.find('#')) continue;  // directives, empty lines
    for (std::size_t at = 0; at < line.size();) {
      std::size_t length = 1;
      if (std::isspace(static_cast<unsigned char>(line[at])) != 0) {
        ++at;
        continue;
      }
      if (is_word(line[at])) {
        while (at + length < line.size() && is_word(line[at + length])) ++length;
      } else if (line.substr(at).starts_with("::")) {
        length = 2;
      }
      tokens.push_back({line.substr(at, length), number});
      at += length;
    }
  }
  return tokens;
}

// What a name before a bracket can be without being a function.
bool is_keyword(std::string_view token) {
  static constexpr std::array words{
      "alignas",  "auto",          "bool",     "char",     "const",  "constexpr", "decltype",
      "double",   "else",          "explicit", "extern",   "false",  "float",     "if",
      "inline",   "int",           "long",     "noexcept", "not",    "private",   "public",
      "requires", "return",        "short",    "sizeof",   "static", "switch",    "throw",
      "true",     "static_assert", "typename", "unsigned", "using",  "virtual",   "void",
      "while",    "for",           "operator", "friend"};
  return std::find(words.begin(), words.end(), token) != words.end();
}

// One statement at the level of a namespace or a class: all between two of ; { }.
class Statement {
 public:
  void clear() { tokens_.clear(); }
  void add(Token const& token) { tokens_.push_back(token); }

  bool opens_a_container() const {
    std::size_t at = 0;
    while (at < tokens_.size() && (is("template", at) || is("inline", at) || is("export", at))) {
      at = is("template", at) ? after_angles(at + 1) : at + 1;
    }
    static constexpr std::array words{"namespace", "class", "struct", "union", "enum", "extern"};
    return at < tokens_.size() &&
           std::find(words.begin(), words.end(), tokens_[at].text) != words.end();
  }

  void tell(std::vector<Mention>& out, char end) const {
    std::optional<std::size_t> const name = function_name();
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      Token const& token = tokens_[at];
      if (name && at == *name) {
        bool const elsewhere = end == ';' && !has_equals_after(at);
        out.push_back(
            {std::string(token.text), token.line, elsewhere ? Role::declared : Role::defined});
      } else if (is_identifier(token.text) && !is_keyword(token.text)) {
        out.push_back({std::string(token.text), token.line, Role::used});
      }
    }
  }

 private:
  bool is(std::string_view text, std::size_t at) const {
    return at < tokens_.size() && tokens_[at].text == text;
  }

  std::size_t after_angles(std::size_t at) const {
    int depth = 0;
    for (; at < tokens_.size(); ++at) {
      if (is("<", at)) ++depth;
      if (is(">", at) && --depth == 0) return at + 1;
    }
    return at;
  }

  // `= 0`, `= default`, `= delete` after the parameters.
  bool has_equals_after(std::size_t at) const {
    int depth = 0;
    bool had_parameters = false;
    for (; at < tokens_.size(); ++at) {
      if (is("(", at)) ++depth;
      if (is(")", at) && --depth == 0) had_parameters = true;
      if (had_parameters && depth == 0 && is("=", at)) return true;
    }
    return false;
  }

  bool can_stand_before_a_name(std::size_t at) const {
    if (at == 0) return std::isupper(static_cast<unsigned char>(tokens_[0].text[0])) != 0;
    std::string_view const before = tokens_[at - 1].text;
    if (std::isupper(static_cast<unsigned char>(tokens_[at].text[0])) != 0) {
      return before != "<" && before != "," && before != "(";
    }
    return before == "*" || before == "&" || before == ">" || before == "::" ||
           (is_identifier(before) && before != "return" && before != "throw");
  }

  // The first name before a bracket, outside of brackets and before any `=`.
  std::optional<std::size_t> function_name() const {
    if (tokens_.empty() || is("using", 0) || is("typedef", 0) || is("friend", 0)) return {};
    int depth = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (is("operator", at)) return at;
      if (is("(", at)) ++depth;
      if (is(")", at)) --depth;
      if (depth > 0) continue;
      if (is("=", at)) return {};
      if (is_identifier(tokens_[at].text) && !is_keyword(tokens_[at].text) && is("(", at + 1) &&
          can_stand_before_a_name(at)) {
        return at;
      }
    }
    return {};
  }

  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Mention> mentions(std::string_view code) {
  std::vector<Mention> out;
  Statement statement;
  std::vector<bool> containers;  // of each open brace: does it hold declarations?
  int parentheses = 0;
  for (Token const& token : tokens_of(code)) {
    bool const declares = containers.empty() || containers.back();
    if (declares && token.text == "(") ++parentheses;
    if (declares && token.text == ")") --parentheses;
    bool const ends =
        parentheses == 0 && (token.text == ";" || token.text == "{" || token.text == "}");
    if (!declares) {
      if (token.text == "{") containers.push_back(false);
      if (token.text == "}") containers.pop_back();
      if (is_identifier(token.text) && !is_keyword(token.text)) {
        out.push_back({std::string(token.text), token.line, Role::used});
      }
    } else if (!ends) {
      statement.add(token);
    } else {
      if (token.text == "{") containers.push_back(statement.opens_a_container());
      if (token.text == "}" && !containers.empty()) containers.pop_back();
      statement.tell(out, token.text[0]);
      statement.clear();
    }
  }
  return out;
}

}  // namespace kaiku::tidy
