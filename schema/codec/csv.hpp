// Tables as text: as spreadsheets open them where a comma parts decimals, and as RFC 4180 has them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kaiku::codec {

using CsvRows = std::vector<std::vector<std::string>>;

enum class CsvForm : std::uint8_t {
  finnish,  // a semicolon between cells, and a byte-order mark, else Excel takes it for
            // Windows-1252
  rfc4180,  // a comma, and no mark
};

// UTF-8; CRLF after each row, quotes by RFC 4180. A text that a spreadsheet would take for a
// formula gets an apostrophe before it; a number below zero does not.
std::string csv_text(CsvRows const& rows, CsvForm form = CsvForm::finnish);

}  // namespace kaiku::codec
