// The frame of pages that anybody reads: their language goes by the address (?lang=), so that no
// cookie is needed.
#pragma once

#include <string>
#include <string_view>

#include "server/http/form.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

Frame public_frame(access::Call const& call);
// An address with the language that was chosen in this page's own.
std::string public_address(Frame const& frame, std::string_view path, http::FormPairs pairs = {});
// Of a file that has no reader's headers to go by: the language of its address, else Finnish.
Language file_language(access::Call const& call);
// "https://kaiku.example/offers/3", for what is read elsewhere.
std::string whole_address(access::Call const& call, std::string_view path);

}  // namespace kaiku::pages
