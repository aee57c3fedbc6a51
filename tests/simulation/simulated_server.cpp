#include "tests/simulation/simulated_server.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "server/access/call/authenticate.hpp"
#include "server/api/replies.hpp"
#include "server/app/routes.hpp"
#include "server/ledger/checkpoint.hpp"

namespace kaiku::simulation {

namespace {

std::vector<http::Route> shapes() {
  std::vector<http::Route> shapes;
  for (auto const& route : routes()) {
    auto const listeners = static_cast<std::uint8_t>((route.on_everybody ? http::on_everybody : 0) |
                                                     (route.on_device ? http::on_device : 0));
    shapes.push_back({route.method, route.pattern, listeners, route.body_limit});
  }
  return shapes;
}

}  // namespace

SimulatedServer::SimulatedServer(std::filesystem::path const& database, keys::KeyRing& keys,
                                 access::DoorCa const& door_ca, TrueTime const& time,
                                 std::uint64_t seed)
    : database_(database),
      keys_(keys),
      clock_(time),
      random_(seed),
      brakes_(clock_),
      nonces_(clock_),
      services_{keys_,   clock_,  random_,  brakes_, activity_, device_activity_,
                nonces_, door_ca, metrics_, log_,    site_,     *full_cards_},
      router_(shapes()) {
  site_.device_url = "https://127.0.0.1:8444";  // as the doors were told when they joined
  open();
}

void SimulatedServer::move(std::string const& url) {
  old_addresses_.push_back(site_.device_url);
  site_.device_url = url;
}

void SimulatedServer::close_old_addresses() { old_addresses_.clear(); }

bool SimulatedServer::answers_at(std::string const& url) const {
  return url == site_.device_url || std::ranges::find(old_addresses_, url) != old_addresses_.end();
}

void SimulatedServer::open() {
  connection_ = std::make_unique<sql::Connection>(database_.string(), sql::OpenMode::read_write);
  end_ = ledger::load_ledger_end(*connection_);
}

void SimulatedServer::restart() {
  connection_.reset();
  dies_ = Dies::no;
  open();
}

void SimulatedServer::back_up(std::filesystem::path const& copy) {
  std::filesystem::remove(copy);
  connection_->prepare("VACUUM INTO ?1").with(copy.string()).run();
}

void SimulatedServer::restore(std::filesystem::path const& copy) {
  connection_.reset();
  for (auto const* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(database_.string() + ending);
  }
  std::filesystem::copy_file(copy, database_);
  // A new process: nothing is kept in memory. It stands where the old one stood.
  full_cards_.emplace();
  stretched_to_ = {};
  restart();
}

void SimulatedServer::stretch_codes() {
  auto const key = tables::row_key_of(keys_, 1);  // the salt is the same in all epochs
  for (bool more = true; more;) {
    tables::CodesToStretch found;
    read([&](ledger::ReadTx& tx) {
      found = tables::codes_to_stretch(tx, stretched_to_, tables::Towards::newer, 64);
    });
    write([&](ledger::WriteTx& tx) {
      for (auto const& [card, code] : found.codes) {
        tables::put_stretched(tx, card, contract::stretch(code, key));
      }
      return !found.codes.empty();
    });
    more = found.reached.has_value();
    if (more) stretched_to_ = *found.reached;
  }
}

void SimulatedServer::write_checkpoint(std::filesystem::path const& file) {
  ledger::Checkpoint const checkpoint{ledger_origin, end_.frontier().size(),
                                      end_.frontier().root()};
  std::ofstream(file, std::ios::binary) << ledger::sign_checkpoint(checkpoint, keys_.checkpoint);
}

bool SimulatedServer::write(std::function<bool(ledger::WriteTx&)> const& job) {
  connection_->prepare("BEGIN IMMEDIATE").run();
  ledger::LedgerEnd after = end_;
  bool keep = false;
  try {
    ledger::WriteTx tx(*connection_, keys_, after, clock_.now(), random_);
    keep = job(tx);
  } catch (...) {
    if (!connection_->autocommit()) connection_->prepare("ROLLBACK").run();
    throw;
  }
  if (keep && dies_ == Dies::before_commit) keep = false;
  if (!keep) {
    connection_->prepare("ROLLBACK").run();
  } else {
    after.fold();
    if (after.last_sequence() != end_.last_sequence()) ledger::store_frontier(*connection_, after);
    connection_->prepare("COMMIT").run();
    end_ = std::move(after);
  }
  if (dies_ != Dies::no) {
    restart();
    throw ServerDied{};
  }
  return keep;
}

void SimulatedServer::read(std::function<void(ledger::ReadTx&)> const& job) {
  ledger::ReadTx tx(*connection_, keys_);
  job(tx);
}

Result<void> SimulatedServer::admit(access::Call& call, access::Route const& route,
                                    ledger::ReadTx& tx) {
  auto const now = clock_.now();
  auto identified = access::authenticate(tx, call.request(), route, services_, now);
  if (!identified) return identified.error();
  call.know(std::move(identified->caller), identified->session, now);
  return access::authorise(route, call.caller());
}

Result<http::Response> SimulatedServer::run(http::Request const& request,
                                            access::Route const& route,
                                            std::vector<std::string> const& parameters) {
  access::Call call(request, parameters, services_);
  ledger::ReadTx reading(*connection_, keys_);
  if (route.constant != nullptr) return route.constant(call);
  if (auto const admitted = admit(call, route, reading); !admitted) return admitted.error();
  if (route.read != nullptr) return route.read(call, reading);
  if (route.prepare != nullptr) {
    auto work = route.prepare(call, reading);
    if (!work) return work.error();
    if (work->answer) return *std::move(work->answer);
    call.prepared = work->run();
  }
  Result<http::Response> result = Error(Problem::storage_unavailable);
  write([&](ledger::WriteTx& tx) {
    auto const admitted = admit(call, route, tx);
    result = admitted ? route.write(call, tx) : Result<http::Response>(admitted.error());
    return result.has_value();
  });
  return result;
}

std::optional<http::Response> SimulatedServer::handle(http::Request const& request) {
  auto const plan = router_.plan(request.listener, request.method, request.path);
  if (plan.route < 0) throw std::logic_error("the kiosk asked for an unknown route");
  try {
    auto const& route = routes()[static_cast<std::size_t>(plan.route)];
    auto result = run(request, route, plan.parameters);
    dies_ = Dies::no;  // a read commits nothing to die at
    auto response = result ? std::move(*result) : api::problem(result.error(), request);
    if (watch_) watch_(request, response);
    return response;
  } catch (ServerDied const&) {
    return std::nullopt;
  }
}

}  // namespace kaiku::simulation
