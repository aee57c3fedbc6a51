// report annex: the wellbeing annex of a municipality, as the page and the API tell it.
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/api/annex_json.hpp"
#include "server/commands/command_report.hpp"
#include "server/exports/report_file.hpp"
#include "server/reports/annex.hpp"

namespace kaiku::commands {
namespace {

struct Wanted {
  std::string municipality, as_of;
  std::string language = "fi";
  std::string format = "json";
  std::filesystem::path file;  // empty: standard output
};

int say(Error const& error) {
  if (error.fields.empty()) {
    std::cerr << (error.detail.empty() ? std::string(row_of(error.problem).title) : error.detail)
              << ".\n";
  }
  for (auto const& field : error.fields) {
    std::cerr << field.pointer.substr(1) << ": " << field.detail << ".\n";
  }
  return found_something;
}

int write(Wanted const& wanted, std::string const& bytes) {
  if (wanted.file.empty()) {
    std::cout << bytes << std::flush;
    return good;
  }
  std::ofstream out(wanted.file, std::ios::binary | std::ios::trunc);
  out << bytes;
  if (out.flush()) return good;
  std::cerr << "The file " << wanted.file.string() << " cannot be written.\n";
  return could_not_run;
}

std::string bytes_of_annex(Wanted const& wanted, reports::AnnexReport const& report) {
  auto const language = contract::language_from(wanted.language).value();
  auto const format = exports::format_from(wanted.format);
  if (!format) return api::annex_json(report, language).dump(2) + "\n";
  return exports::file_bytes(exports::named_document(language, report), *format);
}

int annex(ReportGroup const& group, Wanted const& wanted) {
  if (!std::filesystem::exists(Places(group.common.dir).database)) {
    std::cerr << "There is no installation at " << group.common.dir.string()
              << ". Name its folder with --dir.\n";
    return could_not_run;
  }
  // Whoever owns the machine reads as a national role does: published cells.
  domain::Caller reader;
  reader.role = domain::Role::admin;
  reader.language = contract::language_from(wanted.language).value();
  reports::AnnexQuestion question{wanted.municipality};
  if (!wanted.as_of.empty()) question.as_of = wanted.as_of;
  SystemClock const clock;
  SystemRandom random;
  Installation installation(group.common.dir, group.instance, clock, random);
  int result = good;
  installation.write([&](ledger::WriteTx& tx) {
    auto const report = reports::draw_annex(tx, question, reader, helsinki_day(clock.now()));
    result = report ? write(wanted, bytes_of_annex(wanted, *report)) : say(report.error());
    return false;
  });
  return result;
}

}  // namespace

void add_annex(ReportGroup const& group) {
  auto& command = group.add("annex", "The wellbeing annex of a municipality");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--municipality", wanted->municipality, "Its code, three digits")->required();
  command.add_option("--as-of", wanted->as_of, "A run, an RFC 3339 time or a ledger sequence");
  command.add_option("--lang", wanted->language)->check(CLI::IsMember({"fi", "sv", "en"}));
  command.add_option("--format", wanted->format)
      ->check(CLI::IsMember({"json", "csv", "csv-rfc4180", "xlsx", "pdf"}));
  command.add_option("--out", wanted->file, "File; default: standard output");
  command.callback([group, wanted] { group.result = annex(group, *wanted); });
}

}  // namespace kaiku::commands
