// Enrolment and renewal: the two places where the door CA signs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/certificates/certificate_request.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/api/devices.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/enrol_device.hpp"

namespace kaiku::api {
namespace {

struct Enrolment {
  std::string code;
  std::string name;
  std::string csr;
  std::optional<DeviceId> device;  // that the key is already
};

// PEM has line ends, and base64 holds an identity code's shape by chance; the body's limit is the
// length's.
constexpr codec::TextRule csr_rule{
    .min = 0, .max = SIZE_MAX, .may_hold_identity_code = true, .may_hold_control_characters = true};

Result<Enrolment> read_enrolment(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  Enrolment enrolment;
  enrolment.code = fields.text("code", {.max = 40});
  auto may_lack_name = device_name_rule;
  may_lack_name.min = 0;
  enrolment.name = fields.optional_text("name", may_lack_name).value_or("");
  enrolment.csr = fields.text("csr", csr_rule);
  enrolment.device = fields.optional_id<DeviceId>("device_id");
  if (auto const good = fields.finish(); !good) return good.error();
  if (enrolment.name.empty()) enrolment.name = "kiosk";
  return enrolment;
}

}  // namespace

// The code before the signature: whoever invents one costs a look-up.
Result<access::Work> prepare_enrolment(access::Call const& call, ledger::ReadTx& tx) {
  auto enrolment = read_enrolment(call);
  if (!enrolment) return enrolment.error();
  auto const allowed = access::may_try(call, access::Brake::enrolment_code);
  if (!allowed) return allowed.error();
  auto const open = use_cases::check_enrolment_code(tx, enrolment->code, call.now());
  if (!open) {
    access::note_miss(call, access::Brake::enrolment_code);
    return open.error();
  }
  return access::Work([csr = std::move(enrolment->csr)] {
    return std::any(access::read_certificate_request(csr));
  });
}

Result<http::Response> post_enrolment(access::Call& call, ledger::WriteTx& tx) {
  auto const enrolment = read_enrolment(call);
  if (!enrolment) return enrolment.error();
  auto const& key = std::any_cast<Result<crypto::P256PublicKey> const&>(call.prepared);
  // A code that is used up answers as one that never was, whatever came with it.
  if (!key && !use_cases::has_use_left(tx, enrolment->code, tx.now())) {
    access::note_miss(call, access::Brake::enrolment_code);
    return Error(Problem::enrolment_code_invalid);
  }
  if (!key) return key.error();
  // Again: many may have been let in before the first of them missed.
  auto const allowed = access::may_try(call, access::Brake::enrolment_code);
  if (!allowed) return allowed.error();
  auto const enrolled =
      use_cases::enrol_device(tx, enrolment->code, enrolment->name, *key, enrolment->device);
  if (!enrolled) {
    if (enrolled.error().problem == Problem::enrolment_code_invalid)
      access::note_miss(call, access::Brake::enrolment_code);
    return enrolled.error();
  }
  auto const& [device, venue] = *enrolled;
  auto const& services = call.services();
  auto const certificate =
      services.door_ca.certify_device(*key, device.id, call.now(), services.random);
  auto const& keys = services.keys;
  services.devices.heard(device.id, call.now(),
                         call.now() + access::device_certificate_days * day_us);
  return created({{"device_id", device.id.value},
                  {"venue",
                   {{"id", venue.id.value},
                    {"name", venue.name},
                    {"sector", contract::word_of(venue.sector)},
                    {"area_id", venue.area.value}}},
                  {"certificate", certificate},
                  {"door_ca", services.door_ca.certificate_pem()},
                  {"root_key", to_hex(keys.root.public_key().raw())},
                  {"sealing_key", to_base64(keys.sealing.public_key().point())},
                  {"device_url", services.site.device_url},
                  {"server_time", to_rfc3339(call.now())}},
                 "/api/v1/devices/" + std::to_string(device.id.value));
}

Result<http::Response> post_door_certificate(access::Call const& call, ledger::ReadTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const csr = fields.text("csr", csr_rule);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const key = access::read_certificate_request(csr);
  if (!key) return key.error();
  auto const device = tables::find_device(tx, DeviceId{call.caller().actor.id});
  if (!device) return Error(Problem::not_signed_in);
  if (!std::ranges::equal(key->spki_der(), device->spki)) {
    return Error(Problem::csr_invalid, "The key has to be the device's own");
  }
  auto const& services = call.services();
  return created({{"certificate",
                   services.door_ca.certify_device(*key, device->id, call.now(), services.random)},
                  {"door_ca", services.door_ca.certificate_pem()},
                  {"server_time", to_rfc3339(call.now())}});
}

}  // namespace kaiku::api
