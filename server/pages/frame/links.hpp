// Addresses of our own pages: percent-encoding, and what may be redirected to.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaiku::pages {

// application/x-www-form-urlencoded, as http::parse_form reads it.
std::string encoded(std::vector<std::pair<std::string, std::string>> const& pairs);
// A path of this site ("/venue?event=3"), never another host ("//", "/\"), with nothing that could
// break a header; else `otherwise`.
std::string own_path(std::string_view asked, std::string_view otherwise);

// The address without the values of its query that hold a personal identity code: an address is
// kept, in histories and logs, by others than us.
std::string without_identity_codes(std::string address);

}  // namespace kaiku::pages
