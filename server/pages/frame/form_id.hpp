// One-time ids of forms.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"

namespace kaiku::pages {

// 128 random bits in hex: names one form, so that sending it twice does its work once.
std::string new_form_id(access::Call const& call);
bool is_form_id(std::string_view text);

}  // namespace kaiku::pages
