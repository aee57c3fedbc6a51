// `receipt verify`: whether a receipt is whole.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "schema/values/bytes.hpp"
#include "server/commands/command.hpp"
#include "server/ledger/ledger.hpp"
#include "server/ledger/merkle.hpp"

namespace kaiku::commands {
namespace {

struct ReceiptText {
  std::int64_t sequence = 0;
  std::string leaf_hash;
  std::string entry;
};

// Nullopt for what has not the form of a receipt, or of an answer with one.
std::optional<ReceiptText> read_receipt(nlohmann::json const& json) {
  auto const& receipt = json.is_object() && json.contains("receipt") ? json.at("receipt") : json;
  if (!receipt.is_object()) return std::nullopt;
  auto const member = [&](char const* name) { return receipt.value(name, nlohmann::json()); };
  auto const sequence = member("sequence");
  auto const leaf_hash = member("leaf_hash");
  auto const entry = member("entry");
  if (!sequence.is_number_integer() || !leaf_hash.is_string() || !entry.is_string()) {
    return std::nullopt;
  }
  return ReceiptText{sequence.get<std::int64_t>(), leaf_hash.get<std::string>(),
                     entry.get<std::string>()};
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
  auto const read = read_receipt(nlohmann::json::parse(in, nullptr, false));
  if (!read) {
    std::cerr << "This is not the JSON of a receipt: it needs sequence (a whole number), leaf_hash "
                 "and entry (texts).\n";
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
