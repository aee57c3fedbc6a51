// `kaiku-server verify` on a ledger that somebody with the file and SQLite has changed.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <functional>

#include "server/app/app.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/redeem.hpp"
#include "server/use_cases/register_card.hpp"
#include "tests/e2e/server/server_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::e2e {
namespace {

// Somebody with full rights on the file: takes the triggers away, and puts them back afterwards, so
// that nothing but the change itself can be found.
class Intruder {
 public:
  explicit Intruder(std::filesystem::path const& database) {
    if (sqlite3_open(database.c_str(), &handle_) != SQLITE_OK) {
      throw std::runtime_error("the database does not open");
    }
    std::vector<std::string> names;
    read("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", [&](sqlite3_stmt* row) {
      names.push_back(text(row, 0));
      triggers_.push_back(text(row, 1));
    });
    for (auto const& name : names) run("DROP TRIGGER \"" + name + "\"");
  }
  ~Intruder() {
    for (auto const& trigger : triggers_)
      sqlite3_exec(handle_, trigger.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(handle_);
  }
  Intruder(Intruder const&) = delete;
  Intruder& operator=(Intruder const&) = delete;

  // Throws unless the statement changed something.
  void change(std::string const& sql) {
    run(sql);
    if (sqlite3_changes(handle_) == 0) throw std::runtime_error("changes nothing: " + sql);
  }
  void run(std::string const& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
  }
  std::int64_t number(std::string const& sql) {
    std::int64_t value = -1;
    read(sql, [&](sqlite3_stmt* row) { value = sqlite3_column_int64(row, 0); });
    return value;
  }

 private:
  static std::string text(sqlite3_stmt* row, int column) {
    auto const* const bytes = sqlite3_column_text(row, column);
    return bytes == nullptr ? "" : reinterpret_cast<char const*>(bytes);
  }
  void read(std::string const& sql, std::function<void(sqlite3_stmt*)> const& each) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) each(statement);
    sqlite3_finalize(statement);
  }

  sqlite3* handle_ = nullptr;
  std::vector<std::string> triggers_;
};

struct Tampering {
  char const* name;
  std::function<void(Intruder&)> act;
};

constexpr char redemption_kind[] = "17";

// Two neighbours trade places: the contents of both rows, each with the other's number.
void swap_rows(Intruder& intruder, std::int64_t first) {
  auto const a = std::to_string(first);
  auto const b = std::to_string(first + 1);
  for (std::string const table : {"ledger", "ledger_private"}) {
    intruder.run("UPDATE " + table + " SET seq = -1 WHERE seq = " + a);
    intruder.run("UPDATE " + table + " SET seq = " + a + " WHERE seq = " + b);
    intruder.run("UPDATE " + table + " SET seq = " + b + " WHERE seq = -1");
  }
}

std::string newest_use(Intruder& intruder) {
  return std::to_string(
      intruder.number(std::string("SELECT MAX(seq) FROM ledger WHERE kind = ") + redemption_kind));
}

std::vector<Tampering> tamperings() {
  return {
      {"a changed byte of an entry",
       [](Intruder& i) {
         i.change(
             "UPDATE ledger SET entry = CAST(substr(entry, 1, length(entry) - 1) || x'00' AS"
             " BLOB) WHERE seq = " +
             newest_use(i));
       }},
      {"a changed copy of an entry's time",
       [](Intruder& i) {
         i.change("UPDATE ledger SET recorded_at_us = recorded_at_us + 1 WHERE seq = " +
                  newest_use(i));
       }},
      {"a changed private half",
       [](Intruder& i) {
         i.change(
             "UPDATE ledger_private SET private = CAST(private || x'00' AS BLOB) WHERE seq = " +
             newest_use(i));
       }},
      {"a removed private half",
       [](Intruder& i) { i.change("DELETE FROM ledger_private WHERE seq = " + newest_use(i)); }},
      {"a removed entry",
       [](Intruder& i) {
         auto const seq = std::to_string(std::stoll(newest_use(i)) - 3);
         i.run("DELETE FROM ledger_private WHERE seq = " + seq);
         i.change("DELETE FROM ledger WHERE seq = " + seq);
       }},
      {"two entries in each other's place",
       [](Intruder& i) { swap_rows(i, std::stoll(newest_use(i)) - 1); }},
      {"a card that is valid for longer",
       [](Intruder& i) {
         i.change(
             "UPDATE card SET last_valid = last_valid + 365 WHERE card_id ="
             " (SELECT MAX(card_id) FROM card WHERE state = 1)");
       }},
      {"a use that is gone from its table",
       [](Intruder& i) {
         i.change("DELETE FROM redemption WHERE redemption_id = " + newest_use(i));
       }},
      {"a use that nobody recorded",
       [](Intruder& i) {
         i.run("CREATE TEMP TABLE copy AS SELECT * FROM redemption WHERE redemption_id = " +
               newest_use(i));
         i.run(
             "UPDATE copy SET redemption_id = redemption_id + 100000, idempotency_key = "
             "'forged-key'");
         i.change("INSERT INTO redemption SELECT * FROM copy");
       }},
      {"a counter of places that is one too low",
       [](Intruder& i) {
         i.change("UPDATE event_use SET counted = counted - 1 WHERE counted > 0");
       }},
      {"a cut tail",
       [](Intruder& i) {
         auto const seq = newest_use(i);
         i.run("DELETE FROM ledger_private WHERE seq >= " + seq);
         i.change("DELETE FROM ledger WHERE seq >= " + seq);
       }},
      {"a cut tail with everything that followed from it",
       [](Intruder& i) {
         auto const seq = i.number("SELECT MAX(seq) FROM ledger");
         ASSERT_EQ(std::to_string(seq), newest_use(i)) << "the newest entry has to be a use";
         auto const text = std::to_string(seq);
         i.run("DELETE FROM redemption WHERE redemption_id = " + text);
         i.run("UPDATE event_use SET counted = counted - 1 WHERE counted > 0");
         i.run("DELETE FROM ledger_private WHERE seq = " + text);
         i.change("DELETE FROM ledger WHERE seq = " + text);
       }},
  };
}

