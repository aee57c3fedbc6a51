// When door devices were last heard of.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "server/tables/device_contacts.hpp"

namespace kaiku::access {

// As SessionActivity: most of what devices ask writes nothing, and a use must not wait for a row of
// this, so it stays in memory, and a job on the writer lane flushes it each minute. Thread-safe.
class DeviceActivity {
 public:
  // A request of the device's own; `certificate_until` of the certificate that it came with.
  void heard(DeviceId device, Instant at, std::optional<Instant> certificate_until);
  // It has the cards' data as they are at that moment, once the answer has come through.
  void has_cards(DeviceId device, Instant at);
  void told(DeviceId device, tables::DeviceTold const& what);
  // What the database has, with what was heard since.
  std::optional<tables::DeviceContact> contact_of(ledger::ReadTx& tx, DeviceId device) const;
  // Writes what was heard since the last flush; run it each minute on the writer lane.
  void flush(ledger::WriteTx& tx);

 private:
  using Contacts = std::map<DeviceId, tables::DeviceContact>;
  // Of a device that was heard a moment ago, though a flush came in between.
  tables::DeviceContact& fresh_of(DeviceId device, Instant at);

  mutable std::mutex mutex_;
  Contacts fresh_;
  Contacts flushed_;  // kept one round, until readers surely see the rows
};

}  // namespace kaiku::access
