#include "server/api/devices.hpp"

#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/api/replies.hpp"
#include "server/api/venues.hpp"
#include "server/tables/device_days.hpp"
#include "server/tables/journals.hpp"
#include "server/use_cases/make_enrolment_code.hpp"
#include "server/use_cases/rename_device.hpp"
#include "server/use_cases/revoke_device.hpp"
#include "server/use_cases/visible_devices.hpp"

namespace kaiku::api {
namespace {

nlohmann::json instant_or_null(std::optional<Instant> const& at) {
  return at ? nlohmann::json(to_rfc3339(*at)) : nlohmann::json(nullptr);
}

nlohmann::json to_json(tables::DeviceJournal const& journal,
                       std::optional<Instant> const& held_back_at) {
  nlohmann::json json{{"contiguous_to", journal.contiguous_to},
                      {"highest", journal.highest},
                      {"gap_since", instant_or_null(journal.gap_since)},
                      {"forks", journal.forks},
                      {"quarantined", journal.quarantined},
                      {"last_upload_at", instant_or_null(journal.last_upload_at)},
                      {"broken_at", nullptr},
                      {"held_back_at", instant_or_null(held_back_at)},
                      {"resumed", nullptr}};
  if (journal.resumed_at) {
    json["resumed"] = {{"at", to_rfc3339(*journal.resumed_at)},
                       {"why", word_of(journal.resumed_why)},
                       {"count", journal.resumed}};
  }
  if (journal.broken_at) json["broken_at"] = *journal.broken_at;
  return json;
}

nlohmann::json to_json(ledger::ReadTx& tx, tables::Device const& device) {
  nlohmann::json json{{"id", device.id.value},
                      {"venue_id", device.venue.value},
                      {"name", device.name},
                      {"enrolled_at", to_rfc3339(device.enrolled_at)},
                      {"revoked_at", instant_or_null(device.revoked_at)},
                      {"stolen", device.stolen}};
  json["journal"] = to_json(tables::journal_of(tx, device.id), tables::held_back_at(tx, device.id));
  return json;
}

Result<std::optional<VenueId>> listed_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"limit", "cursor", "venue_id"});
  if (!values) return values.error();
  return venue_asked_for(call, tx, values->at(2));
}

}  // namespace

Result<tables::Device> named_device(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<DeviceId>(0);
  if (!id) return id.error();
  return use_cases::find_visible_device(tx, *id, call.caller());
}

Result<http::Response> get_devices(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call, {"venue_id"});
  if (!page) return page.error();
  auto const visible = use_cases::visible_devices(call.caller());
  if (!visible) return visible.error();
  auto const asked = listed_venue(call, tx);
  if (!asked) return asked.error();
  auto const venue = *asked ? *asked : visible->venue;
  auto const rows = tables::list_devices(tx, venue, visible->area, *page);
  return ok(list_of(call, rows, *page, [&](auto const& row) { return to_json(tx, row); }));
}

Result<http::Response> get_device(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = named_device(call, tx);
  if (!device) return device.error();
  return ok(to_json(tx, *device)).with("ETag", etag_of(device->seq));
}

Result<http::Response> patch_device(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_device(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const name = fields.text("name", device_name_rule);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const device = use_cases::rename_device(tx, before->id, name, call.caller());
  if (!device) return device.error();
  return ok(to_json(tx, *device)).with("ETag", etag_of(device->seq));
}

Result<http::Response> get_device_quarantine(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = named_device(call, tx);
  if (!device) return device.error();
  auto const page = page_of(call);
  if (!page) return page.error();
  std::vector<nlohmann::json> items;
  std::int64_t last = 0;
  for (auto const& entry : tables::list_quarantined(tx, device->id, *page)) {
    last = entry.seq;
    bool const fork = entry.reason == ledger::QuarantineReason::fork;
    items.push_back({{"id", entry.seq},
                     {"sequence", entry.sequence},
                     {"hash", to_hex(entry.hash)},
                     {"reason", fork ? "fork" : "device_revoked"},
                     {"recorded_at", to_rfc3339(entry.taken_at)}});
  }
  return ok(list_of(call, std::move(items), last, *page));
}

Result<http::Response> post_enrolment_code(access::Call& call, ledger::WriteTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const venue = fields.id<VenueId>("venue_id");
  auto const uses =
      fields.optional_integer("uses", {1, use_cases::most_enrolment_uses}).value_or(1);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const& services = call.services();
  auto const made = use_cases::make_enrolment_code(tx, venue, uses, call.caller(), services.random);
  if (!made) return made.error();
  auto const fingerprint = to_hex(services.door_ca.fingerprint());
  nlohmann::json body{
      {"code", made->code},
      {"text", use_cases::enrolment_command(services.site.base_url, made->code, fingerprint)},
      {"door_ca_sha256", fingerprint},
      {"expires_at", nullptr}};
  if (made->until) body["expires_at"] = to_rfc3339(*made->until);
  return created(body).with("Cache-Control", "no-store");
}

Result<http::Response> post_device_revocation(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<DeviceId>(0);
  if (!id) return id.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const stolen = fields.optional_boolean("stolen").value_or(false);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const device = use_cases::revoke_device(tx, *id, stolen, call.caller());
  if (!device) return device.error();
  return ok(to_json(tx, *device)).with("ETag", etag_of(device->seq));
}

}  // namespace kaiku::api
