#include "kiosk/sync/sync_thread.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace kaiku::kiosk {

namespace {

// Everything that one thread's sync owns, in the order it is built.
struct Workshop {
  explicit Workshop(SyncThreadParts const& parts)
      : database(parts.database_path, Database::Mode::read_write),
        journal(database, parts.enrolment.device, parts.key, parts.sealing_key),
        client(parts.credentials, HttpClient::Names::resolves),
        server(client, parts.enrolment.venue, sync_patience),
        sync(SyncParts{database, journal, parts.snapshots, server, parts.contact, parts.clock,
                       parts.key, parts.enrolment.device, parts.enrolment.door_ca,
                       parts.use_certificate, parts.try_certificate, parts.move_to},
             load_enrolment(database).value_or(parts.enrolment).certificate) {}

  Database database;
  Journal journal;
  HttpClient client;
  DoorServer server;
  Sync sync;
};

}  // namespace

SyncThread::SyncThread(SyncThreadParts parts)
    : parts_(std::move(parts)), thread_([this] { run(); }) {}

SyncThread::~SyncThread() {
  parts_.contact.stop();
  parts_.credentials->interrupt().ring();
  thread_.join();
}

void SyncThread::run() {
  std::int64_t retry_us = first_retry_us;
  do {
    auto const began_us = parts_.clock.monotonic_us();
    try {
      sync_until_stopped();
    } catch (std::runtime_error const& failure) {
      parts_.contact.noted(failure.what());
    }
    bool const went_long = parts_.clock.monotonic_us() - began_us > minute_us;
    retry_us = went_long ? first_retry_us : std::min(2 * retry_us, longest_retry_us);
  } while (!parts_.contact.rest(retry_us));
}

void SyncThread::sync_until_stopped() {
  Workshop workshop(parts_);
  std::int64_t rest_us = 0;
  while (!parts_.contact.rest(rest_us)) rest_us = workshop.sync.step();
}

bool sync_once(SyncThreadParts const& parts, int most_rounds) {
  Workshop workshop(parts);
  return workshop.sync.run_to_end(most_rounds);
}

}  // namespace kaiku::kiosk
