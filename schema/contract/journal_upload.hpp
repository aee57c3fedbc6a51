// POST /door/v1/journal: a kiosk's signed entries to the server, and what became of each.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

inline constexpr std::size_t most_uploaded_entries = 200;

// {"entries": [{"entry": base64, "card"?: base64}]}, 1–200 of them.
struct UploadedEntry {
  Bytes signed_entry;  // COSE_Sign1, schema/journal_entry.cddl
  // The card sealed to the server, of an attempt whose tickets were given without the server; the
  // attempt carries its SHA-256. Empty for everything else: refused scans come without their code.
  Bytes sealed_card;
  bool operator==(UploadedEntry const&) const = default;
};

// What became of an entry. `refused` and `waiting` are not kept by the server.
enum class EntryStanding {
  stored,       // taken in now
  repeated,     // the same entry was taken in before
  fork,         // another entry has this number; this one is in quarantine
  quarantined,  // of a revoked device
  refused,      // the signature or the form is not right
  waiting,      // beyond what a device may bring in on a day: send it again from resume_at on
};
std::string_view word_of(EntryStanding standing);
std::optional<EntryStanding> entry_standing_from(std::string_view word);

struct EntryReceipt {
  std::int64_t sequence = 0;  // 0: unreadable
  Digest hash{};              // SHA-256 of the payload, as the chain uses it; zero: unreadable
  EntryStanding standing = EntryStanding::stored;
  // Of an attempt whose use the server has: the use, and the verdict when it was judged late.
  std::optional<RedemptionId> redemption;
  std::optional<std::string> verdict;
  bool operator==(EntryReceipt const&) const = default;
};
struct JournalReply {
  std::vector<EntryReceipt> entries;  // in the order of the upload
  std::int64_t contiguous_to = 0;     // every entry up to here has arrived
  std::optional<Instant> gap_since;   // an entry beyond that one came at this time
  Instant server_time;
  std::optional<Instant> resume_at;  // when entries are taken again that wait
  bool operator==(JournalReply const&) const = default;
};

nlohmann::json to_json(std::vector<UploadedEntry> const& upload);
nlohmann::json to_json(JournalReply const& reply);
// Gathers every fault of form with its pointer; unknown members are refused.
Result<std::vector<UploadedEntry>> read_journal_upload(nlohmann::json const& json);
// Lenient as replies are.
Result<JournalReply> read_journal_reply(nlohmann::json const& json);

}  // namespace kaiku::contract
