// A door's journal, shuffled, cut and repeated, with requests of the door between its pieces that
// the network held up: the register ends up the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "schema/contract/attempt_key.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/judge_use.hpp"
#include "server/use_cases/redeem.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/take_in_journal.hpp"
#include "server/verify/verify.hpp"
#include "tests/support/journal_maker.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::property {
namespace {

using contract::Answer;
using test::JournalMaker;

constexpr int people = 12;

// What counts of a use: one that is undone or was never made is the same to everybody.
struct Counted {
  contract::Tickets tickets;
  Instant occurred_at;
  std::string verdict;  // "none" when it was decided at once
  bool operator==(Counted const&) const = default;
};
using Uses = std::map<std::int64_t, Counted>;  // by attempt

// A venue with one device and some cards, the same each time it is made.
class Register {
 public:
  Register() : key_(crypto::P256PrivateKey::from_pem(pem()).value()) {
    test::settle(*lane_, [this](ledger::WriteTx& tx) { return make(tx); });
  }

  JournalMaker journal() const {
    JournalMaker maker(key_, device_, database_.keys.sealing.public_key());
    maker.now = database_.clock.now();
    return maker;
  }
  std::string const& card(int person) const { return cards_.at(static_cast<std::size_t>(person)); }
  void pass(std::int64_t us) { database_.clock.advance(us); }

  // The receipts' verdicts by attempt, as far as they name a use.
  std::map<std::int64_t, std::string> take_in(std::vector<contract::UploadedEntry> upload) {
    auto const read = use_cases::read_journal(std::move(upload), device_, key_.public_key(),
                                              database_.keys.sealing);
    std::map<std::int64_t, std::string> verdicts;
    test::settle(*lane_, [&](ledger::WriteTx& tx) {
      for (auto const& receipt :
           use_cases::take_in_journal(tx, device_, read, {}).value().entries) {
        EXPECT_TRUE(receipt.standing == contract::EntryStanding::stored ||
                    receipt.standing == contract::EntryStanding::repeated);
        if (receipt.redemption) verdicts[receipt.sequence] = receipt.verdict.value_or("none");
      }
      return true;
    });
    return verdicts;
  }
  void redeem(std::int64_t attempt, int person, contract::Tickets const& tickets) {
    test::settle(*lane_, [&](ledger::WriteTx& tx) {
      contract::RedemptionRequest request;
      request.idempotency_key = contract::attempt_key(device_, attempt);
      request.card = card(person);
      request.venue = venue_;
      request.tickets = tickets;
      domain::Caller door;
      door.role = domain::Role::device;
      door.actor = {domain::ActorKind::device, device_.value};
      door.venues = {venue_};
      auto const input = contract::parse_card_input(request.card).value();
      auto const answer = use_cases::redeem(tx, request, input, door);
      return answer && std::holds_alternative<use_cases::Redeemed>(*answer);
    });
  }
  Uses uses(std::int64_t last) {
    Uses found;
    test::settle(*lane_, [&](ledger::WriteTx& tx) {
      for (std::int64_t n = 1; n <= last; ++n) {
        auto const use = tables::find_redemption(tx, {domain::ActorKind::device, device_.value},
                                                 contract::attempt_key(device_, n));
        if (!use || use->undone_seq) continue;
        found[n] = {use->tickets, use->occurred_at, use->verdict.value_or("none")};
      }
      return false;
    });
    return found;
  }
  void verify() {
    lane_->stop();
    auto const report = verify::verify_database(database_.file, database_.checkpoint_file,
                                                test::test_origin, database_.keys);
    for (auto const& finding : report.findings) ADD_FAILURE() << finding.what;
  }

 private:
  // One key for all registers, so that one journal fits each of them.
  static std::string const& pem() {
    static auto const text = crypto::P256PrivateKey::generate().pem();
    return text;
  }
  static keys::KeyRing const& keys() {
    static auto const keys = test::test_keys();
    return keys;
  }

  bool make(ledger::WriteTx& tx) {
    ledger::append(tx, {}, test::an_area());
    worker_.role = domain::Role::issuer_worker;
    worker_.actor = {domain::ActorKind::account, 7};
    worker_.office = OfficeId{ledger::append(tx, {}, test::an_office()).sequence};
    venue_ = VenueId{ledger::append(tx, {}, test::a_venue()).sequence};
    ledger::DeviceEnrolled const enrolled{venue_, "kiosk", key_.public_key().spki_der()};
    device_ = DeviceId{ledger::append(tx, {}, enrolled).sequence};
    for (int person = 0; person < people; ++person) {
      use_cases::RegisterCard request;
      request.holder = {1980, "99999", person % 4, "", "", ""};
      auto const made = use_cases::register_card(tx, request, worker_).value();
      cards_.push_back(made.code.text());
    }
    return true;
  }

