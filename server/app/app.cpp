#include "server/app/app.hpp"

#include <condition_variable>
#include <thread>

#include "server/access/call/client_address.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/certificates/listener_certificates.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/app/dispatcher.hpp"
#include "server/app/readiness.hpp"
#include "server/app/routes.hpp"
#include "server/domain/handover.hpp"
#include "server/domain/message.hpp"
#include "server/keys/key_ring.hpp"
#include "server/ledger/ledger.hpp"
#include "server/sql/migrations.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/handovers.hpp"
#include "server/tables/idempotent_answers.hpp"
#include "server/tables/key_list.hpp"
#include "server/tables/messages.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/telemetry/threads.hpp"
#include "server/use_cases/build_snapshot.hpp"
#include "server/use_cases/lift_blocks.hpp"
#include "server/use_cases/publish_run.hpp"
#include "server/use_cases/sign_in.hpp"
#include "server/use_cases/stretch_codes.hpp"

namespace kaiku {
namespace {

constexpr std::int64_t idempotent_answers_kept_us = 30 * day_us;
constexpr std::int64_t form_answers_kept_us = day_us;

// Says in the ledger, once, which public keys this installation signs with.
void record_keys(lanes::WriterLane& writer, keys::KeyRing const& keys) {
  auto const outcome = writer.run([&](ledger::WriteTx& tx) {
    if (tx.ledger_end().last_sequence() > 0) return false;
    auto const add = [&](char const* use, ByteView key) {
      ledger::append(tx, domain::Actor{}, ledger::KeyAdded{use, Bytes(key.begin(), key.end())});
    };
    add("root", keys.root.public_key().raw());
    add("card", keys.card.public_key().raw());
    add("snapshot", keys.snapshot.public_key().raw());
    add("checkpoint", keys.checkpoint.public_key().raw());
    add("sealing", keys.sealing.public_key().point());
    return true;
  });
  if (lanes::went_wrong(outcome)) throw std::runtime_error("the ledger cannot be written");
}

// What doors are told of keys, signed anew where it changed.
void keep_door_keys(lanes::WriterLane& writer) {
  auto const outcome = writer.run([](ledger::WriteTx& tx) {
    bool const new_list = tables::refresh_key_list(tx);
    bool const new_salt = tables::keep_row_salt(tx);
    return new_list || new_salt;
  });
  if (lanes::went_wrong(outcome)) throw std::runtime_error("the key list cannot be kept");
}

// Work that comes round each minute, on the writer lane; figures are counted on a slow one.
class Minutely {
 public:
  Minutely(lanes::WriterLane& writer, lanes::ReadLanes& slow_readers, Clock const& clock,
           access::SessionActivity& activity, access::DeviceActivity& devices,
           telemetry::FaultReport& faults)
      : writer_(writer),
        due_runs_(writer, slow_readers, clock, faults),
        activity_(activity),
        devices_(devices),
        faults_(faults),
        thread_([this] { work(); }) {}
  // Waits for a job of its own that the writer still has.
  ~Minutely() {
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void work() {
    telemetry::name_thread("kaiku-minute");
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::minutes(1), [this] { return stopping_; })) {
      lock.unlock();
      try {
        tidy_up();
        while (due_runs_.publish_next() && !is_stopping()) continue;
      } catch (std::exception const& fault) {
        faults_.tell("minute_failed", fault.what());
      }
      lock.lock();
    }
  }

  void tidy_up() {
    if (!writer_.may_run_chores()) return;
    auto const end = writer_.run([this](ledger::WriteTx& tx) {
      activity_.flush(tx);
      devices_.flush(tx);
      tables::forget_idempotent_answers_before(tx, tx.now() + -idempotent_answers_kept_us);
      tables::forget_form_answers_before(tx, tx.now() + -form_answers_kept_us);
      tables::forget_enrolment_codes_ended_before(tx, tx.now());
      tables::forget_recovery_codes_before(tx, tx.now() + -domain::recovery_code_kept_us);
      use_cases::lift_ended_blocks(tx);
      use_cases::forget_ended_sessions(tx);
      tables::forget_contacts_answered_before(tx, tx.now() + -domain::contact_kept_us);
      return true;
    });
    if (lanes::went_wrong(end)) faults_.tell("minute_failed", "the writer did not keep it");
  }

