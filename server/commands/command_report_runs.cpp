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

void say(tables::ReportRun const& run) {
  std::cout << text_of(run.name) << "  " << to_rfc3339(run.drawn_at) << "  entry " << run.as_of
            << "  " << run.cells << " cells  " << to_hex(run.hash) << "\n";
}

int list(ReportGroup const& group, Installation& installation) {
  return read_report(installation, [&](ledger::ReadTx& tx) {
    auto const runs = tables::list_runs(tx);
    auto items = nlohmann::json::array();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
      if (group.common.json)
        items.push_back(api::run_json(*run));
      else
        say(*run);
    }
    if (group.common.json) std::cout << items.dump(2) << "\n";
    return good;
  });
}

int refuse_run(Error const& error) {
  std::cerr << "Nothing was published: ";
  return refuse(error);
}

// Drawn beside the writer, who only keeps it.
int close_run(ReportGroup const& group, Installation& installation,
              use_cases::RunQuestion const& question) {
  std::optional<Result<reports::DrawnRun>> drawn;
  read_report(installation, [&](ledger::ReadTx& tx) {
    drawn = use_cases::draw_asked_run(tx, question, helsinki_day(SystemClock().now()));
    return good;
  });
  if (!drawn->has_value()) return refuse_run(drawn->error());
  std::optional<Result<tables::ReportRun>> run;
  installation.write([&](ledger::WriteTx& tx) {
    run = use_cases::publish_run(tx, **drawn, domain::Actor{});
    return run->has_value();
  });
  if (!run->has_value()) return refuse_run(run->error());
  if (group.common.json)
    std::cout << api::run_json(**run).dump(2) << "\n";
  else
    say(**run);
  return good;
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
  return on_installation(
      group, [&](Installation& installation) { return close_run(group, installation, question); });
}

// Counted and withheld anew, as of the sequence that the run counted.
int redraw(ReportGroup const& group, Wanted const& wanted, Installation& installation) {
  return read_report(installation, [&](ledger::ReadTx& tx) {
    auto const name = domain::run_name_from(wanted.run);
    auto const run = name ? tables::find_run(tx, *name) : std::nullopt;
    if (!run) {
      std::cerr << "There is no run " << wanted.run << ". `kaiku-server report runs` lists them.\n";
      return found_something;
    }
    auto const again = reports::draw_run(tx, run->name, run->as_of, run->left_out);
    bool const is_equal = !again.refused && again.hash == run->hash;
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
    return is_equal ? good : found_something;
  });
}

}  // namespace

void add_runs(ReportGroup const& group) {
  auto& command = group.add("runs", "What was published, the newest first");
  command.callback([group] {
    group.result = on_installation(
        group, [&](Installation& installation) { return list(group, installation); });
  });
}

void add_close(ReportGroup const& group) {
  auto& command = group.add("close", "Publish a run that was missed, or an edition of a year");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--year", wanted->year, "The year that is told")->required();
  command.add_option("--quarter", wanted->quarter, "1, 2 or 3; none: the settlement of the year")
      ->check(CLI::Range(1, 3));
  command.add_option("--without", wanted->without, "A table that is left out for good");
  command.callback([group, wanted] { group.result = close(group, *wanted); });
}

void add_redraw(ReportGroup const& group) {
  auto& command = group.add("redraw", "Draw a run again: does it come out the same?");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("run", wanted->run, "2026-Q1, 2026, 2026.2")->required();
  command.callback([group, wanted] {
    group.result = on_installation(
        group, [&](Installation& installation) { return redraw(group, *wanted, installation); });
  });
}

}  // namespace kaiku::commands
