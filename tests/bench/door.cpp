// kaiku-bench-door KIOSK-BINARY: the real kiosk without any network and with the whole country's
// cards: size in memory, and the time from a line in to its answer out. Prints one JSON object.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "kiosk/device/store.hpp"
#include "kiosk/snapshot/snapshot_store.hpp"
#include "schema/contract/card_token.hpp"

namespace {

using namespace kaiku;
using SteadyClock = std::chrono::steady_clock;

constexpr int registered = 20'000;
constexpr int dead = 80'000;
constexpr int scans = 1'000;

struct Country {
  std::vector<std::string> tokens;  // of cards at the door
  Bytes venue_part;
  Bytes cards_part;
  crypto::Ed25519PrivateKey root;
};

contract::RowHash any_hash(Random& random) {
  contract::RowHash hash = 0;
  for (auto const byte : random.bytes<8>()) hash = (hash << 8) | byte;
  return hash;
}

// Rows of cards that never come to this door need no code: a hash is all that a row shows.
Country make_country(Random& random, Instant now, DeviceId device, VenueId venue) {
  auto const ed25519 = [&] { return crypto::Ed25519PrivateKey::from_seed(random.bytes<32>()); };
  Country country;
  country.root = ed25519();
  auto const snapshot_key = ed25519();
  auto const card_key = ed25519();
  auto const listed = [](contract::KeyUse use, crypto::Ed25519PrivateKey const& key) {
    auto const raw = key.public_key().raw();
    return contract::ListedKey{use, Bytes(raw.begin(), raw.end()), Instant{0}, std::nullopt};
  };
  contract::KeyList keys;
  keys.version = 1;
  keys.keys = {listed(contract::KeyUse::snapshot, snapshot_key),
               listed(contract::KeyUse::card, card_key)};

  contract::CardsPart cards;
  cards.row_key = {1, random.bytes<32>(), random.bytes<16>(), {1, contract::row_cost}};
  keys.stretches = {contract::ListedStretch::of(cards.row_key.stretch)};
  cards.sequence = 1'000'000;
  cards.issued_at = now;
  AreaId const area{"ETELA"};
  contract::CardRow row;
  row.last_valid = helsinki_day(now) + 200;
  row.child_limit = 2;
  for (int i = 0; i < registered; ++i) {
    if (i < scans) {
      auto const code = contract::CardCode::random(random);
      row.hash = contract::row_hash(cards.row_key, code);
      country.tokens.push_back(
          contract::make_card_token({area, now.us / second_us, code, std::nullopt}, card_key));
    } else {
      row.hash = any_hash(random);
    }
    cards.rows.push_back(row);
  }
  std::ranges::sort(cards.rows, {}, &contract::CardRow::hash);
  cards.dead = contract::DeadSet::for_count(dead);
  for (int i = 0; i < dead; ++i) cards.dead.add(any_hash(random));
  country.cards_part = contract::sign_cards_part(cards, snapshot_key);

  contract::VenuePart part;
  part.device = device;
  part.venue = venue;
  part.name = "Uimahalli";
  part.sector = contract::Sector::sport;
  part.area = area;
  part.sequence = cards.sequence;
  part.epoch = 1;
  part.issued_at = now;
  part.day = helsinki_day(now);
  part.key_list = contract::sign_key_list(keys, country.root);
  country.venue_part = contract::sign_venue_part(part, snapshot_key);
  return country;
}

// A kiosk that enrolled and synced, and then lost its network: nothing listens at its server's
// port.
Country make_kiosk(std::filesystem::path const& directory, Instant now) {
  SystemRandom random;
  auto country = make_country(random, now, DeviceId{7}, VenueId{40});
  kiosk::Folder const folder{directory.string()};
  kiosk::Database database(folder.database(), kiosk::Database::Mode::read_write);
  std::ifstream pem(directory / "ca.pem");
  std::string const certificate(std::istreambuf_iterator<char>(pem), {});
  kiosk::Enrolment enrolment;
  enrolment.device = DeviceId{7};
  enrolment.venue = VenueId{40};
  enrolment.venue_name = "Uimahalli";
  enrolment.sector = contract::Sector::sport;
  enrolment.area_id = "ETELA";
  enrolment.device_url = "https://127.0.0.1:1";
  enrolment.certificate = certificate;
  enrolment.door_ca = certificate;
  auto const root = country.root.public_key().raw();
  enrolment.root_key = Bytes(root.begin(), root.end());
  auto const sealing = crypto::P256PrivateKey::generate().public_key().point();
  enrolment.sealing_key = Bytes(sealing.begin(), sealing.end());
  kiosk::save_enrolment(database, enrolment);
  kiosk::SnapshotStore store(country.root.public_key());
  using Taken = kiosk::SnapshotStore::Taken;
  if (store.take_venue(database, country.venue_part) != Taken::taken ||
      store.take_cards(database, country.cards_part, now) != Taken::taken) {
    throw std::runtime_error("the snapshot was not taken: " + store.fault());
  }
  return country;
}

class Lines {
 public:
  Lines(std::string const& binary, std::string const& directory) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error("no pipe");
    }
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execl(binary.c_str(), "kaiku-kiosk", "lines", "--dir", directory.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = ::fdopen(out[0], "r");
  }
  ~Lines() {
    ::close(input_);
    static_cast<void>(std::fclose(output_));  // nothing more is written
    ::waitpid(process_, nullptr, 0);
  }
  Lines(Lines const&) = delete;
  Lines& operator=(Lines const&) = delete;

