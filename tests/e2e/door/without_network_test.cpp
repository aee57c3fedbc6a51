// A real kiosk and a real server over real TLS; between them a line that is pulled out in the
// middle of a queue of 1,000 scans while both sides are killed at random. KAIKU_DOOR_SEED repeats a
// run, KAIKU_DOOR_SCANS makes it longer.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "tests/e2e/kiosk_program.hpp"
#include "tests/e2e/server/server_program.hpp"
#include "tests/support/cuttable_proxy.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::e2e {
namespace {

using Json = nlohmann::json;
using kiosk_tests::KioskProgram;
using kiosk_tests::LinesProcess;
using Line = test::CuttableProxy::Line;
using SteadyClock = std::chrono::steady_clock;

std::uint16_t port_in(std::string const& url) {
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

// One statement on a file that nobody has open, or that is open for others in WAL mode.
std::vector<std::vector<std::string>> query(std::string const& file, std::string const& sql) {
  sqlite3* database = nullptr;
  if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) throw std::runtime_error(file);
  sqlite3_busy_timeout(database, 10'000);
  std::vector<std::vector<std::string>> rows;
  auto const each = [](void* to, int columns, char** values, char**) {
    std::vector<std::string> row;
    for (int i = 0; i < columns; ++i) row.emplace_back(values[i] ? values[i] : "");
    static_cast<std::vector<std::vector<std::string>>*>(to)->push_back(std::move(row));
    return 0;
  };
  char* what = nullptr;
  int const result = sqlite3_exec(database, sql.c_str(), each, &rows, &what);
  std::string const why = what ? what : "";
  sqlite3_free(what);
  sqlite3_close(database);
  if (result != SQLITE_OK) throw std::runtime_error(sql + ": " + why);
  return rows;
}

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

// Starts the server again while the queue goes on. One thread for the whole test: a server goes
// with the thread that started it.
class Mender {
 public:
  explicit Mender(std::function<void()> start) : start_(std::move(start)) {}
  ~Mender() {
    {
      std::lock_guard const lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  void mend() {
    {
      std::lock_guard const lock(mutex_);
      broken_ = true;
    }
    changed_.notify_all();
  }
  bool is_mending() {
    std::lock_guard const lock(mutex_);
    return broken_;
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !broken_; });
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return broken_ || ended_; });
      if (ended_) return;
      lock.unlock();
      start_();
      lock.lock();
      broken_ = false;
      changed_.notify_all();
    }
  }

  std::function<void()> start_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool broken_ = false;
  bool ended_ = false;
  std::thread thread_{[this] { run(); }};
};

class WithoutNetwork : public ::testing::Test {
 protected:
  WithoutNetwork() : server_(folder_.path() / "demo") {
    mender_.mend();
    mender_.wait();
  }

  void start_server() {
    server_.start();
    proxy_.lead_to(port_in(server_.credentials().at("device_url").get<std::string>()));
  }

  // Enrols at the pool and leads the kiosk through the line that can be pulled.
  void enrol() {
    auto const credentials = server_.credentials();
    for (auto const& key : credentials.at("api_keys")) {
      if (key.at("sector") == "sport") venue_ = key.at("venue_id").get<std::int64_t>();
    }
    std::string code;
    for (auto const& one : credentials.at("enrolment_codes")) {
      if (one.at("venue_id") == venue_) code = one.at("code").get<std::string>();
    }
    auto const done =
        kiosk_.run({"enrol", credentials.at("base_url"), code, "--ca", credentials.at("ca_file")});
    ASSERT_EQ(done.exit_code, 0) << done.errors;
    auto const url = "https://127.0.0.1:" + std::to_string(proxy_.port());
    query(kiosk_file(), "UPDATE enrolment SET device_url = '" + url + "'");
    device_ = std::stoll(query(kiosk_file(), "SELECT device_id FROM enrolment").front().front());
    for (auto const& card : credentials.at("cards")) {
      if (card.at("state") == "valid") cards_.push_back(card.at("qr").get<std::string>());
    }
    ASSERT_GE(cards_.size(), 10u);
  }

