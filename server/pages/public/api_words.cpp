#include "server/pages/public/api_words.hpp"

#include <cassert>
#include <vector>

namespace kaiku::pages {
namespace {

constexpr std::size_t line_width = 76;
constexpr std::size_t indent_width = 2;

std::string escaped(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    default: return {c};
  }
}

std::string plain(ApiJson const& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string joined(std::vector<std::string> const& words, std::string_view between) {
  std::string text;
  for (auto const& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

// "string" is no word of people.
std::string word_of_type(std::string const& type, std::string const& format) {
  if (type == "boolean") return "true or false";
  if (type == "array") return "list";
  if (type != "string") return type;
  if (format == "date") return "day (YYYY-MM-DD)";
  if (format == "date-time") return "time (RFC 3339)";
  return format.empty() ? "text" : "text (" + format + ")";
}

std::string type_of(ApiJson const& schema) {
  if (schema.contains("const")) return "always " + plain(schema.at("const"));
  if (schema.contains("enum")) {
    std::vector<std::string> words;
    for (auto const& word : schema.at("enum")) words.push_back(plain(word));
    return "one of " + joined(words, ", ");
  }
  auto const format = schema.value("format", "");
  auto const type = schema.find("type");
  if (type == schema.end()) return schema.contains("allOf") ? "object" : "any value";
  std::vector<std::string> words;
  if (type->is_array()) {
    for (auto const& one : *type) words.push_back(word_of_type(one.get<std::string>(), format));
  } else {
    words.push_back(word_of_type(type->get<std::string>(), format));
  }
  return joined(words, " or ");
}

// "1 to 1000", "at least 1", "at most 64 characters"; empty without a limit.
std::string range(ApiJson const& schema, char const* least, char const* most,
                  std::string_view unit) {
  std::string text;
  bool const has_least = schema.contains(least);
  bool const has_most = schema.contains(most);
  if (has_least && has_most)
    text = plain(schema.at(least)) + " to " + plain(schema.at(most));
  else if (has_least)
    text = "at least " + plain(schema.at(least));
  else if (has_most)
    text = "at most " + plain(schema.at(most));
  return text.empty() ? text : text.append(unit);
}

std::string in_one_line(ApiJson const& value) {
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (auto const& [name, member] : value.items()) {
    if (!text.empty()) text += ", ";
    if (value.is_object()) text.append(ApiJson(name).dump()).append(": ");
    text += in_one_line(member);
  }
  return value.is_object() ? "{" + text + "}" : "[" + text + "]";
}

std::string in_lines(ApiJson const& value, std::size_t indent, std::size_t before) {
  auto line = in_one_line(value);
  bool const fits = indent + before + line.size() <= line_width;
  if (fits || !value.is_structured() || value.empty()) return line;
  std::string text(value.is_object() ? "{" : "[");
  bool is_first = true;
  for (auto const& [name, member] : value.items()) {
    auto const start = value.is_object() ? ApiJson(name).dump() + ": " : std::string();
    text.append(is_first ? "\n" : ",\n").append(indent + indent_width, ' ').append(start);
    text += in_lines(member, indent + indent_width, start.size());
    is_first = false;
  }
  return text.append("\n").append(indent, ' ').append(value.is_object() ? "}" : "]");
}

}  // namespace

std::string api_escaped(std::string_view text) {
  std::string html;
  for (char const c : text) html += escaped(c);
  return html;
}

std::string api_prose(std::string_view text) {
  std::string html;
  bool in_code = false;
  for (char const c : text) {
    if (c != '`') {
      html += escaped(c);
      continue;
    }
    in_code = !in_code;
    html += in_code ? "<code>" : "</code>";
  }
  return in_code ? html + "</code>" : html;
}

std::string api_kind(ApiJson const& schema) {
  assert(!schema.contains("$ref"));
  std::vector<std::string> words{type_of(schema)};
  for (auto const& limit : {range(schema, "minimum", "maximum", ""),
                            range(schema, "minLength", "maxLength", " characters"),
                            range(schema, "minItems", "maxItems", " items")}) {
    if (!limit.empty()) words.push_back(limit);
  }
  if (schema.contains("pattern")) words.push_back("like " + plain(schema.at("pattern")));
  if (schema.contains("default")) words.push_back(plain(schema.at("default")) + " when absent");
  return joined(words, ", ");
}

std::string api_example(ApiJson const& value) {
  return value.is_string() ? value.get<std::string>() : in_lines(value, 0, 0);
}

}  // namespace kaiku::pages
