#include "server/http/multipart.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::http {
namespace {

constexpr std::string_view media_type = "multipart/form-data";
constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_boundary = 70;
constexpr std::size_t longest_head = 1024;

Error malformed(char const* detail) { return {Problem::malformed_request, detail}; }

// Up to `mark`, which goes with it; nullopt without one, and then nothing is taken.
std::optional<std::string_view> take_to(std::string_view& text, std::string_view mark) {
  auto const end = text.find(mark);
  if (end == std::string_view::npos) return std::nullopt;
  auto const part = text.substr(0, end);
  text.remove_prefix(end + mark.size());
  return part;
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

// RFC 2046 section 5.1.1.
bool is_boundary(std::string_view text) {
  constexpr std::string_view marks = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= longest_boundary && text.back() != ' ' &&
         std::ranges::all_of(text, [&](char c) {
           return ascii::is_letter(c) || ascii::is_digit(c) || marks.find(c) != marks.npos;
         });
}

// The one boundary of a Content-Type; a `;` cannot stand in it, quoted or not.
std::optional<std::string> boundary_of(std::string_view content_type) {
  std::optional<std::string> boundary;
  auto rest = content_type.substr(std::min(content_type.find(';'), content_type.size()));
  while (take(rest, ";")) {
    auto const end = std::min(rest.find(';'), rest.size());
    auto parameter = rest.substr(0, end);
    rest.remove_prefix(end);
    auto const name = take_to(parameter, "=");
    if (!name || ascii::lowered(ascii::without_blanks(*name)) != "boundary") continue;
    auto value = ascii::without_blanks(parameter);
    bool const is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    if (is_quoted) value = value.substr(1, value.size() - 2);
    if (boundary || !is_boundary(value)) return std::nullopt;
    boundary = value;
  }
  return boundary;
}

struct Disposition {
  std::optional<std::string> name;
  std::optional<std::string> file_name;
};

bool is_text(std::string_view text) {
  return is_utf8(text) && text.find('\0') == std::string_view::npos;
}

// form-data; name="rows"; filename="postinumerot.csv": browsers quote both, and write a quotation
// mark in them as %22.
std::optional<Disposition> disposition_in(std::string_view value) {
  Disposition found;
  auto const kind = value.substr(0, value.find(';'));
  if (ascii::lowered(ascii::without_blanks(kind)) != "form-data") return std::nullopt;
  value.remove_prefix(kind.size());
  while (take(value, ";")) {
    auto const key = take_to(value, "=\"");
    auto const text = key ? take_to(value, "\"") : std::nullopt;
    if (!text || !is_text(*text)) return std::nullopt;
    auto const word = ascii::lowered(ascii::without_blanks(*key));
    auto* const member = word == "name"       ? &found.name
                         : word == "filename" ? &found.file_name
                                              : nullptr;
    if (member == nullptr || *member) return std::nullopt;
    *member = std::string(*text);
    value = ascii::without_blanks(value);
  }
  if (!value.empty() || !found.name || found.name->empty()) return std::nullopt;
  return found;
}

// The one Content-Disposition of a part's head. Its type says nothing that anybody asks here; a
// transfer coding would have to be undone, and no browser sends any.
std::optional<Disposition> disposition_of(std::string_view head) {
  std::optional<Disposition> found;
  while (!head.empty()) {
    auto const end = std::min(head.find(line_end), head.size());
    auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + line_end.size(), head.size()));
    auto const field = take_to(line, ":");
    if (!field || field->empty()) return std::nullopt;
    auto const name = ascii::lowered(*field);
    if (name == "content-transfer-encoding") return std::nullopt;
    if (name != "content-disposition") continue;
    if (found) return std::nullopt;
    found = disposition_in(ascii::without_blanks(line));
    if (!found) return std::nullopt;
  }
  return found;
}

Result<void> add_part(std::string_view part, PostedForm& form) {
  auto const head = take_to(part, "\r\n\r\n");
  if (!head || head->size() > longest_head) return malformed("A part of the form has no head");
  auto const disposition = disposition_of(*head);
  if (!disposition) return malformed("A part of the form does not say what it is");
  if (!disposition->file_name) {
    if (!is_text(part)) return malformed("The form has a field that cannot be decoded");
    form.fields.emplace_back(*disposition->name, part);
    return {};
  }
  // What a browser sends of a field in which no file was chosen.
  if (disposition->file_name->empty() && part.empty()) return {};
  if (form.file) return malformed("The form has more than one file");
  form.file = PostedFile{*disposition->name, std::string(part)};
  return {};
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  auto const kind = content_type.substr(0, content_type.find(';'));
  return ascii::lowered(ascii::without_blanks(kind)) == media_type;
}

Result<PostedForm> parse_multipart(std::string_view content_type, std::string_view body) {
  auto const boundary = is_multipart(content_type) ? boundary_of(content_type) : std::nullopt;
  if (!boundary) return malformed("The form names no boundary");
  auto const opening = "--" + *boundary;
  auto const delimiter = std::string(line_end) + opening;
  PostedForm form;
  if (!take(body, opening)) return malformed("The form does not begin with its boundary");
  for (std::size_t parts = 0; body != "--" && body != "--\r\n"; ++parts) {
    if (parts == max_form_pairs) return malformed("The form has too many fields");
    bool const goes_on = take(body, line_end);
    auto const part = goes_on ? take_to(body, delimiter) : std::nullopt;
    if (!part) return malformed("The form does not end with its boundary");
    if (auto const good = add_part(*part, form); !good) return good.error();
  }
  return form;
}

}  // namespace kaiku::http
