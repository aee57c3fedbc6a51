// A file of postcodes and their municipalities, as offices and spreadsheets save it: a line is
// postcode;municipality code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaiku::domain {

enum class PostcodeFault : std::uint8_t {
  not_text,          // UTF-16, or bytes that no text has
  not_two_columns,   // semicolon, comma, tab or blank between them
  no_header_no_row,  // the first line: column names that nobody knows
  postcode,          // not five digits
  municipality,      // not three digits
  no_rows,           // nothing but a header, or nothing at all
};
// In English, for the operator.
std::string_view words_of(PostcodeFault fault);

struct PostcodeFile {
  struct BadLine {
    std::int64_t number = 0;  // 1 is the first
    PostcodeFault fault = PostcodeFault::no_rows;
  };
  // {postcode, municipality}; a postcode that lies in several stands once for each.
  std::vector<std::pair<std::string, std::string>> rows;
  std::vector<BadLine> bad_lines;  // with any, the file is not to be used
  std::int64_t mended_rows = 0;    // whose zeros were put back
};

// A spreadsheet drops the zeros that a number begins with. They are put back where a person looks
// at the rows before they are used; a command that nobody watches refuses them.
enum class LostZeros { refused, put_back };

// Reads UTF-8 with or without a byte-order mark, lines ended by LF, CRLF or CR, cells in quotes or
// not, with or without a line of column names.
PostcodeFile read_postcode_file(std::string_view text, LostZeros zeros = LostZeros::refused);

// The text of a file as spreadsheets and Posti save it: UTF-8 as it is, what is none as ISO-8859-1.
// nullopt where it is neither: UTF-16, or no text at all.
std::optional<std::string> text_of_file(std::string_view bytes);

}  // namespace kaiku::domain
