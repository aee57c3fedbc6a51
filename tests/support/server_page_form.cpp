#include "tests/support/server_page_form.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace kaiku::test {
namespace {

std::string without_entities(std::string text) {
  struct Entity {
    std::string_view name;
    std::string_view character;
  };
  for (auto const& [name, character] :
       {Entity{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}) {
    for (auto at = text.find(name); at != std::string::npos;
         at = text.find(name, at + character.size())) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

// The value of an attribute in a tag; `otherwise` when it has none.
std::string attribute(std::string const& tag, std::string const& name,
                      std::string const& otherwise = "") {
  auto const begin = tag.find(" " + name + "=");
  if (begin == std::string::npos) return otherwise;
  auto const from = begin + name.size() + 2;
  if (tag[from] != '"') return tag.substr(from, tag.find_first_of(" >", from) - from);
  return without_entities(tag.substr(from + 1, tag.find('"', from + 1) - from - 1));
}

bool has(std::string const& tag, std::string_view word) {
  return tag.find(" " + std::string(word)) != std::string::npos;
}

std::string selected_in(std::string const& options) {
  static std::regex const option("<option[^>]*>");
  std::string first;
  for (auto at = std::sregex_iterator(options.begin(), options.end(), option);
       at != std::sregex_iterator(); ++at) {
    auto const tag = at->str();
    if (has(tag, "selected")) return attribute(tag, "value");
    if (at == std::sregex_iterator(options.begin(), options.end(), option)) {
      first = attribute(tag, "value");
    }
  }
  return first;
}

}  // namespace

FormFields fields_of_form(std::string_view html, std::string_view action) {
  FormFields fields;
  auto const mark = html.find(" action=\"" + std::string(action) + "\"");
  if (mark == std::string_view::npos) return fields;
  std::string const form(html.substr(mark, html.find("</form>", mark) - mark));
  std::map<std::string, std::set<std::string>> ticked;
  static std::regex const element("<(input|select|textarea)[^>]*>");
  for (auto at = std::sregex_iterator(form.begin(), form.end(), element);
       at != std::sregex_iterator(); ++at) {
    auto const tag = at->str();
    auto const name = attribute(tag, "name");
    if (name.empty()) continue;
    auto const inside = static_cast<std::size_t>(at->position()) + tag.size();
    if ((*at)[1] == "select") {
      fields[name] = selected_in(form.substr(inside, form.find("</select>", inside) - inside));
    } else if ((*at)[1] == "textarea") {
      auto text = form.substr(inside, form.find("</textarea>", inside) - inside);
      if (text.starts_with('\n')) text.erase(0, 1);  // as browsers do
      fields[name] = without_entities(text);
    } else if (attribute(tag, "type") == "checkbox") {
      if (!has(tag, "checked")) continue;
      ticked[name].insert(attribute(tag, "value"));
    } else if (attribute(tag, "type") != "radio" || has(tag, "checked")) {
      fields[name] = attribute(tag, "value");
    }
  }
  for (auto const& [name, values] : ticked) {
    auto& lines = fields[name];
    for (auto const& value : values) lines += (lines.empty() ? "" : "\n") + value;
  }
  return fields;
}

std::string encoded_form(FormFields const& fields) {
  std::string text;
  for (auto const& [name, value] : fields) {
    if (!text.empty()) text += '&';
    text += http::percent_encode(name) + "=" + http::percent_encode(value);
  }
  return text;
}

http::FormPairs with_fields(http::FormPairs fields, http::FormPairs const& more) {
  for (auto const& [name, value] : more) {
    auto const found = std::ranges::find(fields, name, &http::FormPairs::value_type::first);
    if (found != fields.end())
      found->second = value;
    else
      fields.emplace_back(name, value);
  }
  return fields;
}

std::string text_in(std::string_view html) {
  static std::regex const unparted("<span class=\"unparted\">([^<]*)</span>");
  static std::regex const tags("<[^>]*>");
  static std::regex const blanks("\\s+");
  auto const joined = std::regex_replace(std::string(html), unparted, "$1");
  auto const text = std::regex_replace(joined, tags, " ");
  return without_entities(std::regex_replace(text, blanks, " "));
}

}  // namespace kaiku::test
