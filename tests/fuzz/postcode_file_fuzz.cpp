#include "server/domain/postcode_file.hpp"

#include "schema/values/utf8.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

namespace {

// Rows are as they are promised, or something is told to be wrong; and what was read is read again
// as the same.
void check(domain::PostcodeFile const& file, std::size_t size) {
  fuzz::require(!file.rows.empty() || !file.bad_lines.empty());
  std::string again;
  for (auto const& [postcode, municipality] : file.rows) {
    fuzz::require(postcode.size() == 5 && municipality.size() == 3);
    again += postcode + ";" + municipality + "\n";
  }
  if (!file.rows.empty()) {
    auto const read = domain::read_postcode_file(again);
    fuzz::require(read.bad_lines.empty() && read.rows == file.rows);
  }
  std::int64_t before = 0;
  for (auto const& line : file.bad_lines) {
    fuzz::require(line.number > before && line.number <= static_cast<std::int64_t>(size) + 1);
    before = line.number;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::text_of_input(bytes, size);
  auto const text = domain::text_of_file(input);
  if (text) fuzz::require(is_utf8(*text));
  for (std::string_view const read : {input, text ? std::string_view(*text) : input}) {
    auto const strict = domain::read_postcode_file(read);
    auto const mended = domain::read_postcode_file(read, domain::LostZeros::put_back);
    check(strict, read.size());
    check(mended, read.size());
    fuzz::require(strict.mended_rows == 0 && mended.rows.size() >= strict.rows.size());
  }
  return 0;
}
