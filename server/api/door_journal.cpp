// POST /door/v1/journal: signatures and seals on the work lane, storing and judging on the writer.
#include <nlohmann/json.hpp>

#include "server/api/door_journal.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/take_in_journal.hpp"

namespace kaiku::api {
namespace {

using contract::EntryStanding;
using use_cases::ReadEntry;

void count(telemetry::Metrics& metrics, contract::JournalReply const& reply) {
  std::array<std::int64_t, 6> counts{};
  for (auto const& entry : reply.entries) ++counts[static_cast<std::size_t>(entry.standing)];
  for (std::size_t at = 0; at < counts.size(); ++at) {
    auto const word = contract::word_of(static_cast<EntryStanding>(at));
    metrics.add("kaiku_journal_entries_" + std::string(word) + "_total", counts[at]);
  }
}

}  // namespace

Result<access::Work> prepare_journal(access::Call const& call, ledger::ReadTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  auto upload = contract::read_journal_upload(*json);
  if (!upload) return upload.error();
  auto const device = tables::find_device(tx, DeviceId{call.caller().actor.id});
  auto const key = device ? crypto::P256PublicKey::from_spki_der(device->spki) : std::nullopt;
  if (!key) return Error(Problem::not_signed_in);
  return access::Work([upload = *std::move(upload), id = device->id, key = *key,
                       &sealing = call.services().keys.sealing]() mutable {
    return std::any(use_cases::read_journal(std::move(upload), id, key, sealing));
  });
}

Result<http::Response> post_journal(access::Call& call, ledger::WriteTx& tx) {
  auto const& entries = std::any_cast<std::vector<ReadEntry> const&>(call.prepared);
  auto const reply = use_cases::take_in_journal(tx, DeviceId{call.caller().actor.id}, entries,
                                                call.services().site.journal_budget);
  if (!reply) return reply.error();
  count(call.services().metrics, *reply);
  return ok(contract::to_json(*reply));
}

}  // namespace kaiku::api
