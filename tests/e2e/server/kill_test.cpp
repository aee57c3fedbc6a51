// kill -9 under load: what was acknowledged is there once, and a key that is sent again gets its
// first answer. KAIKU_KILLS and KAIKU_KILL_ACKNOWLEDGED make longer runs by hand, KAIKU_KILL_SEED
// repeats one.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "tests/e2e/server/server_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/tls_client.hpp"

namespace kaiku::e2e {
namespace {

using Json = nlohmann::json;
using test::TlsClient;

constexpr int client_count = 6;
constexpr auto longest_wait = std::chrono::seconds(60);

// One act at a door, and what was heard of it: an empty answer is an act that nobody confirmed.
struct Sent {
  std::string key;
  std::string api_key;
  std::string body;
  std::string answer;
};

struct Door {
  std::string api_key;
  std::int64_t venue = 0;
  std::optional<std::int64_t> event;
  std::int64_t quota = 0;
};

struct Network {
  std::string ca_file;
  std::vector<std::string> cards;
  Door plain;                // admission without an event, which takes any number of uses
  std::vector<Door> events;  // with quotas, which a crash must not loosen
};

std::string body_of(Door const& door, std::string const& card, std::string const& key) {
  Json body{{"idempotency_key", key},
            {"card", card},
            {"venue_id", door.venue},
            {"tickets", {{"adult", 1}}}};
  if (door.event) body["event_id"] = *door.event;
  return body.dump();
}

test::HttpAnswer send(TlsClient& client, Sent const& sent) {
  return client.post(
      "/api/v1/redemptions", sent.body,
      {{"Authorization", "Bearer " + sent.api_key}, {"Content-Type", "application/json"}});
}

std::unique_ptr<TlsClient> connect(DemoServer const& server, Network const& network) {
  test::ClientOptions options;
  options.ca_file = network.ca_file;
  options.timeout_ms = 20'000;
  return std::make_unique<TlsClient>(server.port(), options);
}

// The acknowledged and the uncertain of all rounds, and the signal that enough came in.
class Book {
 public:
  void add(Sent sent) {
    std::lock_guard const lock(mutex_);
    if (!sent.answer.empty()) ++acknowledged_;
    all_.push_back(std::move(sent));
    enough_.notify_one();
  }
  // False when no more than that came for a long time.
  bool wait_for(std::size_t acknowledged) {
    std::unique_lock lock(mutex_);
    return enough_.wait_for(lock, longest_wait, [&] { return acknowledged_ >= acknowledged; });
  }
  std::size_t acknowledged() {
    std::lock_guard const lock(mutex_);
    return acknowledged_;
  }
  std::vector<Sent>& all() { return all_; }  // only while no client runs

 private:
  std::mutex mutex_;
  std::condition_variable enough_;
  std::size_t acknowledged_ = 0;
  std::vector<Sent> all_;
};

// Sends one act after the other until the server is gone.
void use_until_cut(DemoServer const& server, Network const& network, std::string const& name,
                   std::uint64_t seed, Book& book) {
  std::mt19937_64 random(seed);
  auto const pick = [&random](auto const& list) -> auto const& {
    return list[random() % list.size()];
  };
  Sent sent;
  try {
    auto const client = connect(server, network);
    for (int number = 0;; ++number) {
      auto const& door = number % 8 == 7 ? pick(network.events) : network.plain;
      sent = {};
      auto const key = "k9:" + name + ":" + std::to_string(number);
      sent = {key, door.api_key, body_of(door, pick(network.cards), key), ""};
      auto const answer = send(*client, sent);
      if (answer.status == 201) {
        sent.answer = answer.body;
        book.add(sent);
      } else if (answer.status != 409) {  // a full quota or a second use at the event binds no key
        ADD_FAILURE() << "an unexpected " << answer.status << ": " << answer.body;
        return;
      }
    }
  } catch (std::exception const&) {
    // Cut in the middle of an act: it may have been recorded or not.
    if (!sent.key.empty()) book.add(sent);
  }
}

Network look_around(DemoServer const& server) {
  auto const credentials = server.credentials();
  Network network;
  network.ca_file = credentials.at("ca_file");
  for (auto const& card : credentials.at("cards")) {
    if (card.at("state") == "valid") network.cards.push_back(card.at("code"));
  }
  auto const client = connect(server, network);
  std::map<std::int64_t, std::string> keys;
  for (auto const& entry : credentials.at("api_keys")) {
    Door const door{entry.at("key"), entry.at("venue_id"), std::nullopt, 0};
    keys[door.venue] = door.api_key;
    bool unlimited = network.plain.api_key.empty();
    for (int turn = 0; unlimited && turn < 8; ++turn) {
      auto const key = "probe:" + std::to_string(door.venue) + ":" + std::to_string(turn);
      Sent const probe{key, door.api_key, body_of(door, network.cards[0], key), ""};
      unlimited = send(*client, probe).status == 201;
    }
    if (unlimited) network.plain = door;
  }
  for (auto const& event : credentials.at("events")) {
    if (event.at("quota").is_null() || network.events.size() == 6) continue;
    std::int64_t const venue = event.at("venue_id");
    network.events.push_back({keys.at(venue), venue, event.at("id"), event.at("quota")});
  }
  return network;
}

// Every key again: an acknowledged one gets its first answer, an uncertain one gets one now.
void send_again(DemoServer const& server, Network const& network, std::vector<Sent>& all,
                std::size_t from) {
  auto const client = connect(server, network);
  std::set<std::string> refused;
  for (auto at = from; at < all.size(); ++at) {
    auto& sent = all[at];
    auto const answer = send(*client, sent);
    if (!sent.answer.empty()) {
      ASSERT_EQ(answer.status, 200) << sent.key << " was acknowledged and is lost: " << answer.body;
      ASSERT_EQ(answer.body, sent.answer) << sent.key;
    } else if (answer.status == 409) {
      refused.insert(sent.key);
    } else {
      ASSERT_TRUE(answer.status == 200 || answer.status == 201) << answer.status << answer.body;
      sent.answer = answer.body;
    }
  }
  std::erase_if(all, [&](Sent const& sent) { return refused.contains(sent.key); });
}

// What the table itself says, without any code of ours.
class Table {
 public:
  explicit Table(std::filesystem::path const& database) {
    if (sqlite3_open_v2(database.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
      throw std::runtime_error("the database does not open");
    }
  }
  ~Table() { sqlite3_close(handle_); }
  Table(Table const&) = delete;
  Table& operator=(Table const&) = delete;

  std::int64_t number(std::string const& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr);
    auto const there = sqlite3_step(statement) == SQLITE_ROW;
    auto const value = there ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return value;
  }

