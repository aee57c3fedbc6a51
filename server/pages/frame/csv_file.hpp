// A table that a browser saves as a file for spreadsheets.
#pragma once

#include <string_view>

#include "schema/codec/csv.hpp"
#include "server/http/message.hpp"

namespace kaiku::pages {

// The first row is the head. `name`: in the reader's language, with its ending; the text itself is
// made when the response is drawn.
http::Response csv_file(std::string_view name, codec::CsvRows rows);

}  // namespace kaiku::pages
