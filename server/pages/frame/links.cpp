#include "server/pages/frame/links.hpp"

#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"
#include "server/http/form.hpp"

namespace kaiku::pages {
namespace {

// Room for what a page was told (page_state.hpp); in a link of its own it is asked for once more.
constexpr std::size_t longest_path = 6000;

}  // namespace

std::string encoded(std::vector<std::pair<std::string, std::string>> const& pairs) {
  std::string out;
  for (auto const& [name, value] : pairs) {
    if (!out.empty()) out.push_back('&');
    out.append(http::percent_encode(name)).append("=").append(http::percent_encode(value));
  }
  return out;
}

std::string own_path(std::string_view asked, std::string_view otherwise) {
  bool const ours = asked.size() <= longest_path && asked.starts_with('/') &&
                    !asked.starts_with("//") && std::all_of(asked.begin(), asked.end(), [](char c) {
                      return c > ' ' && c < '\x7F' && c != '\\' && c != '"' && c != '<' && c != '>';
                    });
  return std::string(ours ? asked : otherwise);
}

std::string without_identity_codes(std::string address) {
  auto const cut = address.find('?');
  if (cut == std::string::npos) return address;
  auto pairs = http::parse_query(std::string_view(address).substr(cut + 1));
  if (!pairs) return address.substr(0, cut);
  auto const removed = std::erase_if(*pairs, [](auto const& pair) {
    return codec::contains_personal_identity_code(pair.first) ||
           codec::contains_personal_identity_code(pair.second);
  });
  if (removed == 0) return address;
  address.resize(cut);
  return pairs->empty() ? address : address + "?" + encoded(*pairs);
}

}  // namespace kaiku::pages