 private:
  sqlite3* handle_ = nullptr;
};

void expect_each_use_once(std::filesystem::path const& database, Network const& network,
                          std::vector<Sent> const& all) {
  Table table(database);
  std::set<std::string> keys;
  for (auto const& sent : all) {
    keys.insert(sent.key);
    auto const id = Json::parse(sent.answer).at("redemption_id").get<std::int64_t>();
    EXPECT_EQ(table.number("SELECT redemption_id FROM redemption WHERE idempotency_key = '" +
                           sent.key + "'"),
              id);
  }
  EXPECT_EQ(keys.size(), all.size());
  EXPECT_EQ(table.number("SELECT COUNT(*) FROM redemption WHERE idempotency_key LIKE 'k9:%'"),
            static_cast<std::int64_t>(keys.size()));
  for (auto const& door : network.events) {
    auto const event = std::to_string(*door.event);
    auto const given = table.number(
        "SELECT COALESCE(SUM(adult + child + companion), 0) FROM redemption"
        " WHERE undone_seq IS NULL AND event_id = " +
        event);
    EXPECT_LE(given, door.quota);
    EXPECT_EQ(table.number("SELECT counted FROM event_use WHERE event_id = " + event), given);
  }
}

class Kill : public testing::Test {
 protected:
  // Clients at work, and the end of the server in the middle of it.
  void run_round(int round, std::size_t acknowledged) {
    std::vector<std::thread> clients;
    for (int number = 0; number < client_count; ++number) {
      auto const name = std::to_string(round) + "-" + std::to_string(number);
      clients.emplace_back(
          [this, name, seed = random_()] { use_until_cut(server_, network_, name, seed, book_); });
    }
    EXPECT_TRUE(book_.wait_for(acknowledged)) << "the server does not get on";
    server_.kill_hard();
    for (auto& client : clients) client.join();
  }

  void expect_a_good_ledger(char const* when) {
    auto const verified = run_kaiku_server({"verify", "--dir", folder_.path().string()});
    EXPECT_EQ(verified.exit_code, 0) << when << ": " << verified.output;
  }

  test::TemporaryFolder folder_;
  DemoServer server_{folder_.path()};
  Network network_;
  Book book_;
  std::mt19937_64 random_;
};

TEST_F(Kill, at_any_moment_under_load_loses_nothing_and_doubles_nothing) {
  auto const kills = setting("KAIKU_KILLS", 12);
  auto const wanted = static_cast<std::size_t>(setting("KAIKU_KILL_ACKNOWLEDGED", 2'000));
  auto const seed = setting("KAIKU_KILL_SEED", static_cast<int>(std::random_device{}() >> 1));
  SCOPED_TRACE("KAIKU_KILL_SEED=" + std::to_string(seed));
  random_.seed(static_cast<std::uint64_t>(seed));
  server_.start();
  network_ = look_around(server_);
  ASSERT_FALSE(network_.plain.api_key.empty()) << "no venue of the demo takes many uses of a card";
  ASSERT_FALSE(network_.events.empty());

  auto const usual = wanted / static_cast<std::size_t>(kills);
  for (int round = 0; round < kills; ++round) {
    auto const seen = book_.all().size();
    auto const goal = book_.acknowledged() + 1 + usual / 2 + random_() % (usual + 1);
    run_round(round, round + 1 == kills ? std::max(goal, wanted) : goal);
    if (HasFailure()) return;
    if (round % 4 == 3) expect_a_good_ledger("before anybody starts the server again");
    // Some crashes hit a server that is only just coming back.
    if (round % 3 == 2) server_.start_and_kill_within(static_cast<int>(random_() % 400));
    server_.start();
    send_again(server_, network_, book_.all(), seen);
    if (HasFailure()) return;
  }
  EXPECT_GE(book_.acknowledged(), wanted);
  send_again(server_, network_, book_.all(), 0);
  EXPECT_EQ(server_.terminate(), 0);
  expect_each_use_once(folder_.path() / "kaiku.db", network_, book_.all());
  expect_a_good_ledger("in the end");
}

}  // namespace
}  // namespace kaiku::e2e