  // The kiosk has the cards: 60 of the demo are stretched within seconds of its start.
  void wait_for_snapshot() {
    for (int i = 0; i < 120; ++i) {
      auto const synced = kiosk_.run({"sync"});
      auto const status = Json::parse(kiosk_.run({"status", "--json"}).output);
      if (synced.exit_code == 0 &&
          status.at("data").at("cards").get<std::size_t>() >= cards_.size())
        return;
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    FAIL() << "the kiosk never got the cards: " << kiosk_.run({"status"}).output;
  }

  std::string kiosk_file() const { return kiosk_.directory() + "/kiosk.db"; }
  std::string server_file() const { return (folder_.path() / "demo" / "kaiku.db").string(); }

  // What the ledger has of this device: attempt → rows, and whether they stand.
  struct Recorded {
    int rows = 0;
    int standing = 0;
  };
  std::map<std::int64_t, Recorded> recorded() const {
    std::map<std::int64_t, Recorded> uses;
    auto const actor = std::to_string((device_ << 3) | 3);
    for (auto const& row : query(server_file(),
                                 "SELECT idempotency_key, undone_seq IS NULL FROM redemption WHERE "
                                 "actor = " +
                                     actor)) {
      auto& use = uses[std::stoll(row[0].substr(row[0].rfind(':') + 1))];
      ++use.rows;
      use.standing += row[1] == "1" ? 1 : 0;
    }
    return uses;
  }

  test::TemporaryFolder folder_;
  DemoServer server_;
  test::CuttableProxy proxy_;
  Mender mender_{[this] { start_server(); }};
  KioskProgram kiosk_;
  std::int64_t venue_ = 0;
  std::int64_t device_ = 0;
  std::vector<std::string> cards_;
};

// A queue of scans in front of a kiosk; chance pulls, kills and mends.
class Queue {
 public:
  Queue(KioskProgram const& kiosk, DemoServer& server, test::CuttableProxy& proxy, Mender& mender,
        std::vector<std::string> const& cards, unsigned seed)
      : kiosk_(kiosk),
        server_(server),
        proxy_(proxy),
        mender_(mender),
        cards_(cards),
        random_(seed) {}

  void serve(int scans) {
    open();
    for (int i = 0; i < scans; ++i) {
      trouble(i, scans);
      scan(i);
    }
    lines_.reset();
    mender_.wait();
  }

  std::set<std::int64_t> const& given() const { return given_; }
  int offline() const { return offline_; }
  int kiosk_kills() const { return kiosk_kills_; }
  int server_kills() const { return server_kills_; }
  int refused() const { return refused_; }
  double slowest_after_cut_s() const { return slowest_after_cut_s_; }
  std::vector<double>& offline_ms() { return offline_ms_; }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  void open() { lines_ = std::make_unique<LinesProcess>(kiosk_.directory()); }

  void trouble(int i, int scans) {
    // The line is pulled for certain in the middle of the queue, otherwise by chance.
    bool const middle = i == scans / 3;
    if (middle || below(80) == 0) {
      bool const silent = middle || below(2) == 0;
      proxy_.set(silent ? Line::silent : Line::reset);
      just_cut_ = silent;
    } else if (below(40) == 0) {
      proxy_.set(Line::passes);
      // A pause in the queue, in which the door may find back by itself.
      if (below(3) == 0) std::this_thread::sleep_for(std::chrono::seconds(4));
    }
    if (below(120) == 0 || i == scans / 2) {
      // In the middle of a scan that nobody will hear of.
      lines_->send(cards_[static_cast<std::size_t>(below(static_cast<int>(cards_.size())))]);
      std::this_thread::sleep_for(std::chrono::milliseconds(below(25)));
      lines_->kill_hard();
      ++kiosk_kills_;
      open();
    }
    if (!mender_.is_mending() && (below(200) == 0 || i == scans * 2 / 3)) {
      server_.kill_hard();
      ++server_kills_;
      mender_.mend();
    }
  }

