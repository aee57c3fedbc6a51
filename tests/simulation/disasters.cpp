// Backups and copies: of the server, and of a door's folder.
#include <array>
#include <utility>

#include "tests/simulation/simulation.hpp"

namespace kaiku::simulation {

namespace {

// Each use of a device, for the reader of a failed seed.
std::string uses_in_words(ledger::ReadTx& tx, std::int64_t device) {
  auto rows = tx.prepare(
      "SELECT idempotency_key, verdict, lineage_id, undone_seq FROM redemption WHERE actor = ?1");
  rows.with(domain::Actor{domain::ActorKind::device, device}.packed());
  std::string words;
  while (rows.step()) {
    words += "\n    " + std::string(rows.text(0)) + " " + std::string(rows.text(1)) + " of " +
             std::string(rows.text(2)) + (rows.is_null(3) ? "" : ", undone");
  }
  auto entries = tx.prepare(
      "SELECT sequence, kind, of_sequence, 'journal' FROM journal_entry WHERE device_id = ?1 UNION "
      "ALL SELECT sequence, seq, NULL, 'quarantine' FROM quarantined_entry WHERE device_id = ?1");
  entries.with(device);
  while (entries.step()) {
    words += "\n    " + std::string(entries.text(3)) + " " + std::string(entries.text(0)) +
             " kind or seq " + std::string(entries.text(1)) + " of " + std::string(entries.text(2));
  }
  return words;
}

}  // namespace

void Simulation::disaster() {
  auto& at =
      doors_[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(doors_.size())))];
  auto const drawn = dice_.below(10);
  if (drawn < 2) {
    server_->back_up(folder_.path() / "kaiku.backup");
    server_is_backed_up_ = true;
    note("server backed up");
  } else if (drawn < 4) {
    restore_server();
  } else if (drawn < 6) {
    at.kiosk->back_up(folder_.path() / (at.kiosk->enrolled().name + ".backup"));
    at.backed_up_to = at.kiosk->journal().head().sequence;
    note("folder backed up " + at.kiosk->enrolled().name);
  } else if (drawn < 8) {
    restore_folder(at);
  } else {
    double_folder(at);
  }
}

void Simulation::restore_server() {
  if (!server_is_backed_up_) return;
  server_->restore(folder_.path() / "kaiku.backup");
  told_.clear();  // what it had judged is judged anew
  ++tally_.restored_servers;
  note("server restored");
}

// What the folder had not told is gone with its disk, and so are undos of it.
void Simulation::restore_folder(AtDoor& at) {
  if (at.backed_up_to < 0) return;
  std::erase_if(at.confirmed, [&](std::int64_t attempt) {
    bool const is_gone = attempt > at.backed_up_to;
    at.lost += is_gone ? 1 : 0;
    return is_gone;
  });
  at.taken_back += static_cast<int>(at.undone.size());
  at.muddled = true;
  at.kiosk->restore(folder_.path() / (at.kiosk->enrolled().name + ".backup"));
  ++tally_.restored_folders;
  note("folder restored " + at.kiosk->enrolled().name);
}

void Simulation::double_folder(AtDoor& at) {
  if (doors_.size() > TemplateNetwork::instance().doors.size()) return;  // one is enough
  SimulatedLink::Parts const parts{time_,      dice_,
                                   weather_,   *server_,
                                   in_flight_, [this](std::string const& line) { note(line); }};
  AtDoor copy;
  copy.kiosk =
      std::make_unique<SimulatedKiosk>(*at.kiosk, folder_.path() / "double.db", parts, time_);
  copy.muddled = at.muddled = true;
  ++tally_.doubles;
  note("doubled " + at.kiosk->enrolled().name);
  doors_.push_back(std::move(copy));
}

// Of devices whose folder was restored or doubled: each use that a door said yes to stands once, in
// the journal or beside it, and no more than that without a ruling; those that only a lost disk
// knew may be gone, and an undo may have been taken for that of another use of its number.
void Simulation::check_muddled() {
  std::map<std::int64_t, std::array<int, 2>> bounds;
  for (auto& at : doors_) {
    if (!at.muddled) continue;
    auto const confirmed = static_cast<int>(at.confirmed.size());
    auto const undone = static_cast<int>(at.undone.size()) + at.taken_back;
    auto& [least, most] = bounds[at.kiosk->enrolled().enrolment.device.value];
    least += confirmed - undone - std::exchange(echoes_[at.kiosk->enrolled().name], 0);
    most += confirmed + at.lost;
  }
  server_->read([&](ledger::ReadTx& tx) {
    for (auto const& [device, bound] : bounds) {
      auto rows = tx.prepare(
          "SELECT COUNT(*), SUM(verdict = 'quarantined') FROM redemption WHERE actor = ?1 AND "
          "undone_seq IS NULL");
      rows.with(domain::Actor{domain::ActorKind::device, device}.packed());
      rows.step();
      auto const found = static_cast<int>(rows.integer(0));
      auto const waiting = static_cast<int>(rows.integer(1));
      tally_.waiting += waiting;
      // What waits counts nowhere until a person has looked; one too many is seen there.
      if (found < bound[0] || found - waiting > bound[1]) {
        fault("device " + std::to_string(device) + " has " + std::to_string(found) + " uses, not " +
              std::to_string(bound[0]) + " to " + std::to_string(bound[1]) +
              uses_in_words(tx, device));
      }
    }
  });
}

}  // namespace kaiku::simulation