domain::Caller caller_of(domain::Role role, std::int64_t id) {
  domain::Caller caller;
  caller.role = role;
  caller.actor = {domain::ActorKind::account, id};
  return caller;
}

// A small network with an event, and ten uses at it; the newest entry is a use.
class SmallNetwork {
 public:
  explicit SmallNetwork(std::filesystem::path const& dir) : dir_(dir) {
    open([this](ledger::WriteTx& tx) {
      auto const admin = caller_of(domain::Role::admin, 1);
      AreaId const area{"KEHA"};
      ledger::AreaSet area_entry{area, {"Kehä", "", ""}, {{"205", {"Kajaani", "", ""}}}, {}};
      use_cases::keep_area(tx, area_entry, admin).value();
      auto worker = caller_of(domain::Role::issuer_worker, 2);
      worker.office =
          use_cases::keep_office(tx, {{}, area, "205", "99999", "Lampila"}, admin).value().id;
      ledger::VenueSet venue;
      venue.area = area;
      venue.municipality = "205";
      venue.name = "Teatteri";
      venue_ = use_cases::keep_venue(tx, venue, admin).value().id;
      ledger::EventSet event;
      event.venue = venue_;
      event.title = {"Esitys", "", ""};
      event.starts_at = tx.now();
      event.ends_at = tx.now();
      event.quota = 50;
      event_ = use_cases::keep_event(tx, event, admin).value().id;
      for (int number = 0; number < 10; ++number) {
        use_cases::RegisterCard request;
        request.holder = {1980, "99999", 1, "", "", ""};
        cards_.push_back(use_cases::register_card(tx, request, worker).value().code.text());
      }
      return true;
    });
  }

  void use_cards(std::size_t from, std::size_t to) {
    open([&](ledger::WriteTx& tx) {
      auto door = caller_of(domain::Role::venue_staff, 3);
      door.venues = {venue_};
      for (auto at = from; at < to; ++at) {
        contract::RedemptionRequest request;
        request.idempotency_key = "use-number-" + std::to_string(at);
        request.card = cards_[at];
        request.venue = venue_;
        request.event = event_;
        auto const input = contract::parse_card_input(request.card).value();
        std::get<use_cases::Redeemed>(use_cases::redeem(tx, request, input, door).value());
      }
      return true;
    });
  }

 private:
  void open(std::function<bool(ledger::WriteTx&)> const& job) const {
    SystemClock const clock;
    SystemRandom random;
    Installation installation(dir_, "kaiku", clock, random);
    ASSERT_EQ(installation.writer().run(job), lanes::JobEnd::committed);
  }

  std::filesystem::path dir_;
  VenueId venue_;
  EventId event_;
  std::vector<std::string> cards_;
};

class Verify : public testing::Test {
 protected:
  Verify() {
    SmallNetwork network(original_);
    network.use_cards(0, 5);
    std::filesystem::create_directories(earlier_);
    std::filesystem::copy_file(original_ / "kaiku.db", earlier_ / "kaiku.db");
    network.use_cards(5, 10);
  }

  std::filesystem::path fresh_copy() {
    auto const copy = folder_.path() / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(original_, copy, std::filesystem::copy_options::recursive);
    return copy;
  }
  static Finished verify(std::filesystem::path const& dir) {
    return run_kaiku_server({"verify", "--dir", dir.string()});
  }

  test::TemporaryFolder folder_;
  std::filesystem::path original_ = folder_.path() / "original";
  std::filesystem::path earlier_ = folder_.path() / "earlier";
};

TEST_F(Verify, is_good_on_an_untouched_ledger_and_finds_every_tampering) {
  auto const untouched = verify(fresh_copy());
  ASSERT_EQ(untouched.exit_code, 0) << untouched.output;
  {
    // Taking the triggers away and putting them back is itself no change.
    auto const copy = fresh_copy();
    { Intruder const idle(copy / "kaiku.db"); }
    EXPECT_EQ(verify(copy).exit_code, 0);
  }
  for (auto const& tampering : tamperings()) {
    SCOPED_TRACE(tampering.name);
    auto const copy = fresh_copy();
    {
      Intruder intruder(copy / "kaiku.db");
      tampering.act(intruder);
    }
    auto const found = verify(copy);
    EXPECT_EQ(found.exit_code, 1) << found.output;
    EXPECT_NE(found.output.find("NOT whole"), std::string::npos);
  }
  {
    SCOPED_TRACE("an earlier database in the place of the newest");
    // It is whole in itself: only the checkpoint outside it knows better.
    auto const copy = fresh_copy();
    std::filesystem::copy_file(earlier_ / "kaiku.db", copy / "kaiku.db",
                               std::filesystem::copy_options::overwrite_existing);
    auto const found = verify(copy);
    EXPECT_EQ(found.exit_code, 1) << found.output;
  }
}

}  // namespace
}  // namespace kaiku::e2e
