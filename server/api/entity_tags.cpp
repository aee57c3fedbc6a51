#include "server/api/entity_tags.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::api {

std::optional<EntityTags> EntityTags::in(http::Request const& request, std::string_view header) {
  EntityTags found;
  auto const value = request.list_header(header);
  auto rest = ascii::without_blanks(value);
  if (rest.starts_with('*')) {
    found.any_ = true;
    return ascii::without_blanks(rest.substr(1)).empty() ? std::optional(found) : std::nullopt;
  }
  while (!rest.empty()) {
    if (rest.starts_with(',')) {  // RFC 9110 section 5.6.1.2: empty elements are passed over
      rest = ascii::without_blanks(rest.substr(1));
      continue;
    }
    Tag tag;
    tag.weak = rest.starts_with("W/");
    if (tag.weak) rest.remove_prefix(2);
    auto const end = rest.starts_with('"') ? rest.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    tag.text = rest.substr(0, end + 1);
    if (ascii::has_control(tag.text) || tag.text.find(' ') != std::string::npos) {
      return std::nullopt;
    }
    found.tags_.push_back(std::move(tag));
    rest = ascii::without_blanks(rest.substr(end + 1));
    if (!rest.empty() && !rest.starts_with(',')) return std::nullopt;
  }
  return found;
}

bool EntityTags::match_strongly(std::string_view etag) const {
  return any_ || std::any_of(tags_.begin(), tags_.end(),
                             [&](Tag const& tag) { return !tag.weak && tag.text == etag; });
}

bool EntityTags::match_weakly(std::string_view etag) const {
  return any_ ||
         std::any_of(tags_.begin(), tags_.end(), [&](Tag const& tag) { return tag.text == etag; });
}

}  // namespace kaiku::api
