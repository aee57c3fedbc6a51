#include "tests/simulation/simulated_kiosk.hpp"

#include "kiosk/link/certificates.hpp"

namespace kaiku::simulation {

using kiosk::Database;

// What a process holds; dies with it.
struct SimulatedKiosk::Running {
  Running(SimulatedKiosk& of, kiosk::Enrolment&& stored)
      : enrolment(std::move(stored)),
        database(of.database_.string(), Database::Mode::read_write),
        clock(of.clock_, kiosk::integer_setting(database, "clock_difference_us").value_or(0)),
        journal(database, enrolment.device, of.enrolled_.key,
                crypto::P256PublicKey::from_point(enrolment.sealing_key).value()),
        snapshots(crypto::Ed25519PublicKey::from_raw(enrolment.root_key).value()),
        door_server(of.link_, enrolment.venue, kiosk::door_patience),
        sync_server(of.link_, enrolment.venue, kiosk::sync_patience),
        door({database, journal, door_server, clock, snapshots, contact, enrolment}),
        sync({database,
              journal,
              snapshots,
              sync_server,
              contact,
              clock,
              of.enrolled_.key,
              enrolment.device,
              enrolment.door_ca,
              [&of](std::string const& certificate) { of.use_certificate(certificate); },
              {},
              [&of](std::string const& url) { return of.link_.move_to(url); }},
             enrolment.certificate) {
    snapshots.load(database);
    clock.at_least(snapshots.view().newest());
    door.start();
  }

  kiosk::Enrolment enrolment;
  Database database;
  kiosk::KioskClock clock;
  kiosk::Journal journal;
  kiosk::SnapshotStore snapshots;
  kiosk::Contact contact;
  kiosk::DoorServer door_server;
  kiosk::DoorServer sync_server;
  kiosk::Door door;
  kiosk::Sync sync;
};

SimulatedKiosk::SimulatedKiosk(EnrolledDoor const& door, std::filesystem::path const& database,
                               SimulatedLink::Parts const& parts, TrueTime const& time)
    : enrolled_(door),
      database_(database),
      clock_(time),
      link_(parts, door.name, door.key.public_key().spki_der()) {
  Database fresh(database_.string(), Database::Mode::read_write);
  kiosk::save_enrolment(fresh, door.enrolment);
  start();
}

SimulatedKiosk::SimulatedKiosk(SimulatedKiosk& original, std::filesystem::path const& copy,
                               SimulatedLink::Parts const& parts, TrueTime const& time)
    : enrolled_(original.enrolled_),
      database_(copy),
      clock_(time),
      link_(parts, enrolled_.name + "'", enrolled_.key.public_key().spki_der()) {
  original.back_up(copy);
  start();
}

SimulatedKiosk::~SimulatedKiosk() = default;

void SimulatedKiosk::back_up(std::filesystem::path const& copy) {
  std::filesystem::remove(copy);
  running_->database.execute(("VACUUM INTO '" + copy.string() + "'").c_str());
}

void SimulatedKiosk::restore(std::filesystem::path const& copy) {
  running_.reset();
  for (auto const* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(database_.string() + ending);
  }
  std::filesystem::copy_file(copy, database_);
  clock_.restart();
  start();
}

void SimulatedKiosk::take_address(std::string const& url) {
  kiosk::save_device_url(running_->database, url);
  link_.use_address(url);
}

void SimulatedKiosk::use_certificate(std::string const& pem) {
  link_.use_certificate(kiosk::read_certificate(pem).value().not_after.us / second_us);
}

void SimulatedKiosk::start() {
  kiosk::Enrolment stored;
  {
    Database database(database_.string(), Database::Mode::read_write);
    stored = kiosk::load_enrolment(database).value();
  }
  use_certificate(stored.certificate);
  link_.use_address(stored.device_url);
  running_ = std::make_unique<Running>(*this, std::move(stored));
}

void SimulatedKiosk::die_and_come_back() {
  running_.reset();
  clock_.restart();
  start();
}

kiosk::Door& SimulatedKiosk::door() { return running_->door; }
kiosk::Journal& SimulatedKiosk::journal() { return running_->journal; }
kiosk::Contact& SimulatedKiosk::contact() { return running_->contact; }
void SimulatedKiosk::sync_step() { running_->sync.step(); }
bool SimulatedKiosk::sync_to_end() { return running_->sync.run_to_end(50); }

}  // namespace kaiku::simulation
