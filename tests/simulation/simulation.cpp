#include "tests/simulation/simulation.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/attempt_key.hpp"
#include "schema/contract/messages.hpp"
#include "server/tables/key_list.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/redeem.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/revoke_device.hpp"
#include "server/verify/verify.hpp"

namespace kaiku::simulation {

namespace {

constexpr int most_in_flight = 30;

std::string key_of(DeviceId device, std::int64_t attempt) {
  return contract::attempt_key(device, attempt);
}

}  // namespace

Simulation::Simulation(std::uint64_t seed, bool disasters)
    : dice_(seed),
      disasters_(disasters),
      folder_(TemplateNetwork::instance().folder.path()),
      time_(TemplateNetwork::instance().time),
      keys_(TemplateNetwork::instance().keys),
      cards_(TemplateNetwork::instance().cards),
      stock_(TemplateNetwork::instance().stock) {
  auto& network = TemplateNetwork::instance();
  auto const database = folder_.path() / "kaiku.db";
  std::filesystem::copy_file(network.database, database);
  server_ = std::make_unique<SimulatedServer>(database, keys_, *network.door_ca, time_, seed + 1);
  server_->watch([this](http::Request const& request, http::Response const& response) {
    watch(request, response);
  });
  SimulatedLink::Parts const parts{time_,      dice_,
                                   weather_,   *server_,
                                   in_flight_, [this](std::string const& line) { note(line); }};
  for (auto const& door : network.doors) {
    AtDoor at;
    at.kiosk =
        std::make_unique<SimulatedKiosk>(door, folder_.path() / (door.name + ".db"), parts, time_);
    doors_.push_back(std::move(at));
  }
}

void Simulation::note(std::string const& line) {
  trace_ += std::to_string(time_.passed_us()) + " " + line + "\n";
}

// --- acts ------------------------------------------------------------------------------------

void Simulation::run(int acts) {
  for (auto& at : doors_) survive(at, [&] { at.kiosk->sync_step(); });
  for (int i = 0; i < acts; ++i) act();
  // Whatever comes after has to go on from here.
  server_->write_checkpoint(folder_.path() / "checkpoint");
  heal();
  check_uses();
  check_ghosts();
  check_muddled();
  check_doors();
  check_ledger();
}

template <class Act>
void Simulation::survive(AtDoor& at, Act act) {
  try {
    act();
  } catch (KioskDied const&) {
    ++tally_.deaths;
    note("died " + at.kiosk->enrolled().name);
    at.kiosk->die_and_come_back();
  }
}

void Simulation::act() {
  if (disasters_ && dice_.chance(12)) return disaster();
  auto& at = dice_.any_of(doors_);
  auto const drawn = dice_.below(100);
  if (drawn < 45) {
    survive(at, [&] { scan(at); });
  } else if (drawn < 51) {
    survive(at, [&] { undo(at); });
  } else if (drawn < 68) {
    survive(at, [&] { at.kiosk->sync_step(); });
  } else if (drawn < 76) {
    change_weather();
  } else if (drawn < 81) {
    deliver_late();
  } else if (drawn < 86) {
    office_act();
  } else if (drawn < 90) {
    use_elsewhere();
  } else if (drawn < 92) {
    note("power " + at.kiosk->enrolled().name);
    at.kiosk->die_and_come_back();
  } else if (drawn < 94) {
    note("server restarts");
    server_->restart();
  } else if (drawn < 96) {
    constexpr std::array jumps{hour_us, -hour_us, 400 * day_us, -400 * day_us};
    at.kiosk->clock().jump(jumps[static_cast<std::size_t>(dice_.below(4))]);
    note("clock jumps at " + at.kiosk->enrolled().name);
  } else if (drawn < 97) {
    // A key list that a restored server does not know any more is another story.
    if (!disasters_) rotate_keys();
  } else if (drawn < 98) {
    if (!disasters_) revoke();
  } else {
    // Mostly a moment, now and then a night, once in a while a winter in a cupboard.
    time_.pass(dice_.chance(2) ? 200 * day_us : dice_.chance(20) ? 12 * hour_us : 3 * minute_us);
  }
  time_.pass(dice_.below(4'000) * 1000);
}

void Simulation::change_weather() {
  weather_ = {};
  if (dice_.chance(30)) {
    weather_.cut = true;
  } else if (dice_.chance(60)) {
    weather_.lose_request = static_cast<int>(dice_.below(30));
    weather_.lose_answer = static_cast<int>(dice_.below(30));
    weather_.delay = static_cast<int>(dice_.below(30));
    weather_.repeat = static_cast<int>(dice_.below(30));
    weather_.kiosk_dies = static_cast<int>(dice_.below(15));
    weather_.server_dies = static_cast<int>(dice_.below(15));
  }
  note(weather_.cut ? "cut" : "weather " + std::to_string(weather_.lose_request));
}

// Any of what is on its way arrives, so that requests overtake one another.
void Simulation::deliver_late() {
  while (in_flight_.size() > most_in_flight) in_flight_.pop_front();
  if (in_flight_.empty()) return;
  auto const at = in_flight_.begin() + dice_.below(static_cast<std::int64_t>(in_flight_.size()));
  auto late = std::move(*at);
  in_flight_.erase(at);
  auto const response = server_->handle(late.request);
  note("late " + late.device + " " + late.request.path + " " +
       std::to_string(response ? response->status : 0));
}

void Simulation::scan(AtDoor& at) {
  auto const& door = at.kiosk->enrolled();
  auto const& card = dice_.chance(90) ? dice_.any_of(cards_) : dice_.any_of(stock_);
  kiosk::Ask ask;
  ask.card = dice_.chance(60) ? card.token : card.code;
  ask.event = door.event;
  if (dice_.chance(30)) ask.tickets.child = static_cast<int>(dice_.below(3));
  if (dice_.chance(10)) {
    ask.override = contract::Override{contract::Answer::already_used_here, "left_and_returned"};
  }
  auto const result =
      dice_.chance(60) ? at.kiosk->door().look_and_give(ask) : at.kiosk->door().give(ask);
  if (auto const* given = std::get_if<kiosk::Given>(&result)) {
    at.confirmed.insert(given->attempt);
    auto const hash = at.kiosk->journal().hash_at(given->attempt).value();
    of_device(at).given[contract::attempt_hash(hash)].attempt = given->attempt;
    ++tally_.confirmed;
    tally_.offline += given->offline ? 1 : 0;
    note("given " + door.name + " " + std::to_string(given->attempt) +
         (given->offline ? " offline" : " online"));
  } else if (auto const* refused = std::get_if<kiosk::NotGiven>(&result)) {
    note("refused " + door.name + " " + std::string(contract::word_of(refused->reply.answer)));
  } else {
    note("no answer " + door.name);
  }
}

void Simulation::undo(AtDoor& at) {
  auto const uses = at.kiosk->door().uses_to_undo();
  if (uses.empty()) return;
  auto const attempt = uses.front().attempt;
  auto const result = at.kiosk->door().undo(attempt);
  if (result.kind != kiosk::UndoResult::Kind::undone) {
    fault("a door did not undo what it offered");
    return;
  }
  at.undone.insert(attempt);
  auto const hash = at.kiosk->journal().hash_at(attempt).value();
  auto& act = of_device(at).given.at(contract::attempt_hash(hash));
  act.undone = true;
  act.undone_by = at.kiosk.get();
  act.undo = at.kiosk->journal().head().sequence;
  act.undo_may_be_gone = false;
  ++tally_.undone;
  note("undone " + at.kiosk->enrolled().name + " " + std::to_string(attempt));
}

void Simulation::office_act() {
  auto& network = TemplateNetwork::instance();
  auto const& card = dice_.any_of(cards_);
  auto const drawn = dice_.below(6);
  bool done = false;
  server_->write([&](ledger::WriteTx& tx) {
    using namespace use_cases;
    auto const& worker = network.worker;
    domain::GivenCard const given(card.code);
    if (drawn == 0) {
      done = block_card(tx, given, domain::BlockReason::lost, worker).has_value();
    } else if (drawn == 1) {
      done = unblock_card(tx, given, worker).has_value();
    } else if (drawn == 2) {
      done = change_children(tx, given, static_cast<int>(dice_.below(5)), worker).has_value();
    } else if (drawn == 3) {
      done = replace_card(tx, given, domain::ReplaceReason::lost, std::nullopt, worker).has_value();
    } else if (drawn == 4) {
      RegisterCard request;
      request.card = domain::GivenCard(dice_.any_of(stock_).code);
      request.holder.birth_year = 1970;
      request.holder.postcode = "50100";
      done = register_card(tx, request, worker).has_value();
    } else {
      auto const event = tables::find_event(tx, network.play).value();
      ledger::EventSet entry;
      entry.event = event.id;
      entry.venue = event.venue;
      entry.title = event.title;
      entry.starts_at = event.starts_at;
      entry.ends_at = event.ends_at;
      entry.quota = 4 + dice_.below(10);
      done = keep_event(tx, entry, network.coordinator).has_value();
    }
    return done;
  });
  if (dice_.chance(70)) server_->stretch_codes();
  note("office " + std::to_string(drawn) + (done ? " done" : " refused"));
}

// The venue's own web page beside its doors.
void Simulation::use_elsewhere() {
  auto const& network = TemplateNetwork::instance();
  contract::RedemptionRequest request;
  request.idempotency_key = "staff:" + std::to_string(server_->last_sequence());
  request.card = dice_.any_of(cards_).code;
  request.venue = network.theatre;
  request.event = network.play;
  auto const input = contract::parse_card_input(request.card).value();
  bool const given = server_->write([&](ledger::WriteTx& tx) {
    auto const answer = use_cases::redeem(tx, request, input, network.theatre_staff);
    return answer && std::holds_alternative<use_cases::Redeemed>(*answer);
  });
  if (given) watch_quota();
  note(std::string("elsewhere ") + (given ? "given" : "refused"));
}

// A new snapshot key and a new card key; the old card key's cards stay genuine.
void Simulation::rotate_keys() {
  SeededRandom random(static_cast<std::uint64_t>(dice_.below(1'000'000)));
  keys_.snapshot = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys_.card = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys_.card_keys.emplace(keys_.card.public_key().key_id(), keys_.card.public_key());
  server_->write([](ledger::WriteTx& tx) {
    tables::refresh_key_list(tx);
    return true;
  });
  note("keys rotate");
}

void Simulation::revoke() {
  auto& at = doors_.front();
  if (at.revoked || dice_.chance(50)) return;
  bool const stolen = dice_.chance(50);
  server_->write([&](ledger::WriteTx& tx) {
    return use_cases::revoke_device(tx, at.kiosk->enrolled().enrolment.device, stolen,
                                    TemplateNetwork::instance().coordinator)
        .has_value();
  });
  at.revoked = true;
  note(stolen ? "revoked as stolen" : "revoked");
}

// --- what must hold at every moment ----------------------------------------------------------

void Simulation::watch(http::Request const& request, http::Response const& response) {
  note("  " + request.request_id + " " + request.path + " " + std::to_string(response.status));
  if (response.status >= 500) {
    fault(request.path + " answered " + std::to_string(response.status));
  }
  if (request.path == "/door/v1/redemptions" && response.status == 201 &&
      request.body.find("event_id") != std::string::npos) {
    watch_quota();
  }
  if (request.path == "/door/v1/journal" && response.status == 200) {
    watch_verdicts(request, response);
  }
}

// Whoever decided on the register never went over: a use judged late may have, and then nobody
// gets in on the register.
void Simulation::watch_quota() {
  server_->read([this](ledger::ReadTx& tx) {
    auto const event = tables::find_event(tx, TemplateNetwork::instance().play).value();
    if (event.quota && event.places_used > *event.quota) {
      note("quota " + std::to_string(event.places_used) + "/" + std::to_string(*event.quota));
      fault("the quota was exceeded online");
    }
  });
}

void Simulation::watch_verdicts(http::Request const& request, http::Response const& response) {
  auto const json = codec::parse_json(response.body);
  auto const reply = json ? contract::read_journal_reply(*json)
                          : Result<contract::JournalReply>(Error(Problem::invalid_json));
  if (!reply) {
    fault("the journal's reply cannot be read");
    return;
  }
  auto const device = request.request_id.substr(0, request.request_id.find('-'));
  for (auto const& receipt : reply->entries) {
    auto const name = device + " " + std::to_string(receipt.sequence);
    note("    " + name + " " + std::string(contract::word_of(receipt.standing)));
    if (receipt.standing == contract::EntryStanding::refused) fault(name + " was refused");
    if (receipt.standing == contract::EntryStanding::fork) {
      if (!disasters_) fault(name + " was taken for a fork");
      continue;
    }
    if (receipt.standing == contract::EntryStanding::quarantined) {
      ++tally_.quarantined;
      continue;
    }
    // An attempt without its outcome has no use yet; what is said once stands for ever.
    if (!receipt.redemption) continue;
    auto const said = std::to_string(receipt.redemption->value) + " " +
                      receipt.verdict.value_or("decided online");
    auto const [before, fresh] = told_.emplace(std::pair(device, receipt.sequence), said);
    if (!disasters_ && !fresh && before->second != said) {
      fault(name + " was \"" + before->second + "\" and is now \"" + said + "\"");
    }
  }
}

// --- the end ---------------------------------------------------------------------------------

void Simulation::heal() {
  weather_ = {};
  server_->stretch_codes();
  // Whose door did not hear of the new address before the old ones closed is told it by a person.
  for (auto& at : doors_) {
    if (!at.kiosk->is_connected()) at.kiosk->take_address(server_->address());
  }
  std::size_t late = in_flight_.size();
  sync_doors(false);
  // What was still on its way arrives last of all, and the doors hear what it did.
  while (!in_flight_.empty()) deliver_late();
  if (late > 0) sync_doors(true);
  // Two folders of one journal hear of each other by turns.
  if (disasters_) sync_doors(true);
}

void Simulation::sync_doors(bool again) {
  for (auto& at : doors_) {
    if (at.kiosk->sync_to_end() || at.revoked) continue;
    auto const standing = at.kiosk->contact().standing();
    fault(at.kiosk->enrolled().name + " is not done after healing" + (again ? " again: " : ": ") +
          standing.last_failure);
  }
}

void Simulation::check_uses() {
  server_->read([this](ledger::ReadTx& tx) {
    for (auto& at : doors_) {
      if (at.muddled) continue;
      auto const device = at.kiosk->enrolled().enrolment.device;
      domain::Actor const actor{domain::ActorKind::device, device.value};
      for (auto const attempt : at.confirmed) {
        auto const name = at.kiosk->enrolled().name + " " + std::to_string(attempt);
        auto const use = tables::find_redemption(tx, actor, key_of(device, attempt));
        if (!use && at.revoked) continue;  // in quarantine: check_doors
        if (!use) {
          fault("the use " + name + " that the door confirmed is not in the ledger");
          continue;
        }
        tally_.judged += use->verdict ? 1 : 0;
        bool const undone = use->undone_seq.has_value();
        if (undone != at.undone.contains(attempt) && !at.revoked) {
          fault("the use " + name + (undone ? " was undone by nobody" : " is not undone"));
        }
      }
    }
  });
}

// No use stands that no door said yes to: an answer lost on a kiosk that died is voided.
void Simulation::check_ghosts() {
  server_->read([this](ledger::ReadTx& tx) {
    for (auto& at : doors_) {
      if (at.revoked || at.muddled) continue;
      auto const device = at.kiosk->enrolled().enrolment.device;
      auto rows = tx.prepare(
          "SELECT idempotency_key, undone_seq IS NOT NULL FROM redemption WHERE actor = ?1");
      rows.with(domain::Actor{domain::ActorKind::device, device.value}.packed());
      while (rows.step()) {
        std::string const key(rows.text(0));
        auto const attempt = std::stoll(key.substr(key.rfind(':') + 1));
        if (at.confirmed.contains(attempt)) continue;
        ++tally_.not_confirmed;
        if (rows.integer(1) == 0) fault("the use " + key + " stands and no door confirmed it");
      }
    }
  });
}

void Simulation::check_doors() {
  for (auto& at : doors_) {
    auto const& name = at.kiosk->enrolled().name;
    if (auto const broken = at.kiosk->journal().first_fault()) fault(name + ": " + *broken);
    if (!at.revoked && !at.muddled && at.kiosk->journal().unacknowledged() != 0) {
      fault(name + " has entries that nobody acknowledged");
    }
  }
}

void Simulation::check_ledger() {
  auto const report = verify::verify_database(folder_.path() / "kaiku.db",
                                              folder_.path() / "checkpoint", ledger_origin, keys_);
  for (auto const& finding : report.findings) {
    fault("verify: " + std::to_string(finding.sequence) + " " + finding.what);
  }
}

}  // namespace kaiku::simulation
