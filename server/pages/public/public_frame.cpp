#include "server/pages/public/public_frame.hpp"

#include "server/pages/frame/links.hpp"

namespace kaiku::pages {

Frame public_frame(access::Call const& call) { return frame_by_address(call, address_of(call)); }

std::string public_address(Frame const& frame, std::string_view path, http::FormPairs pairs) {
  if (!frame.lang.empty()) pairs.emplace_back("lang", frame.lang);
  return std::string(path) + (pairs.empty() ? "" : "?" + encoded(pairs));
}

Language file_language(access::Call const& call) {
  return language_asked(call).value_or(Language::fi);
}

std::string whole_address(access::Call const& call, std::string_view path) {
  return call.services().site.base_url + std::string(path);
}

}  // namespace kaiku::pages
