#include <nlohmann/json.hpp>

#include "schema/contract/journal_upload.hpp"
#include "schema/contract/messages.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// What is read as an upload, or as the reply to one, is written and read again as the same.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const json = codec::parse_json(text_of(fuzz::bytes_of_input(bytes, size)));
  if (!json) return 0;
  if (auto const upload = contract::read_journal_upload(*json)) {
    auto const again = contract::read_journal_upload(contract::to_json(*upload));
    fuzz::require(again.has_value() && *again == *upload);
  }
  if (auto const reply = contract::read_journal_reply(*json)) {
    auto const again = contract::read_journal_reply(contract::to_json(*reply));
    fuzz::require(again.has_value() && *again == *reply);
  }
  return 0;
}
