#include "server/pages/frame/links.hpp"

#include <algorithm>

namespace kaiku::pages {

std::string encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out.push_back(c);
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
  }
  return out;
}

std::string encoded(std::vector<std::pair<std::string, std::string>> const& pairs) {
  std::string out;
  for (auto const& [name, value] : pairs) {
    if (!out.empty()) out.push_back('&');
    out.append(encoded(name)).append("=").append(encoded(value));
  }
  return out;
}

std::string own_path(std::string_view asked, std::string_view otherwise) {
  bool const ours = asked.size() <= 200 && asked.starts_with('/') && !asked.starts_with("//") &&
                    std::all_of(asked.begin(), asked.end(), [](char c) {
                      return c > ' ' && c < '\x7F' && c != '\\' && c != '"' && c != '<' && c != '>';
                    });
  return std::string(ours ? asked : otherwise);
}

}  // namespace kaiku::pages
