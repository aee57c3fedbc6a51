#include "server/access/identity/device_activity.hpp"

#include <algorithm>

namespace kaiku::access {

void DeviceActivity::heard(DeviceId device, Instant at, std::optional<Instant> certificate_until) {
  std::lock_guard const lock(mutex_);
  auto& contact = fresh_[device];
  contact.heard_at = std::max(contact.heard_at, at);
  contact.certificate_until = certificate_until;
}

tables::DeviceContact& DeviceActivity::fresh_of(DeviceId device, Instant at) {
  auto const flushed = flushed_.find(device);
  auto& contact = fresh_
                      .try_emplace(device, flushed == flushed_.end() ? tables::DeviceContact{}
                                                                     : flushed->second)
                      .first->second;
  contact.heard_at = std::max(contact.heard_at, at);
  return contact;
}

void DeviceActivity::has_cards(DeviceId device, Instant at) {
  std::lock_guard const lock(mutex_);
  fresh_of(device, at).cards_at = at;
}

void DeviceActivity::told(DeviceId device, tables::DeviceTold const& what) {
  std::lock_guard const lock(mutex_);
  fresh_of(device, what.at).told = what;
}

std::optional<tables::DeviceContact> DeviceActivity::contact_of(ledger::ReadTx& tx,
                                                                DeviceId device) const {
  auto contact = tables::find_device_contact(tx, device);
  std::lock_guard const lock(mutex_);
  for (auto const* const generation : {&flushed_, &fresh_}) {
    auto const found = generation->find(device);
    if (found == generation->end()) continue;
    contact = contact ? tables::merged(*contact, found->second) : found->second;
  }
  return contact;
}

void DeviceActivity::flush(ledger::WriteTx& tx) {
  Contacts batch;
  {
    std::lock_guard const lock(mutex_);
    flushed_ = std::move(fresh_);
    fresh_.clear();
    batch = flushed_;
  }
  for (auto const& [device, contact] : batch) tables::note_device_contact(tx, device, contact);
}

}  // namespace kaiku::access
