// What a browser saves as a file.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schema/codec/csv.hpp"
#include "server/http/message.hpp"

namespace kaiku::pages {

// `name`: in the reader's language, with its ending; the content is made when the response is
// drawn.
http::Response file_response(std::string_view name, std::string_view media_type,
                             std::function<std::string()> content);
// A table for spreadsheets; the first row is the head.
http::Response csv_file(std::string_view name, codec::CsvRows rows);

}  // namespace kaiku::pages
