// `receipt verify`: whether a receipt is whole.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "schema/codec/json_fields.hpp"
#include "schema/codec/json_strict.hpp"
#include "schema/values/bytes.hpp"
#include "server/commands/command.hpp"
#include "server/ledger/ledger.hpp"
#include "server/ledger/merkle.hpp"

namespace kaiku::commands {
namespace {

// What stands in either is judged when it is compared. An entry has at most 64 KiB, in base64.
constexpr codec::TextRule leaf_hash_rule{.min = 0, .max = 64, .may_hold_identity_code = true};
constexpr codec::TextRule entry_rule{.min = 0, .max = 90'000, .may_hold_identity_code = true};

struct ReceiptText {
  std::int64_t sequence = 0;
  std::string leaf_hash;
  std::string entry;
};

// A receipt, or an answer with one: what else the answer has is not looked at, but a receipt has
// its three members and no other, or what is read here were not all that it says.
Result<ReceiptText> read_receipt(std::string_view text) {
  auto const json = codec::parse_json(text);
  if (!json) return json.error();
  bool const is_answer = json->is_object() && json->contains("receipt");
  auto const& receipt = is_answer ? json->at("receipt") : *json;
  Faults faults;
  codec::JsonFields fields(receipt, faults, is_answer ? "/receipt" : "");
  ReceiptText read{fields.integer("sequence", codec::id_rule),
                   fields.text("leaf_hash", leaf_hash_rule), fields.text("entry", entry_rule)};
  if (auto const good = fields.finish(); !good) return good.error();
  return read;
}

void tell(Error const& error) {
  std::cerr << "This is not the JSON of a receipt: it needs sequence (a whole number), leaf_hash "
               "and entry (texts), and nothing else.\n";
  if (error.fields.empty()) std::cerr << "  " << error.detail << "\n";
  for (auto const& field : error.fields) {
    auto const name = field.pointer.empty() ? std::string_view("What stands there") : field.pointer;
    bool const is_foreign = field.code == FaultCode::unknown_field;
    std::cerr << "  " << name << " " << (is_foreign ? "is no member of a receipt" : field.detail)
              << ".\n";
  }
}

bool is_whole(ReceiptText const& receipt) {
  auto const entry = from_base64(receipt.entry);
  auto const leaf = from_hex(receipt.leaf_hash);
  if (!entry || !leaf) return false;
  auto const computed = ledger::merkle::leaf_hash(*entry);
  if (!std::ranges::equal(computed, *leaf)) return false;
  try {
    return ledger::parse_entry(*entry).sequence == receipt.sequence;
  } catch (std::exception const&) {
    return false;  // a sound hash of something that is no entry
  }
}

}  // namespace

// A receipt is the JSON that a redemption answered with: leaf hash and entry have to fit together.
int receipt_verify(Common const& common, std::filesystem::path const& receipt_file) {
  std::ifstream in(receipt_file);
  if (!in) {
    std::cerr << "The file cannot be read: " << receipt_file.string() << "\n";
    return wrong_usage;
  }
  std::string const text(std::istreambuf_iterator<char>(in), {});
  auto const read = read_receipt(text);
  if (!read) {
    tell(read.error());
    return wrong_usage;
  }
  bool const fits = is_whole(*read);
  if (common.json)
    std::cout << nlohmann::json{{"good", fits}}.dump() << "\n";
  else
    std::cout << (fits ? "The receipt is whole: entry, sequence and leaf hash fit.\n"
                       : "The receipt does NOT fit: its entry is not what the leaf hash says.\n");
  return fits ? good : found_something;
}

}  // namespace kaiku::commands
