// Backups and copies: of the server, and of a door's folder.
#include "schema/contract/attempt_key.hpp"
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
  auto const drawn = dice_.below(12);
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
  } else if (drawn < 10) {
    double_folder(at);
  } else {
    move_server();
  }
}

// The addresses before answer for a while.
void Simulation::move_server() {
  if (dice_.chance(40)) {
    server_->close_old_addresses();
    note("old addresses closed");
    return;
  }
  server_->move("https://doors-" + std::to_string(++tally_.moves) + ".example:8444");
  note("server moved to " + server_->address());
}

void Simulation::restore_server() {
  if (!server_is_backed_up_) return;
  server_->restore(folder_.path() / "kaiku.backup");
  told_.clear();  // what it had judged is judged anew
  ++tally_.restored_servers;
  note("server restored");
}

// What the folder had not told is gone with its disk, undos as well.
void Simulation::restore_folder(AtDoor& at) {
  if (at.backed_up_to < 0) return;
  auto& known = of_device(at);
  auto& journal = at.kiosk->journal();
  for (auto entry = at.backed_up_to + 1; entry <= journal.head().sequence; ++entry) {
    auto const hash = journal.hash_at(entry);
    if (!hash) continue;  // passed over by a folder that resumed
    known.gone.insert(contract::attempt_hash(*hash));
    auto const act = known.given.find(contract::attempt_hash(*hash));
    if (act != known.given.end()) act->second.may_be_gone = true;
  }
  for (auto& [hash, act] : known.given) {
    if (act.undone_by == at.kiosk.get() && act.undo > at.backed_up_to) act.undo_may_be_gone = true;
  }
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

Simulation::OfDevice& Simulation::of_device(AtDoor& at) {
  return of_devices_[at.kiosk->enrolled().enrolment.device.value];
}

// Of devices whose folder was restored or doubled: what a door said yes to stands once, in the
// journal or beside it, what it took back does not, and nothing else stands. Only what went with a
// disk may be either.
void Simulation::check_muddled() {
  std::set<std::int64_t> muddled;
  for (auto const& at : doors_) {
    if (at.muddled) muddled.insert(at.kiosk->enrolled().enrolment.device.value);
  }
  server_->read([&](ledger::ReadTx& tx) {
    for (auto const device : muddled) check_device(tx, device, of_devices_[device]);
  });
}

void Simulation::check_device(ledger::ReadTx& tx, std::int64_t device, OfDevice const& known) {
  std::vector<std::string> wrong;
  std::map<contract::AttemptHash, bool> stands;
  auto rows = tx.prepare(
      "SELECT attempt_hash, undone_seq IS NULL, verdict = 'quarantined', idempotency_key FROM "
      "redemption WHERE actor = ?1");
  rows.with(domain::Actor{domain::ActorKind::device, device}.packed());
  while (rows.step()) {
    auto const hash = rows.fixed<sizeof(contract::AttemptHash)>(0);
    bool const is_standing = rows.integer(1) != 0;
    auto const key = std::string(rows.text(3));
    if (is_standing && rows.integer(2) != 0) ++tally_.waiting;
    if (!stands.emplace(hash, is_standing).second) wrong.push_back(key + " is there twice");
    bool const is_known = known.given.contains(hash) || known.gone.contains(hash);
    if (is_standing && !is_known) wrong.push_back(key + " was given by nobody");
  }
  for (auto const& [hash, act] : known.given) {
    auto const found = stands.find(hash);
    bool const is_standing = found != stands.end() && found->second;
    auto const name = std::to_string(act.attempt) + " " + to_hex(hash);
    if (act.undone) {
      if (is_standing && !act.undo_may_be_gone) wrong.push_back(name + " is not undone");
    } else if (!is_standing && !act.may_be_gone) {
      wrong.push_back(name + (found == stands.end() ? " is missing" : " was undone by nobody"));
    }
  }
  if (wrong.empty()) return;
  for (auto const& what : wrong) fault("device " + std::to_string(device) + ": " + what);
  fault(uses_in_words(tx, device));
}

}  // namespace kaiku::simulation