  struct Database : test::TestDatabase {
    Database() { keys = Register::keys(); }
  };
  Database database_;
  crypto::P256PrivateKey key_;
  std::unique_ptr<lanes::WriterLane> lane_ = std::make_unique<lanes::WriterLane>(
      database_.settings(), database_.keys, database_.clock, database_.random);
  domain::Caller worker_;
  VenueId venue_;
  DeviceId device_;
  std::vector<std::string> cards_;
};

// What a door lived through, and what has to count of it in the end.
struct Evening {
  struct Act {
    std::int64_t attempt;
    int person;
    contract::Tickets tickets;
    bool given = false;
    bool undone_in_time = false;
    bool asked_online = false;
  };
  std::vector<Act> acts;
  std::vector<contract::UploadedEntry> entries;
  std::int64_t lasted_us = 0;
  Uses counted;
};

// Each person comes once, so that no verdict depends on who arrived first.
Evening an_evening(Register const& reg, std::mt19937_64& random) {
  auto const below = [&](int bound) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(bound));
  };
  Evening evening;
  auto journal = reg.journal();
  auto const begun = journal.now;
  for (int person = 0; person < people; ++person) {
    journal.now = journal.now + (1 + below(20)) * minute_us;
    Evening::Act act{0, person, {.adult = 1, .child = below(4)}};
    act.asked_online = below(3) == 0;
    act.attempt = journal.attempt(reg.card(person), test::asking(act.tickets));
    auto const luck = below(10);
    act.given = luck < 7;
    auto const refusal = luck == 7 ? std::nullopt : std::optional(Answer::already_used_here);
    auto const said_at = journal.now;
    journal.outcome(act.attempt, act.given ? std::optional(Answer::ok) : refusal);
    if (act.given && below(3) == 0) {
      act.undone_in_time = below(2) == 0;
      journal.now = journal.now + (act.undone_in_time ? 5 : 16) * minute_us;
      journal.undo(act.attempt);
    }
    if (act.given && !act.undone_in_time) {
      bool const too_many = act.tickets.child > person % 4;
      evening.counted[act.attempt] = {act.tickets, said_at,
                                      too_many ? "late_children_over_limit" : "fine"};
    }
    evening.acts.push_back(act);
  }
  evening.entries = journal.entries();
  evening.lasted_us = journal.now - begun;
  return evening;
}

// The entries up to three times each, in any order.
std::vector<std::int64_t> shuffled(std::size_t entries, std::mt19937_64& random) {
  std::vector<std::int64_t> order;
  for (std::size_t n = 1; n <= entries; ++n) {
    for (auto copies = 1 + random() % 3; copies > 0; --copies) {
      order.push_back(static_cast<std::int64_t>(n));
    }
  }
  std::ranges::shuffle(order, random);
  return order;
}

// Uploads in pieces of up to five; `between` is called before each.
template <class Between>
void upload(Register& reg, Evening const& evening, std::mt19937_64& random, Between between) {
  auto const order = shuffled(evening.entries.size(), random);
  std::map<std::int64_t, std::string> told;
  for (std::size_t at = 0; at < order.size();) {
    between();
    std::vector<contract::UploadedEntry> piece;
    for (auto left = 1 + random() % 5; left > 0 && at < order.size(); --left, ++at) {
      piece.push_back(evening.entries[static_cast<std::size_t>(order[at] - 1)]);
    }
    for (auto const& [attempt, verdict] : reg.take_in(std::move(piece))) {
      auto const [known, fresh] = told.emplace(attempt, verdict);
      EXPECT_EQ(known->second, verdict) << "attempt " << attempt << " has two verdicts";
    }
  }
}

class JournalOrder : public testing::TestWithParam<std::uint64_t> {};

TEST_P(JournalOrder, changes_no_use_and_no_verdict) {
  std::mt19937_64 random(GetParam());
  Register first;
  auto const evening = an_evening(first, random);
  for (int run = 0; run < 4; ++run) {
    Register reg;
    reg.pass(evening.lasted_us + hour_us);
    upload(reg, evening, random, [] {});
    EXPECT_EQ(reg.uses(std::ssize(evening.entries)), evening.counted) << "run " << run;
    reg.verify();
  }
}

// Online a use is decided at once, late or not at all: then only what counts has to be the same.
TEST_P(JournalOrder, gives_each_confirmed_use_once_whatever_the_network_held_up) {
  std::mt19937_64 random(GetParam() + 1'000);
  Register first;
  auto const evening = an_evening(first, random);
  for (int run = 0; run < 4; ++run) {
    Register reg;
    reg.pass(evening.lasted_us + second_us);
    auto const one_request = [&] {
      auto const& act = evening.acts[random() % evening.acts.size()];
      if (act.asked_online) reg.redeem(act.attempt, act.person, act.tickets);
    };
    upload(reg, evening, random, one_request);
    for (int more = 0; more < 10; ++more) one_request();
    std::vector<std::pair<std::int64_t, contract::Tickets>> expected;
    for (auto const& [attempt, use] : evening.counted) expected.emplace_back(attempt, use.tickets);
    std::vector<std::pair<std::int64_t, contract::Tickets>> found;
    for (auto const& [attempt, use] : reg.uses(std::ssize(evening.entries))) {
      found.emplace_back(attempt, use.tickets);
    }
    EXPECT_EQ(found, expected) << "run " << run;
    reg.verify();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, JournalOrder, testing::Range<std::uint64_t>(1, 9),
                         [](auto const& run) { return "seed_" + std::to_string(run.param); });

}  // namespace
}  // namespace kaiku::property
