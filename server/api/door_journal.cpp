// POST /door/v1/journal: signatures and seals on the work lane, storing and judging on the writer.
#include <nlohmann/json.hpp>

#include "server/api/door_journal.hpp"
#include "server/api/journal_places.hpp"
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

// Of this process: what a device has under way is nothing that a database knows.
JournalPlaces& places() {
  static JournalPlaces all;
  return all;
}

struct Prepared {
  std::vector<ReadEntry> entries;
  std::shared_ptr<void> place;  // until the request is over
};

}  // namespace

Result<access::Work> prepare_journal(access::Call const& call, ledger::ReadTx& tx) {
  auto place = places().take(DeviceId{call.caller().actor.id});
  if (!place) {
    Error error(Problem::too_many_requests, "This device has uploads under way; one at a time");
    error.retry_after_s = 1;
    return error;
  }
  auto const& json = call.json();
  if (!json) return json.error();
  auto upload = contract::read_journal_upload(*json);
  if (!upload) return upload.error();
  auto const device = tables::find_device(tx, DeviceId{call.caller().actor.id});
  auto const key = device ? crypto::P256PublicKey::from_spki_der(device->spki) : std::nullopt;
  if (!key) return Error(Problem::not_signed_in);
  return access::Work([upload = *std::move(upload), id = device->id, key = *key,
                       &sealing = call.services().keys.sealing, place]() mutable {
    return std::any(
        Prepared{use_cases::read_journal(std::move(upload), id, key, sealing), std::move(place)});
  });
}

Result<http::Response> post_journal(access::Call& call, ledger::WriteTx& tx) {
  auto const& prepared = std::any_cast<Prepared const&>(call.prepared);
  auto const reply = use_cases::take_in_journal(
      tx, DeviceId{call.caller().actor.id}, prepared.entries, call.services().site.journal_budget);
  if (!reply) return reply.error();
  count(call.services().metrics, *reply);
  return ok(contract::to_json(*reply));
}

}  // namespace kaiku::api
