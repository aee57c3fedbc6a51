#include "server/http/message.hpp"

#include <algorithm>
#include <array>

namespace kaiku::http {

std::string_view word_of(Method method) {
  static constexpr std::array<std::string_view, 8> words{"GET", "HEAD",   "POST",    "PATCH",
                                                         "PUT", "DELETE", "OPTIONS", "OTHER"};
  return words[static_cast<std::size_t>(method)];
}

std::string_view Request::header(std::string_view name) const {
  for (auto const& [known, value] : headers) {
    if (known == name) return value;
  }
  return {};
}

bool Request::has_header(std::string_view name) const {
  return std::ranges::any_of(headers, [&](auto const& field) { return field.first == name; });
}

std::string Request::list_header(std::string_view name) const {
  std::string list;
  for (auto const& [known, value] : headers) {
    if (known != name) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

std::string_view Request::cookie(std::string_view name) const {
  for (auto const& [known, value] : headers) {
    if (known != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      auto const end = rest.find(';');
      auto pair = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
      while (!pair.empty() && pair.back() == ' ') pair.remove_suffix(1);
      if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
        return pair.substr(name.size() + 1);
      }
    }
  }
  return {};
}

std::string_view Response::location() const {
  for (auto const& [name, value] : headers) {
    if (name == "Location") return value;
  }
  return {};
}

}  // namespace kaiku::http
