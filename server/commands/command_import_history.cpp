#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "schema/crypto/crypto.hpp"
#include "server/commands/command_report.hpp"
#include "server/domain/history_file.hpp"
#include "server/use_cases/import_history.hpp"

namespace kaiku::commands {
namespace {

std::optional<std::string> text_in(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    std::cerr << "The file " << file.string() << " cannot be read.\n";
    return std::nullopt;
  }
  return text;
}

void tell(ImportHistory const& what, domain::HistoryFaults const& faults, char const* mark) {
  for (auto const& fault : faults.kept()) {
    bool const is_card = fault.table == domain::HistoryTable::cards;
    std::cerr << (is_card ? what.cards : what.uses).string() << ":" << fault.line << ": "
              << fault.column << ": " << mark << fault.reason << "\n";
  }
  auto const more = faults.in_all() - static_cast<std::int64_t>(faults.kept().size());
  if (more > 0) std::cerr << "And " << more << " more of these.\n";
}

// A bar for who watches, else a line of JSON a second for whatever reads it.
class Progress {
 public:
  Progress(Clock const& clock, bool as_json)
      : clock_(clock),
        is_bar_(!as_json && isatty(STDOUT_FILENO) == 1),
        began_us_(clock.monotonic_us()) {}

  void show(std::size_t done, std::size_t all) {
    auto const now = clock_.monotonic_us();
    auto const pause = is_bar_ ? second_us / 10 : second_us;
    if (told_us_ && now - *told_us_ < pause && done < all) return;
    told_us_ = now;
    if (is_bar_) {
      draw(done, all);
    } else {
      say({{"rows", done}, {"of", all}, {"seconds", (now - began_us_) / second_us}}, "");
    }
  }
  // The same said to both.
  void say(nlohmann::json const& facts, std::string const& sentence) const {
    if (is_bar_) {
      std::cout << sentence << std::endl;
    } else {
      std::cout << facts.dump() << std::endl;
    }
  }

 private:
  static void draw(std::size_t done, std::size_t all) {
    constexpr std::size_t width = 40;
    auto const filled = all == 0 ? width : done * width / all;
    std::cout << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] "
              << done << " of " << all << " rows";
    if (done == all) std::cout << "\n";
    std::cout << std::flush;
  }

  Clock const& clock_;
  bool is_bar_;
  std::int64_t began_us_;
  std::optional<std::int64_t> told_us_;
};

// Exit code of a load that was refused or is whole.
int load(Installation& installation, domain::History const& history,
         use_cases::HistoryFiles const& files, Progress& progress) {
  use_cases::HistoryImport loading(history, files);
  std::optional<Error> refused;
  installation.write([&](ledger::WriteTx& tx) {
    auto const begun = loading.begin(tx);
    if (!begun) refused = begun.error();
    return !refused;
  });
  if (refused) {
    std::cerr << "Nothing was loaded: " << refused->detail << ".\n";
    return found_something;
  }
  bool const was_whole = loading.is_whole();
  progress.show(loading.rows_done(), loading.rows_in_all());
  while (!loading.is_whole()) {
    installation.write([&](ledger::WriteTx& tx) {
      loading.go_on(tx);
      return true;
    });
    progress.show(loading.rows_done(), loading.rows_in_all());
  }
  auto const rows = std::to_string(history.cards.size()) + " cards and " +
                    std::to_string(history.uses.size()) + " uses are loaded";
  progress.say({{"loaded", true},
                {"were_loaded_before", was_whole},
                {"cards", history.cards.size()},
                {"uses", history.uses.size()}},
               rows + (was_whole ? ", and were so before." : "."));
  return good;
}

// nullopt: there is no such area, which has been told.
std::optional<domain::HistoryPlaces> places_of(Installation& installation, AreaId const& area,
                                               Day today) {
  std::optional<domain::HistoryPlaces> places;
  installation.write([&](ledger::WriteTx& tx) {
    places = use_cases::places_for_history(tx, area, today);
    return false;
  });
  if (!places) std::cerr << "There is no area " << area.value << ".\n";
  return places;
}

}  // namespace

int import_history(Common const& common, std::string const& instance, ImportHistory const& what) {
  auto const cards = text_in(what.cards);
  auto const uses = text_in(what.uses);
  if (!cards || !uses) return could_not_run;
  if (!std::filesystem::exists(Places(common.dir).database)) {
    std::cerr << "There is no installation at " << common.dir.string()
              << ". Name its folder with --dir.\n";
    return could_not_run;
  }
  SystemClock const clock;
  SystemRandom random;
  Installation installation(common.dir, instance, clock, random);
  auto places = places_of(installation, what.area, helsinki_day(clock.now()));
  if (!places) return found_something;
  places->may_create = what.create;
  auto const history = domain::read_history({*cards, *uses}, *std::move(places));
  tell(what, history.warnings, "warning: ");
  tell(what, history.faults, "");
  if (history.faults.in_all() > 0) {
    std::cerr << "Faults: " << history.faults.in_all() << ". Nothing was loaded.\n";
    return found_something;
  }
  Progress progress(clock, common.json);
  if (what.dry_run) {
    progress.say(
        {{"loaded", false}, {"cards", history.cards.size()}, {"uses", history.uses.size()}},
        std::to_string(history.cards.size()) + " cards and " + std::to_string(history.uses.size()) +
            " uses could be loaded.");
    return good;
  }
  use_cases::HistoryFiles const files{what.area, crypto::sha256(bytes_of(*cards)),
                                      crypto::sha256(bytes_of(*uses))};
  return load(installation, history, files, progress);
}

void add_import_history(ReportGroup const& group) {
  auto& command = group.add("import-history", "Load cards and uses of an area's earlier years");
  auto const what = std::make_shared<ImportHistory>();
  command
      .add_option_function<std::string>(
          "--area",
          [what](std::string const& text) {
            auto area = AreaId::parse(text);
            if (!area) throw CLI::ValidationError("--area", text + " is not an area's id");
            what->area = *std::move(area);
          },
          "The area that registered the cards and has the venues")
      ->required();
  command.add_option("--cards", what->cards, "CSV file of cards")->required();
  command.add_option("--uses", what->uses, "CSV file of their uses")->required();
  command.add_flag("--create", what->create, "Make offices and venues that are not there");
  command.add_flag("--dry-run", what->dry_run, "Say what is wrong; change nothing");
  command.callback(
      [what, group] { group.result = import_history(group.common, group.instance, *what); });
}

}  // namespace kaiku::commands
