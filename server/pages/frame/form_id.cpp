#include "server/pages/frame/form_id.hpp"

#include <algorithm>

namespace kaiku::pages {

std::string new_form_id(access::Call const& call) {
  return to_hex(call.services().random.bytes<16>());
}

bool is_form_id(std::string_view text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace kaiku::pages
