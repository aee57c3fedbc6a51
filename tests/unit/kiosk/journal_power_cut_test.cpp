// The power of a kiosk goes at any moment: what its journal has committed is there, whole, and
// nothing else is.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "kiosk/device/store.hpp"
#include "kiosk/journal/journal.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/kiosk/power_cut.hpp"

namespace kaiku::kiosk_tests {
namespace {

using kiosk::Database;
using kiosk::Journal;

constexpr int acts = 96;
constexpr int acts_between_restarts = 31;
constexpr std::size_t states = 600;
constexpr std::size_t few_states = 150;
constexpr EventId event{77};
constexpr Day day{20'779};

// A run of a kiosk at a door, and what its file said after each act.
class KioskRun {
 public:
  // `pragmas`: on top of what the kiosk sets.
  explicit KioskRun(char const* pragmas) : pragmas_(pragmas) {
    open();
    note();
    for (int i = 0; i < acts; ++i) {
      if (i % acts_between_restarts == acts_between_restarts - 1) {
        journal_.reset();
        database_.reset();
        open();
      }
      act(i);
      note();
    }
    trace_.stop_recording();
  }

  std::vector<DiskOperation> const& operations() const { return trace_.operations(); }
  std::size_t first_cut() const { return marks_.front(); }
  // How many acts had been committed after so many operations.
  std::size_t committed_at(std::size_t cut) const {
    auto const later = std::upper_bound(marks_.begin(), marks_.end(), cut);
    return static_cast<std::size_t>(later - marks_.begin()) - 1;
  }
  // The act after which the file said this; nullopt: it never did.
  std::optional<std::size_t> act_that_left(Digest const& contents) const {
    auto const at = std::find(contents_.begin(), contents_.end(), contents);
    if (at == contents_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - contents_.begin());
  }

  static Digest contents_of(Database& database) {
    std::string all;
    auto const add = [&](char const* sql) {
      auto rows = database.prepare(sql);
      while (rows.step()) all += rows.text(0) + "\n";
    };
    add("SELECT sequence||'|'||kind||'|'||ifnull(of_sequence, '')||'|'||told||'|'||acknowledged"
        "||'|'||tries||'|'||quote(refused)||'|'||quote(hash)||'|'||quote(signed)||'|'||"
        "quote(sealed) FROM journal ORDER BY sequence");
    add("SELECT attempt||'|'||quote(card)||'|'||ifnull(event, '')||'|'||day||'|'||adult"
        "||'|'||undone FROM own_use ORDER BY attempt");
    add("SELECT name||'|'||value FROM setting ORDER BY name");
    return crypto::sha256(bytes_of(all));
  }
  Journal journal_on(Database& database) const {
    return Journal(database, DeviceId{7}, key_, key_.public_key());
  }

 private:
  void open() {
    database_ = std::make_unique<Database>(folder_.file("kiosk.db"), Database::Mode::read_write);
    database_->execute(pragmas_);
    journal_ = std::make_unique<Journal>(journal_on(*database_));
  }
  void note() {
    marks_.push_back(trace_.operations().size());
    contents_.push_back(contents_of(*database_));
  }

  // One transaction each, so that the file can only say what it said after one of them.
  void act(int i) {
    switch (i % 8) {
      case 0:
      case 2:
      case 4: attempt_ = journal_->append_attempt(stamp(i), {}, "ABCD-EFGH-JKMN"); return;
      case 1: give(i, false); return;
      case 3: refuse(i); return;
      case 5: give(i, true); return;
      case 6: upload(i); return;
      default: undo_or_set(i); return;
    }
  }
  void give(int i, bool told) {
    contract::Outcome outcome;
    outcome.of = attempt_;
    outcome.answer = contract::Answer::ok;
    outcome.offline = !told;
    if (told) outcome.redemption = RedemptionId{1'000 + i};
    kiosk::GivenUse use;
    use.card = {1, static_cast<std::uint8_t>(i)};
    use.event = event;
    use.day = day;
    use.tickets.adult = 1;
    journal_->append_outcome(stamp(i), outcome, told, use);
  }
  void refuse(int i) {
    contract::Outcome outcome;
    outcome.of = attempt_;
    outcome.answer = contract::Answer::expired;
    outcome.offline = true;
    journal_->append_outcome(stamp(i), outcome, false);
  }
  void upload(int i) {
    std::vector<std::int64_t> sequences;
    for (auto const& entry : journal_->waiting(5)) sequences.push_back(entry.sequence);
    if (i % 16 == 6)
      journal_->note_try(sequences);
    else
      journal_->acknowledge(sequences, i % 32 == 14, Day{20'000});
  }
  void undo_or_set(int i) {
    if (i % 16 == 7)
      journal_->append_undo(stamp(i), {attempt_, "mistake"});
    else
      kiosk::set_setting(*database_, "last_sync_us", std::to_string(i));
  }
  static kiosk::Stamp stamp(int i) { return {Instant{1'000 + i}, 0, 0}; }

  char const* pragmas_;
  test::TemporaryFolder folder_;
  DiskTrace trace_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  std::unique_ptr<Database> database_;
  std::unique_ptr<Journal> journal_;
  std::int64_t attempt_ = 0;
  std::vector<std::size_t> marks_;
  std::vector<Digest> contents_;
};

void lay_down(Disk const& disk, std::filesystem::path const& folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  for (auto const& [name, content] : disk) {
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<char const*>(content.data()),
               static_cast<std::streamsize>(content.size()));
  }
}

// What a kiosk finds when it starts again, in words; empty: all that it may.
struct Finding {
  std::string corrupt;
  bool lost = false;
};

Finding read_again(KioskRun const& run, std::filesystem::path const& folder, std::size_t cut) {
  Finding finding;
  Database database((folder / "kiosk.db").string(), Database::Mode::read_write);
  auto check = database.prepare("PRAGMA integrity_check");
  check.step();
  if (check.text(0) != "ok") finding.corrupt = check.text(0);
  auto const found = run.act_that_left(KioskRun::contents_of(database));
  auto const committed = run.committed_at(cut);
  if (!found)
    finding.corrupt = "it says what it never said";
  else if (*found > committed + 1)
    finding.corrupt = "it says what was not yet written";
  else
    finding.lost = *found < committed;
  // And it works on.
  auto journal = run.journal_on(database);
  journal.close_open_attempts({});
  journal.append_attempt({}, {}, "ABCD-EFGH-JKMN");
  // The contents were the run's own, byte for byte; the signatures are walked now and then.
  if (cut % 4 != 0) return finding;
  if (auto const fault = journal.first_fault()) finding.corrupt = *fault;
  return finding;
}

Finding start_again(KioskRun const& run, std::filesystem::path const& folder, std::size_t cut) {
  try {
    return read_again(run, folder, cut);
  } catch (kiosk::StorageFailure const& failure) {
    return {failure.what(), false};
  }
}

struct Tally {
  std::size_t states = 0;
  std::size_t lost = 0;
  std::vector<std::string> corrupt;
};

// The power goes at so many places all over the run, after any operation.
Tally cut_power(KioskRun const& run, std::size_t times) {
  test::TemporaryFolder folder;
  auto const disk_folder = folder.path() / "disk";
  SeededRandom random(20'261'122);
  Tally tally;
  auto const places = run.operations().size() - run.first_cut() + 1;
  for (std::size_t i = 0; i < times; ++i) {
    auto const from = i * places / times;
    auto const to = std::max(from + 1, (i + 1) * places / times);
    auto const cut = run.first_cut() + from + random.next64() % (to - from);
    lay_down(after_power_cut(run.operations(), cut, random), disk_folder);
    auto const finding = start_again(run, disk_folder, cut);
    ++tally.states;
    if (finding.lost) ++tally.lost;
    if (!finding.corrupt.empty()) {
      tally.corrupt.push_back("cut after operation " + std::to_string(cut) + ": " +
                              finding.corrupt);
    }
  }
  return tally;
}

// Small steps between checkpoints, so that many of them are cut in the middle.
constexpr char const* often_checkpointed = "PRAGMA wal_autocheckpoint=25";

TEST(JournalPowerCut, loses_nothing_that_was_committed_wherever_the_power_is_cut) {
  KioskRun const run(often_checkpointed);
  auto const tally = cut_power(run, states);
  EXPECT_EQ(tally.states, states);
  EXPECT_EQ(tally.lost, 0U);
  EXPECT_EQ(tally.corrupt, std::vector<std::string>{});
}

// The test of the test: without a sync at each commit the same cuts find losses.
TEST(JournalPowerCut, would_see_what_a_weaker_setting_loses) {
  KioskRun const run("PRAGMA wal_autocheckpoint=25; PRAGMA synchronous=NORMAL");
  auto const tally = cut_power(run, few_states);
  EXPECT_GT(tally.lost, few_states / 10);
  EXPECT_EQ(tally.corrupt, std::vector<std::string>{});
}

// And what is never synced is seen to be corrupt.
TEST(JournalPowerCut, would_see_what_no_sync_at_all_corrupts) {
  KioskRun const run("PRAGMA wal_autocheckpoint=25; PRAGMA synchronous=OFF");
  auto const tally = cut_power(run, few_states);
  EXPECT_GT(tally.corrupt.size(), few_states / 10);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
