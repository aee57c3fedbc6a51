#include "schema/contract/journal_upload.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include "schema/codec/json_fields.hpp"

namespace kaiku::contract {
namespace {

using codec::JsonFields;
using codec::NumberRule;
using codec::SizeRule;
using codec::TextRule;
using codec::Unknown;
using nlohmann::json;

constexpr std::array<std::string_view, 6> standing_words{"stored",      "repeated", "fork",
                                                         "quarantined", "refused",  "waiting"};
constexpr TextRule entry_rule{.min = 1, .max = 90'000, .may_hold_identity_code = true};
constexpr TextRule card_rule{.min = 1, .max = 4'000, .may_hold_identity_code = true};
constexpr TextRule hash_rule{.min = 64, .max = 64, .may_hold_identity_code = true};
constexpr NumberRule count_rule{0, INT64_MAX};
constexpr SizeRule sent_rule{1, most_uploaded_entries};
constexpr SizeRule told_rule{0, most_uploaded_entries};

Bytes read_bytes(JsonFields& fields, std::string_view name, std::optional<std::string> text) {
  if (!text || text->empty()) return {};
  auto bytes = from_base64(*text);
  if (!bytes) fields.fault(name, FaultCode::not_base64);
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

EntryReceipt read_receipt(JsonFields& fields) {
  EntryReceipt receipt;
  receipt.sequence = fields.integer("sequence", count_rule);
  receipt.standing = fields.word<EntryStanding>("standing", entry_standing_from);
  auto const hash = from_hex(fields.text("hash", hash_rule));
  if (hash && hash->size() == receipt.hash.size()) {
    std::copy(hash->begin(), hash->end(), receipt.hash.begin());
  } else {
    fields.fault("hash", FaultCode::not_a_hash);
  }
  receipt.redemption = fields.optional_id<RedemptionId>("redemption_id");
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
  out["resume_at"] = reply.resume_at ? json(to_rfc3339(*reply.resume_at)) : json(nullptr);
  return out;
}

Result<std::vector<UploadedEntry>> read_journal_upload(json const& value) {
  Faults faults;
  JsonFields fields(value, faults);
  std::vector<UploadedEntry> upload;
  for (auto& entry : fields.objects("entries", sent_rule)) {
    UploadedEntry item;
    item.signed_entry = read_bytes(entry, "entry", entry.text("entry", entry_rule));
    item.sealed_card = read_bytes(entry, "card", entry.optional_text("card", card_rule));
    entry.finish();
    upload.push_back(std::move(item));
  }
  if (auto const good = fields.finish(); !good) return good.error();
  return upload;
}

Result<JournalReply> read_journal_reply(json const& value) {
  Faults faults;
  JsonFields fields(value, faults, "", Unknown::passed_over);
  JournalReply reply;
  for (auto& entry : fields.objects("entries", told_rule)) {
    reply.entries.push_back(read_receipt(entry));
  }
  reply.contiguous_to = fields.integer("contiguous_to", count_rule);
  reply.gap_since = fields.optional_instant("gap_since");
  reply.server_time = fields.instant("server_time");
  reply.resume_at = fields.optional_instant("resume_at");
  if (!faults.empty()) return faults.error();
  return reply;
}

}  // namespace kaiku::contract
