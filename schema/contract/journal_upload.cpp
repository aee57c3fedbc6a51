#include "schema/contract/journal_upload.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include "schema/codec/json_fields.hpp"

namespace kaiku::contract {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> standing_words{"stored", "repeated", "fork",
                                                         "quarantined", "refused"};
constexpr TextRule entry_rule{.min = 1, .max = 90'000, .may_hold_identity_code = true};
constexpr TextRule card_rule{.min = 1, .max = 4'000, .may_hold_identity_code = true};
constexpr TextRule hash_rule{.min = 64, .max = 64, .may_hold_identity_code = true};
constexpr NumberRule count_rule{0, INT64_MAX};

Bytes read_bytes(JsonFields& fields, std::string_view name, std::optional<std::string> text) {
  if (!text || text->empty()) return {};
  auto bytes = from_base64(*text);
  if (!bytes) fields.fault(name, "not_base64", "This is not base64 (RFC 4648, section 4).");
  return std::move(bytes).value_or(Bytes{});
}

json to_json(EntryReceipt const& receipt) {
  json out{{"sequence", receipt.sequence},
           {"hash", to_hex(receipt.hash)},
           {"standing", word_of(receipt.standing)}};
  if (receipt.redemption) out["redemption_id"] = receipt.redemption->value;
  if (receipt.verdict) out["verdict"] = *receipt.verdict;
  return out;
}

EntryReceipt read_receipt(json const& value, Faults& faults) {
  JsonFields fields(value, faults, "/entries", JsonFields::Unknown::passed_over);
  EntryReceipt receipt;
  receipt.sequence = fields.integer("sequence", count_rule);
  receipt.standing = fields.word<EntryStanding>("standing", entry_standing_from);
  auto const hash = from_hex(fields.text("hash", hash_rule));
  if (hash && hash->size() == receipt.hash.size()) {
    std::copy(hash->begin(), hash->end(), receipt.hash.begin());
  } else {
    fields.fault("hash", "not_a_hash", "This is not a SHA-256 in hexadecimal.");
  }
  if (auto const id = fields.optional_integer("redemption_id", id_rule)) {
    receipt.redemption = RedemptionId{*id};
  }
  receipt.verdict = fields.optional_text("verdict", {});
  return receipt;
}

}  // namespace

std::string_view word_of(EntryStanding standing) {
  return standing_words[static_cast<std::size_t>(standing)];
}

std::optional<EntryStanding> entry_standing_from(std::string_view word) {
  auto const at = std::ranges::find(standing_words, word);
  if (at == standing_words.end()) return std::nullopt;
  return static_cast<EntryStanding>(at - standing_words.begin());
}

json to_json(std::vector<UploadedEntry> const& upload) {
  json entries = json::array();
  for (auto const& entry : upload) {
    json item{{"entry", to_base64(entry.signed_entry)}};
    if (!entry.sealed_card.empty()) item["card"] = to_base64(entry.sealed_card);
    entries.push_back(std::move(item));
  }
  return {{"entries", std::move(entries)}};
}

json to_json(JournalReply const& reply) {
  json entries = json::array();
  for (auto const& receipt : reply.entries) entries.push_back(to_json(receipt));
  json out{{"entries", std::move(entries)},
           {"contiguous_to", reply.contiguous_to},
           {"server_time", to_rfc3339(reply.server_time)}};
  out["gap_since"] = reply.gap_since ? json(to_rfc3339(*reply.gap_since)) : json(nullptr);
  return out;
}

Result<std::vector<UploadedEntry>> read_journal_upload(json const& value) {
  Faults faults;
  JsonFields fields(value, faults);
  std::vector<UploadedEntry> upload;
  auto const* const entries = fields.required_member("entries");
  if (entries && !entries->is_array()) {
    fields.fault("entries", "wrong_type", "This has to be an array.");
  } else if (entries && (entries->empty() || entries->size() > most_uploaded_entries)) {
    fields.fault("entries", "out_of_range", "Send 1 to 200 entries at a time.");
  } else if (entries) {
    for (std::size_t i = 0; i < entries->size(); ++i) {
      JsonFields entry((*entries)[i], faults, "/entries/" + std::to_string(i));
      UploadedEntry item;
      item.signed_entry = read_bytes(entry, "entry", entry.text("entry", entry_rule));
      item.sealed_card = read_bytes(entry, "card", entry.optional_text("card", card_rule));
      entry.finish();
      upload.push_back(std::move(item));
    }
  }
  fields.finish();
  if (!faults.empty()) return std::move(faults).error();
  return upload;
}

Result<JournalReply> read_journal_reply(json const& value) {
  Faults faults;
  JsonFields fields(value, faults, "", JsonFields::Unknown::passed_over);
  JournalReply reply;
  auto const* const entries = fields.required_member("entries");
  if (entries && entries->is_array() && entries->size() <= most_uploaded_entries) {
    for (auto const& entry : *entries) reply.entries.push_back(read_receipt(entry, faults));
  } else {
    fields.fault("entries", "wrong_type", "This has to be an array of at most 200.");
  }
  reply.contiguous_to = fields.integer("contiguous_to", count_rule);
  reply.gap_since = fields.optional_instant("gap_since");
  auto const server_time = fields.optional_instant("server_time");
  if (!server_time) fields.fault("server_time", "required", "The server's time is missing.");
  reply.server_time = server_time.value_or(Instant{});
  if (!faults.empty()) return std::move(faults).error();
  return reply;
}

}  // namespace kaiku::contract