  void scan(int i) {
    auto const& card = cards_[static_cast<std::size_t>(i) % cards_.size()];
    auto const start = SteadyClock::now();
    auto const said = lines_->ask(card);
    double const took_s = seconds_since(start);
    ASSERT_FALSE(said.empty()) << "the kiosk ended by itself";
    auto const answer = Json::parse(said);
    if (just_cut_) slowest_after_cut_s_ = std::max(slowest_after_cut_s_, took_s);
    bool const was_offline = answer.value("offline", false);
    if (was_offline && !just_cut_) offline_ms_.push_back(took_s * 1000);
    just_cut_ = false;
    auto const word = answer.value("answer", answer.value("error", std::string()));
    if (word != "ok" && word != "ok_offline") {
      ++refused_;
      return;
    }
    given_.insert(answer.at("sequence").get<std::int64_t>());
    offline_ += was_offline ? 1 : 0;
  }

  KioskProgram const& kiosk_;
  DemoServer& server_;
  test::CuttableProxy& proxy_;
  Mender& mender_;
  std::vector<std::string> const& cards_;
  std::minstd_rand random_;
  std::unique_ptr<LinesProcess> lines_;
  std::set<std::int64_t> given_;
  int offline_ = 0;
  int refused_ = 0;
  int kiosk_kills_ = 0;
  int server_kills_ = 0;
  bool just_cut_ = false;
  double slowest_after_cut_s_ = 0;
  std::vector<double> offline_ms_;
};

TEST_F(WithoutNetwork, a_queue_of_1000_scans_is_in_the_books_once_whatever_is_pulled_or_killed) {
  enrol();
  wait_for_snapshot();
  int const scans = setting("KAIKU_DOOR_SCANS", 1'000);
  auto const seed = static_cast<unsigned>(setting("KAIKU_DOOR_SEED", 20261122));
  Queue queue(kiosk_, server_, proxy_, mender_, cards_, seed);
  queue.serve(scans);

  proxy_.set(Line::passes);
  auto const healed = SteadyClock::now();
  auto const synced = kiosk_.run({"sync"});
  double const sync_s = seconds_since(healed);
  EXPECT_EQ(synced.exit_code, 0) << synced.output << synced.errors;

  auto const uses = recorded();
  for (auto const attempt : queue.given()) {
    auto const use = uses.find(attempt);
    ASSERT_NE(use, uses.end()) << "the use " << attempt << " is lost";
    EXPECT_EQ(use->second.rows, 1) << attempt;
    EXPECT_EQ(use->second.standing, 1) << attempt;
  }
  int unheard = 0;
  for (auto const& [attempt, use] : uses) {
    // A kiosk that died may have said yes to nobody's ear; if it had not, the use is undone.
    if (queue.given().contains(attempt)) continue;
    auto const said_yes = query(
        kiosk_file(), "SELECT count(*) FROM own_use WHERE attempt = " + std::to_string(attempt));
    EXPECT_EQ(std::to_string(use.standing), said_yes.front().front()) << attempt;
    ++unheard;
  }
  EXPECT_LE(unheard, queue.kiosk_kills());
  EXPECT_EQ(query(kiosk_file(), "SELECT count(*) FROM journal WHERE acknowledged = 0").front(),
            std::vector<std::string>{"0"});
  EXPECT_GE(queue.given().size(), static_cast<std::size_t>(scans) * 9 / 10);
  EXPECT_GT(queue.offline(), 50);
  EXPECT_GE(queue.kiosk_kills(), 1);
  EXPECT_GE(queue.server_kills(), 1);

  EXPECT_EQ(server_.terminate(), 0);
  auto const verified = run_kaiku_server({"verify", "--dir", (folder_.path() / "demo").string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;

  auto& ms = queue.offline_ms();
  std::sort(ms.begin(), ms.end());
  auto const at = [&](double part) {
    return ms.empty() ? 0.0
                      : ms[static_cast<std::size_t>(static_cast<double>(ms.size() - 1) * part)];
  };
  std::printf(
      "given %zu (%d offline), refused %d, kiosk killed %d times, server %d times\n"
      "first answer after a silent cut %.2f s; offline answers p50 %.1f ms, p95 %.1f ms; "
      "sync after healing %.2f s\n",
      queue.given().size(), queue.offline(), queue.refused(), queue.kiosk_kills(),
      queue.server_kills(), queue.slowest_after_cut_s(), at(0.5), at(0.95), sync_s);
}

TEST_F(WithoutNetwork, a_thousand_offline_uses_are_told_by_themselves_once_the_line_is_back) {
  enrol();
  wait_for_snapshot();
  constexpr int scans = 1'000;
  LinesProcess lines(kiosk_.directory());
  ASSERT_NE(lines.ask(cards_.front()), "");
  proxy_.set(Line::silent);
  int offline = 0;
  for (int i = 1; i <= scans; ++i) {
    auto const answer = Json::parse(lines.ask(cards_[static_cast<std::size_t>(i) % cards_.size()]));
    offline += answer.value("answer", "") == "ok" && answer.value("offline", false) ? 1 : 0;
  }
  EXPECT_EQ(offline, scans);
  EXPECT_EQ(recorded().size(), 1u);
  proxy_.set(Line::passes);
  auto const healed = SteadyClock::now();
  auto const waiting = [&] {
    return query(kiosk_file(), "SELECT count(*) FROM journal WHERE acknowledged = 0").front()[0];
  };
  while (waiting() != "0" && seconds_since(healed) < 120) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  double const told_s = seconds_since(healed);
  auto const uses = recorded();
  EXPECT_EQ(uses.size(), static_cast<std::size_t>(scans) + 1);
  for (auto const& [attempt, use] : uses) EXPECT_EQ(use.standing, 1) << attempt;
  // Ten of a card and day are believed, one of them on the line; the others wait for a ruling.
  auto const fine = query(server_file(), "SELECT count(*) FROM redemption WHERE verdict = 'fine'");
  EXPECT_EQ(fine.front().front(), std::to_string(10 * cards_.size() - 1));
  auto const waiting_uses =
      query(server_file(), "SELECT count(*) FROM redemption WHERE verdict = 'implausible'");
  EXPECT_EQ(waiting_uses.front().front(), std::to_string(scans + 1 - 10 * cards_.size()));
  EXPECT_EQ(lines.finish(), 0);
  std::printf("1,000 offline uses were with the server %.1f s after healing\n", told_s);
}

// What a folder gave, by one `lines`; the attempts' numbers.
std::vector<std::int64_t> given_by(KioskProgram const& kiosk, std::vector<std::string> const& cards,
                                   std::size_t from, std::size_t count) {
  LinesProcess lines(kiosk.directory());
  std::vector<std::int64_t> given;
  for (std::size_t i = from; i < from + count; ++i) {
    auto const answer = Json::parse(lines.ask(cards.at(i)));
    EXPECT_EQ(answer.value("answer", std::string("none")).substr(0, 2), "ok") << answer;
    given.push_back(answer.at("sequence").get<std::int64_t>());
  }
  return given;
}

TEST_F(WithoutNetwork, a_server_restored_from_an_older_backup_gets_everything_again) {
  enrol();
  wait_for_snapshot();
  auto given = given_by(kiosk_, cards_, 0, 2);
  ASSERT_EQ(kiosk_.run({"sync"}).exit_code, 0);
  ASSERT_EQ(server_.terminate(), 0);
  auto const place = folder_.path() / "demo";
  auto const backup = folder_.path() / "backup";
  std::filesystem::copy(place, backup, std::filesystem::copy_options::recursive);
  mender_.mend();
  mender_.wait();
  for (auto const attempt : given_by(kiosk_, cards_, 2, 3)) given.push_back(attempt);
  proxy_.set(Line::silent);
  for (auto const attempt : given_by(kiosk_, cards_, 5, 2)) given.push_back(attempt);
  proxy_.set(Line::passes);
  ASSERT_EQ(kiosk_.run({"sync"}).exit_code, 0);
  ASSERT_EQ(recorded().size(), given.size());

  server_.kill_hard();
  std::filesystem::remove_all(place);
  std::filesystem::rename(backup, place);
  ASSERT_EQ(recorded().size(), 2U) << "the backup knows two";
  mender_.mend();
  mender_.wait();
  auto const synced = kiosk_.run({"sync"});
  EXPECT_EQ(synced.exit_code, 0) << synced.errors;
  auto const uses = recorded();
  EXPECT_EQ(uses.size(), given.size());
  for (auto const attempt : given) {
    EXPECT_EQ(uses.at(attempt).rows, 1) << attempt;
    EXPECT_EQ(uses.at(attempt).standing, 1) << attempt;
  }
  auto const lineages =
      query(server_file(), "SELECT COUNT(DISTINCT lineage_id) FROM redemption WHERE actor = " +
                               std::to_string((device_ << 3) | 3));
  EXPECT_EQ(lineages.front().front(), std::to_string(given.size())) << "each on its own card";
  EXPECT_EQ(server_.terminate(), 0);
  auto const verified = run_kaiku_server({"verify", "--dir", place.string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

TEST_F(WithoutNetwork, a_folder_and_its_copy_lose_nothing_and_are_told_of) {
  enrol();
  wait_for_snapshot();
  given_by(kiosk_, cards_, 0, 1);
  ASSERT_EQ(kiosk_.run({"sync"}).exit_code, 0);
  KioskProgram const copy;
  for (auto const& entry : std::filesystem::directory_iterator(kiosk_.directory())) {
    std::filesystem::copy_file(entry.path(),
                               std::filesystem::path(copy.directory()) / entry.path().filename(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  proxy_.set(Line::silent);
  auto const first = given_by(kiosk_, cards_, 1, 2);
  auto const second = given_by(copy, cards_, 3, 2);
  EXPECT_EQ(first, second) << "both count with the same numbers";
  proxy_.set(Line::passes);
  EXPECT_EQ(kiosk_.run({"sync"}).exit_code, 0);
  copy.run({"sync"});
  auto const status = copy.run({"status", "--json"});
  EXPECT_EQ(status.exit_code, 1);
  auto const needs = Json::parse(status.output).at("needs");
  EXPECT_NE(std::ranges::find(needs, "quarantine"), needs.end()) << needs;
  EXPECT_NE(std::ranges::find(needs, "restored"), needs.end()) << needs;
  auto const waiting = query(server_file(),
                             "SELECT COUNT(*), COUNT(DISTINCT lineage_id) FROM redemption WHERE "
                             "verdict = 'quarantined'");
  EXPECT_EQ(waiting.front(), (std::vector<std::string>{"2", "2"}));
  // From here on they go on behind one another.
  auto const after = given_by(copy, cards_, 5, 1);
  EXPECT_GT(after.front(), second.back() + 1);
  EXPECT_EQ(server_.terminate(), 0);
  auto const place = (folder_.path() / "demo").string();
  EXPECT_EQ(run_kaiku_server({"verify", "--dir", place}).exit_code, 0);
}

TEST_F(WithoutNetwork, a_server_that_answers_elsewhere_is_followed_once_it_has_proven_itself) {
  enrol();
  wait_for_snapshot();
  auto const own = server_.credentials().at("device_url").get<std::string>();
  auto const through_the_line = "https://127.0.0.1:" + std::to_string(proxy_.port());
  EXPECT_EQ(kiosk_.run({"address", "http://127.0.0.1"}).exit_code, 2);
  auto const public_one = kiosk_.run({"address", server_.credentials().at("base_url")});
  EXPECT_EQ(public_one.exit_code, 3);
  EXPECT_NE(public_one.errors.find("Nothing was changed"), std::string::npos) << public_one.errors;
  auto const server = [this] {
    return Json::parse(kiosk_.run({"status", "--json"}).output).at("server").get<std::string>();
  };
  EXPECT_EQ(server(), through_the_line);
  auto const moved = kiosk_.run({"address", own});
  EXPECT_EQ(moved.exit_code, 0) << moved.errors;
  EXPECT_EQ(server(), own);
  // By another name of the server, which says where doors are to ask.
  auto const by_name = "https://localhost" + own.substr(own.rfind(':'));
  ASSERT_EQ(kiosk_.run({"address", by_name}).exit_code, 0);
  EXPECT_EQ(kiosk_.run({"sync"}).exit_code, 0);
  EXPECT_EQ(server(), own);
}

}  // namespace
}  // namespace kaiku::e2e
