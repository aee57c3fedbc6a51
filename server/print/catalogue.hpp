// What a PDF says of itself, and cairo has no call for.
#pragma once

#include <string>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::print {

// The same pages with their title, their language, and the wish to be shown under the title and
// printed at full size; without the time of making, which cairo writes unasked. Throws
// std::runtime_error when the bytes are no PDF.
Bytes with_catalogue(Bytes const& drawn, std::string const& title, contract::Language language);

}  // namespace kaiku::print