  bool is_stopping() {
    std::lock_guard const lock(mutex_);
    return stopping_;
  }

  lanes::WriterLane& writer_;
  use_cases::DueRuns due_runs_;
  access::SessionActivity& activity_;
  access::DeviceActivity& devices_;
  telemetry::FaultReport& faults_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::string url_of(std::string const& host, std::uint16_t port) {
  auto const bracketed = host.find(':') != std::string::npos ? "[" + host + "]" : host;
  // Browsers leave the scheme's own port out of Origin.
  return "https://" + bracketed + (port == 443 ? std::string() : ":" + std::to_string(port));
}

Places::Places(std::filesystem::path const& dir)
    : database(dir / "kaiku.db"),
      keys(dir / "keys"),
      checkpoint(dir / "checkpoint.txt"),
      credentials(dir / "credentials.json") {}

std::string ledger_origin(std::string const& instance) { return "kaiku." + instance + "/ledger"; }

Installation::Installation(std::filesystem::path const& dir, std::string const& instance,
                           Clock const& clock, Random& random,
                           std::function<void(std::string const&)> on_fatal,
                           crypto::ScryptCost const& cost_of_new_rows,
                           telemetry::FaultReport& faults)
    : places_(dir) {
  std::filesystem::create_directories(dir);
  std::filesystem::permissions(dir, std::filesystem::perms::owner_all);
  keys_ = std::make_unique<keys::KeyRing>(
      keys::make_or_load_keys(places_.keys, random, cost_of_new_rows));
  {
    sql::Connection connection(places_.database.string(), sql::OpenMode::read_write);
    sql::migrate(connection);
  }
  lanes::WriterLane::Settings writer;
  writer.database = places_.database;
  writer.checkpoint_file = places_.checkpoint;
  writer.origin = ledger_origin(instance);
  writer.on_fatal = std::move(on_fatal);
  writer.faults = &faults;
  writer_ = std::make_unique<lanes::WriterLane>(std::move(writer), *keys_, clock, random);
  record_keys(*writer_, *keys_);
  keep_door_keys(*writer_);
}

Installation::~Installation() = default;

bool Installation::write(lanes::WriterLane::Job const& job) {
  auto const end = writer_->run(job);
  if (end == lanes::JobEnd::unknown) {
    throw std::runtime_error("nobody can say whether it was written: look before trying again");
  }
  if (lanes::went_wrong(end)) {
    throw std::runtime_error("nothing was changed: the database could not be written");
  }
  return end == lanes::JobEnd::committed;
}

struct App::State {
  State(AppSettings&& given, Clock const& clock, Random& random);

