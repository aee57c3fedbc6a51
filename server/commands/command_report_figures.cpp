// report annual, report usage: published figures as the pages and the API tell them.
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/api/report_json.hpp"
#include "server/commands/command_report.hpp"
#include "server/exports/report_file.hpp"
#include "server/reports/annual.hpp"
#include "server/tables/network.hpp"

namespace kaiku::commands {
namespace {

struct Wanted {
  int year = 0;
  std::string area, as_of, since, from, to;
  std::string group_by = "none";
  std::string language = "fi";
  std::string format = "json";
  std::filesystem::path file;  // empty: standard output
};

std::optional<std::string> told(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Whoever owns the machine reads as a national role does: published cells.
domain::Caller reader_of(Wanted const& wanted) {
  domain::Caller caller;
  caller.role = domain::Role::admin;
  caller.language = contract::language_from(wanted.language).value();
  return caller;
}

std::string scope_name(ledger::ReadTx& tx, std::optional<AreaId> const& id,
                       contract::Language language) {
  auto const area = id ? tables::find_area(tx, *id) : std::nullopt;
  return area ? area->name.in(language) : std::string();
}

// One report, or why there is none, as it leaves.
template <class Report, class Json>
int answer(Wanted const& wanted, ledger::ReadTx& tx, Result<Report> const& report, Json as_json) {
  if (!report) return refuse(report.error());
  auto const language = contract::language_from(wanted.language).value();
  if (report->state == reports::State::working && wanted.format != "json") {
    std::cerr << "These figures change daily: a file of them is made once they are published.\n";
    return found_something;
  }
  if (wanted.format == "json") {
    return write_report(wanted.file, as_json(*report, language).dump(2) + "\n");
  }
  auto const document =
      exports::named_document(language, *report, scope_name(tx, report->area, language));
  return write_report(wanted.file,
                      exports::file_bytes(document, exports::format_from(wanted.format).value()));
}

int read(ReportGroup const& group, std::function<int(ledger::ReadTx&, Day)> const& job) {
  return on_installation(group, [&](Installation& installation) {
    return read_report(installation, [&](ledger::ReadTx& tx) {
      return job(tx, helsinki_day(SystemClock().now()));
    });
  });
}

int annual(ReportGroup const& group, Wanted const& wanted) {
  return read(group, [&](ledger::ReadTx& tx, Day today) {
    reports::AnnualQuestion question;
    question.year = wanted.year == 0 ? civil_of(today).year - 1 : wanted.year;
    if (!wanted.area.empty()) question.area = AreaId{wanted.area};
    question.as_of = told(wanted.as_of);
    question.since = told(wanted.since);
    auto const report = reports::draw_annual(tx, question, reader_of(wanted), today);
    return answer(wanted, tx, report, api::annual_json);
  });
}

int usage(ReportGroup const& group, Wanted const& wanted) {
  return read(group, [&](ledger::ReadTx& tx, Day today) {
    reports::UsageQuestion question;
    auto const from = day_from_iso(wanted.from);
    auto const to = day_from_iso(wanted.to);
    auto const grouping = reports::group_by_from(wanted.group_by);
    if (!from || !to || !grouping) {
      std::cerr << "--from and --to are days such as 2026-01-01; --group-by is one of none, area, "
                   "municipality, home, office, venue, sector, month, quarter, year.\n";
      return wrong_usage;
    }
    question.from = *from;
    question.to = *to;
    question.group_by = *grouping;
    if (!wanted.area.empty()) question.area = AreaId{wanted.area};
    question.as_of = told(wanted.as_of);
    auto const report = reports::draw_usage(tx, question, reader_of(wanted), today);
    return answer(wanted, tx, report, api::usage_json);
  });
}

void add_options(CLI::App& command, Wanted& wanted) {
  command.add_option("--area", wanted.area, "The id of an area; default: the whole network");
  command.add_option("--as-of", wanted.as_of, "A run, an RFC 3339 time or a ledger sequence");
  command.add_option("--lang", wanted.language, "Language; default: fi")
      ->check(CLI::IsMember({"fi", "sv", "en"}));
  command.add_option("--format", wanted.format, "Kind of file; default: json")
      ->check(CLI::IsMember({"json", "csv", "csv-rfc4180", "xlsx", "pdf"}));
  command.add_option("--out", wanted.file, "File; default: standard output");
}

}  // namespace

void add_annual(ReportGroup const& group) {
  auto& command = group.add("annual", "The yearly statistic of a year");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--year", wanted->year, "Default: the year before this one");
  command.add_option("--since", wanted->since, "A run before: what has changed since");
  add_options(command, *wanted);
  command.callback([group, wanted] { group.result = annual(group, *wanted); });
}

void add_usage(ReportGroup const& group) {
  auto& command = group.add("usage", "Cards and uses of a period, by a grouping");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--from", wanted->from, "First day of a month, quarter or year: 2026-01-01")
      ->required();
  command.add_option("--to", wanted->to, "Last day of one: 2026-12-31")->required();
  command.add_option("--group-by", wanted->group_by,
                     "none (default), area, municipality, home, office, venue, sector, month, "
                     "quarter or year");
  add_options(command, *wanted);
  command.callback([group, wanted] { group.result = usage(group, *wanted); });
}

}  // namespace kaiku::commands
