// Door devices by their public key, and the short-lived codes that enrol them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct Device {
  DeviceId id;
  std::int64_t seq = 0;
  VenueId venue;
  std::string name;
  Bytes spki;  // SubjectPublicKeyInfo, DER
  Instant enrolled_at;
  std::optional<Instant> revoked_at;
  bool stolen = false;
};

domain::Caller caller_of(Device const& device);

std::optional<Device> find_device(ledger::ReadTx& tx, DeviceId id);
std::optional<Device> find_device_by_spki(ledger::ReadTx& tx, ByteView spki_der);
// Of one venue, of one area, or of all, by id.
std::vector<Device> list_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                                 std::optional<AreaId> const& area, Page page);
// The same, the newest first: those before the device `before`, or from the newest on.
std::vector<Device> newest_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                                   std::optional<AreaId> const& area,
                                   std::optional<DeviceId> before, int limit);
std::int64_t count_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                           std::optional<AreaId> const& area);

struct EnrolmentCode {
  VenueId venue;
  domain::Actor made_by;
  std::optional<Instant> until;           // nullopt: does not expire (demo)
  std::optional<std::int64_t> uses_left;  // nullopt: any number
};
// `code` in its canonical form of 16 characters; it is stored as a keyed hash.
void insert_enrolment_code(ledger::WriteTx& tx, std::string_view code, EnrolmentCode const& what);
std::optional<EnrolmentCode> find_enrolment_code(ledger::ReadTx& tx, std::string_view code);
// False when it has expired at `now` or no use is left.
bool take_enrolment_use(ledger::WriteTx& tx, std::string_view code, Instant now);
void forget_enrolment_codes_ended_before(ledger::WriteTx& tx, Instant at);

}  // namespace kaiku::tables