  std::string ask(std::string const& line) {
    std::string const whole = line + "\n";
    if (::write(input_, whole.data(), whole.size()) < 0) throw std::runtime_error("kiosk is gone");
    std::array<char, 4096> answer{};
    if (!std::fgets(answer.data(), answer.size(), output_)) throw std::runtime_error("no answer");
    return answer.data();
  }
  long resident_kib() const { return of_status("VmRSS:"); }
  long resident_peak_kib() const { return of_status("VmHWM:"); }

 private:
  long of_status(std::string_view name) const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    std::string word;
    long kib = 0;
    while (status >> word) {
      if (word == name && status >> kib) return kib;
    }
    throw std::runtime_error("/proc does not tell of the kiosk");
  }

  int process_ = -1;
  int input_ = -1;
  std::FILE* output_ = nullptr;
};

double part_of(std::vector<double> const& sorted, double part) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

}  // namespace

// FOLDER lies on a disk (an fsync in memory costs nothing) and has device.key and, for that key, a
// certificate ca.pem, as door.sh makes them.
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: kaiku-bench-door KIOSK-BINARY FOLDER\n", stderr);
    return 2;
  }
  try {
    std::string const binary = argv[1];
    std::filesystem::path const folder = argv[2];
    auto country = make_kiosk(folder, SystemClock().now());
    Lines lines(binary, folder.string());
    lines.ask(country.tokens.front());  // the first waits for the first contact
    std::vector<double> ms;
    for (auto const& token : country.tokens) {
      auto const start = SteadyClock::now();
      auto const answer = nlohmann::json::parse(lines.ask(token));
      ms.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count());
      if (answer.value("answer", "") != "ok" || !answer.value("offline", false)) {
        throw std::runtime_error("an answer was not ok and offline: " + answer.dump());
      }
    }
    std::ranges::sort(ms);
    nlohmann::ordered_json result{{"cards", registered}, {"dead", dead}, {"scans", scans}};
    result["snapshot_bytes"] = country.cards_part.size();
    result["resident_kib"] = lines.resident_kib();
    result["resident_peak_kib"] = lines.resident_peak_kib();
    result["binary_bytes"] = std::filesystem::file_size(binary);
    result["answer_ms"] = {{"p50", part_of(ms, 0.5)},
                           {"p95", part_of(ms, 0.95)},
                           {"p99", part_of(ms, 0.99)},
                           {"most", ms.back()}};
    std::puts(result.dump(2).c_str());
    return 0;
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 3;
  }
}
