// report runs, report close, report redraw: what was published, publishing by hand, and whether it
// comes out the same again.
#include <iostream>
#include <nlohmann/json.hpp>

#include "schema/values/bytes.hpp"
#include "server/api/report_json.hpp"
#include "server/commands/command_report.hpp"
#include "server/domain/declared_words.hpp"
#include "server/tables/report_runs.hpp"
#include "server/use_cases/publish_run.hpp"

namespace kaiku::commands {
namespace {

struct Wanted {
  int year = 0;
  int quarter = 0;
  std::string run;
  std::vector<std::string> without;
};

// Runs on the database of the installation, whether or not a server runs on it too. The job says
// whether what it wrote is kept.
int work(ReportGroup const& group, std::function<bool(ledger::WriteTx&, int&)> const& job) {
  if (!std::filesystem::exists(Places(group.common.dir).database)) {
    std::cerr << "There is no installation at " << group.common.dir.string()
              << ". Name its folder with --dir.\n";
    return could_not_run;
  }
  SystemClock const clock;
  SystemRandom random;
  Installation installation(group.common.dir, group.instance, clock, random);
  int result = good;
  installation.write([&](ledger::WriteTx& tx) { return job(tx, result); });
  return result;
}

void say(tables::ReportRun const& run) {
  std::cout << text_of(run.name) << "  " << to_rfc3339(run.drawn_at) << "  entry " << run.as_of
            << "  " << run.cells << " cells  " << to_hex(run.hash) << "\n";
}

int list(ReportGroup const& group) {
  return work(group, [&](ledger::WriteTx& tx, int&) {
    auto const runs = tables::list_runs(tx);
    auto items = nlohmann::json::array();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
      if (group.common.json)
        items.push_back(api::run_json(*run));
      else
        say(*run);
    }
    if (group.common.json) std::cout << items.dump(2) << "\n";
    return false;
  });
}

int say(Error const& error) {
  std::cerr << "Nothing was published: ";
  if (error.fields.empty()) {
    std::cerr << error.detail << ".\n";
  } else {
    std::cerr << error.fields.front().pointer.substr(1) << " " << error.fields.front().detail
              << ".\n";
  }
  return found_something;
}

int close(ReportGroup const& group, Wanted const& wanted) {
  use_cases::RunQuestion question{wanted.year, std::nullopt, {}};
  if (wanted.quarter != 0) question.quarter = wanted.quarter;
  for (auto const& word : wanted.without) {
    auto const table = domain::table_from(word);
    if (!table) {
      std::cerr << "There is no table " << word << ".\n";
      return wrong_usage;
    }
    question.without.push_back(*table);
  }
  return work(group, [&](ledger::WriteTx& tx, int& result) {
    auto const drawn = use_cases::draw_asked_run(tx, question, helsinki_day(tx.now()));
    if (!drawn) {
      result = say(drawn.error());
      return false;
    }
    auto const run = use_cases::publish_run(tx, *drawn, domain::Actor{});
    if (!run) {
      result = say(run.error());
      return false;
    }
    if (group.common.json)
      std::cout << api::run_json(*run).dump(2) << "\n";
    else
      say(*run);
    return true;
  });
}

// Counted and withheld anew, as of the sequence that the run counted.
int redraw(ReportGroup const& group, Wanted const& wanted) {
  return work(group, [&](ledger::WriteTx& tx, int& result) {
    auto const name = domain::run_name_from(wanted.run);
    auto const run = name ? tables::find_run(tx, *name) : std::nullopt;
    if (!run) {
      std::cerr << "There is no run " << wanted.run << ".\n";
      result = found_something;
      return false;
    }
    auto const again = reports::draw_run(tx, run->name, run->as_of, run->left_out);
    bool const is_equal = !again.refused && again.hash == run->hash;
    result = is_equal ? good : found_something;
    if (group.common.json) {
      std::cout << nlohmann::json{{"run", wanted.run},
                                  {"equal", is_equal},
                                  {"hash", to_hex(run->hash)},
                                  {"hash_again", to_hex(again.hash)}}
                       .dump(2)
                << "\n";
    } else if (is_equal) {
      std::cout << "The run " << wanted.run << " comes out the same again: " << to_hex(run->hash)
                << "\n";
    } else {
      std::cout << "The run " << wanted.run << " comes out otherwise: it was " << to_hex(run->hash)
                << ", and is " << to_hex(again.hash) << "\n";
    }
    return false;
  });
}

}  // namespace

void add_runs(ReportGroup const& group) {
  auto& command = group.add("runs", "What was published, the newest first");
  command.callback([group] { group.result = list(group); });
}

void add_close(ReportGroup const& group) {
  auto& command = group.add("close", "Publish a run that was missed, or an edition of a year");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--year", wanted->year)->required();
  command.add_option("--quarter", wanted->quarter, "1, 2 or 3; none: the settlement of the year")
      ->check(CLI::Range(1, 3));
  command.add_option("--without", wanted->without, "A table that is left out for good");
  command.callback([group, wanted] { group.result = close(group, *wanted); });
}

void add_redraw(ReportGroup const& group) {
  auto& command = group.add("redraw", "Draw a run again: does it come out the same?");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("run", wanted->run, "2026-Q1, 2026, 2026.2")->required();
  command.callback([group, wanted] { group.result = redraw(group, *wanted); });
}

}  // namespace kaiku::commands