  AppSettings settings;
  telemetry::Metrics metrics;
  telemetry::Log log;
  telemetry::FaultReport faults;
  Installation installation;
  std::string ca_file;
  access::DoorCa door_ca;
  access::Brakes brakes;
  access::SessionActivity activity;
  access::DeviceActivity devices;
  access::DeviceNonces nonces;
  access::Site site;
  use_cases::FullCards full_cards;
  access::Services services;
  lanes::ReadLanes readers;
  lanes::ReadLanes strangers;
  lanes::ReadLanes slow_readers;
  lanes::ReadLanes builders;
  lanes::WorkLane work;
  lanes::WorkLane passwords;
  Dispatcher dispatcher;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<Readiness> readiness;
  std::unique_ptr<Minutely> minutely;
  std::unique_ptr<use_cases::CodeStretcher> stretcher;
};

App::State::State(AppSettings&& given, Clock const& clock, Random& random)
    : settings(std::move(given)),
      log(settings.log_descriptor, settings.log_level, telemetry::Log::Writing::gathered),
      faults(log, metrics),
      installation(settings.dir, settings.instance, clock, random, settings.on_fatal,
                   settings.cost_of_new_rows, faults),
      door_ca(access::DoorCa::make_or_load(installation.places().keys, random, clock.now())),
      brakes(clock),
      nonces(clock),
      services{installation.keys(),
               clock,
               random,
               brakes,
               activity,
               devices,
               nonces,
               door_ca,
               metrics,
               log,
               site,
               full_cards},
      readers(installation.places().database, installation.keys(), settings.read_lanes, 4096,
              "kaiku-read", faults),
      strangers(installation.places().database, installation.keys(), 1, 512, "kaiku-stranger",
                faults),
      slow_readers(installation.places().database, installation.keys(), 1, 256, "kaiku-slow-read",
                   faults),
      builders(installation.places().database, installation.keys(), 1, 512, "kaiku-build", faults),
      work(1, 64, "kaiku-work", faults),
      // Twenty people of one office sign in at the same minute, at 0.4 s each.
      passwords(1, 32, "kaiku-password", faults, 16),
      dispatcher(
          routes(), services,
          Lanes{installation.writer(), readers, strangers, slow_readers, builders, work, passwords},
          faults) {
  auto transport = settings.transport;
  transport.address = settings.address;
  transport.port = settings.port;
  transport.device_port = settings.device_port;
  transport.hosts = settings.hosts;
  transport.io_threads = settings.io_threads;
  transport.places.is_proxy = [this](std::string_view peer) {
    auto const address = domain::address_from(peer);
    return address && access::is_trusted(*address, settings.proxies);
  };
  if (settings.tls) {
    transport.tls = *settings.tls;
  } else {
    auto const development = access::make_development_certificates(
        installation.places().keys, settings.hosts, clock.now(), random);
    transport.tls = development.tls;
    ca_file = development.ca_file.string();
  }
  transport.device_tls =
      door_ca.listener_files(installation.places().keys, settings.hosts, clock.now(), random);
  server = std::make_unique<http::Server>(transport, dispatcher.application(), metrics, log);
  auto const& host = settings.hosts.front();
  site.base_url = url_of(host, server->port());
  site.device_url = url_of(host, server->device_port());
  for (auto const& name : settings.hosts) site.origins.push_back(url_of(name, server->port()));
  site.instance = settings.instance;
  site.demo = settings.demo;
  if (settings.demo) site.demo_credentials_file = installation.places().credentials.string();
  site.proxies = settings.proxies;
  site.metrics_readers = settings.metrics_readers;
  site.journal_budget = settings.journal_budget;
  site.checkpoint_file = installation.places().checkpoint.string();
  site.security_contact = settings.security_contact;
}

App::App(AppSettings settings, Clock const& clock, Random& random)
    : state_(std::make_unique<State>(std::move(settings), clock, random)) {}

App::~App() { stop(); }

void App::start() {
  state_->readiness = std::make_unique<Readiness>(state_->readers, state_->faults);
  state_->services.readiness = state_->readiness.get();
  state_->server->start();
  auto& writer = state_->installation.writer();
  state_->minutely =
      std::make_unique<Minutely>(writer, state_->slow_readers, state_->services.clock,
                                 state_->activity, state_->devices, state_->faults);
  state_->stretcher = std::make_unique<use_cases::CodeStretcher>(
      writer, state_->slow_readers, state_->installation.keys(), state_->faults);
}

void App::reload_certificates() { state_->server->reload_certificates(); }

void App::stop() {
  if (!state_) return;
  state_->minutely.reset();
  state_->stretcher.reset();
  state_->server->stop();
  state_->readiness.reset();
  state_->readers.stop();
  state_->strangers.stop();
  state_->slow_readers.stop();
  state_->builders.stop();
  state_->work.stop();
  state_->passwords.stop();
  auto const end = state_->installation.writer().run([this](ledger::WriteTx& tx) {
    state_->activity.flush(tx);
    state_->devices.flush(tx);
    return true;
  });
  if (lanes::went_wrong(end)) {
    state_->faults.tell("stop_failed", "the last use of sessions and devices could not be kept");
  }
  state_.reset();
}

std::uint16_t App::port() const { return state_->server->port(); }
std::uint16_t App::device_port() const { return state_->server->device_port(); }
std::string const& App::ca_file() const { return state_->ca_file; }
lanes::WriterLane& App::writer() { return state_->installation.writer(); }
access::Services& App::services() { return state_->services; }
void App::wait_for_stretched_codes() { state_->stretcher->wait_until_done(); }

}  // namespace kaiku
