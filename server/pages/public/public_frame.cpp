#include "server/pages/public/public_frame.hpp"

#include "server/pages/frame/links.hpp"

namespace kaiku::pages {
namespace {

std::optional<Language> language_asked(access::Call const& call) {
  auto const query = call.query();
  auto const asked = query ? http::form_value(*query, "lang") : std::nullopt;
  return asked ? contract::language_from(*asked) : std::nullopt;
}

}  // namespace

Frame public_frame(access::Call const& call) {
  auto frame = frame_of(call, address_of(call));
  frame.language_by_address = true;
  if (auto const language = language_asked(call)) {
    frame.language = *language;
    frame.lang = contract::code_of(*language);
  }
  return frame;
}

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
