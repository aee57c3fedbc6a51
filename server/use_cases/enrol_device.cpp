#include "server/use_cases/enrol_device.hpp"

#include "server/ledger/ledger.hpp"
#include "server/use_cases/make_enrolment_code.hpp"

namespace kaiku::use_cases {
namespace {

Result<tables::Device> enrolled_before(tables::Device device, VenueId venue) {
  if (device.revoked_at) return Error(Problem::device_revoked);
  if (device.venue != venue) {
    return Error(Problem::conflict, "This key is enrolled at another venue; make a new one");
  }
  return device;
}

std::optional<tables::EnrolmentCode> find_open(ledger::ReadTx& tx,
                                               std::optional<std::string> const& code,
                                               Instant now) {
  auto found = code ? tables::find_enrolment_code(tx, *code) : std::nullopt;
  if (found && found->until && now >= *found->until) return std::nullopt;
  return found;
}

}  // namespace

Result<void> check_enrolment_code(ledger::ReadTx& tx, std::string_view typed_code, Instant now) {
  auto const found = find_open(tx, canonical_enrolment_code(typed_code), now);
  if (!found) return Error(Problem::enrolment_code_invalid);
  return {};
}

bool has_use_left(ledger::ReadTx& tx, std::string_view typed_code, Instant now) {
  auto const found = find_open(tx, canonical_enrolment_code(typed_code), now);
  return found && found->uses_left.value_or(1) > 0;
}

Result<EnrolledDevice> enrol_device(ledger::WriteTx& tx, std::string_view typed_code,
                                    std::string const& name, crypto::P256PublicKey const& key,
                                    std::optional<DeviceId> as) {
  Error const invalid(Problem::enrolment_code_invalid);
  auto const code = canonical_enrolment_code(typed_code);
  auto const found = find_open(tx, code, tx.now());
  if (!found) return invalid;
  auto venue = tables::find_venue(tx, found->venue);
  if (!venue) return invalid;
  auto const spki = key.spki_der();
  auto known = tables::find_device_by_spki(tx, spki);
  if (as && (!known || known->id != *as)) return Error(Problem::device_unknown);
  if (known) {
    auto device = enrolled_before(*std::move(known), venue->id);
    if (!device) return device.error();
    return EnrolledDevice{*std::move(device), *std::move(venue)};
  }
  if (!tables::take_enrolment_use(tx, *code, tx.now())) return invalid;
  ledger::DeviceEnrolled entry;
  entry.venue = venue->id;
  entry.name = name;
  entry.spki = spki;
  DeviceId const id{ledger::append(tx, found->made_by, entry).sequence};
  return EnrolledDevice{*tables::find_device(tx, id), *std::move(venue)};
}

}  // namespace kaiku::use_cases
