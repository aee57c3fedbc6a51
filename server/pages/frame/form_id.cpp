#include "server/pages/frame/form_id.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::pages {

std::string new_form_id(access::Call const& call) {
  return to_hex(call.services().random.bytes<16>());
}

bool is_form_id(std::string_view text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::hex_value(c) >= 0 && !ascii::is_upper(c);
         });
}

}  // namespace kaiku::pages
