// Tables as spreadsheets open them where a comma parts decimals, as in Finland: a semicolon between
// cells.
#pragma once

#include <string>
#include <vector>

namespace kaiku::codec {

using CsvRows = std::vector<std::vector<std::string>>;

// UTF-8 with a byte-order mark, else Excel takes it for Windows-1252; CRLF after each row, quotes
// by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_text(CsvRows const& rows);

}  // namespace kaiku::codec
