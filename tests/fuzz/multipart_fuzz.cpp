#include "server/http/multipart.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// The first line is the Content-Type.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::text_of_input(bytes, size);
  auto const end = input.find('\n');
  if (end == std::string_view::npos) return 0;
  auto const form = http::parse_multipart(input.substr(0, end), input.substr(end + 1));
  if (!form) return 0;
  fuzz::require(form->fields.size() <= http::max_form_pairs);
  auto held = form->file ? form->file->content.size() : 0;
  for (auto const& [name, value] : form->fields) held += value.size();
  fuzz::require(held <= size);
  return 0;
}
