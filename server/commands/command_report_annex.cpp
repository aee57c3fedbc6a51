// report annex: the wellbeing annex of a municipality, as the page and the API tell it.
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

std::string bytes_of_annex(Wanted const& wanted, reports::AnnexReport const& report) {
  auto const language = contract::language_from(wanted.language).value();
  auto const format = exports::format_from(wanted.format);
  if (!format) return api::annex_json(report, language).dump(2) + "\n";
  return exports::file_bytes(exports::named_document(language, report), *format);
}

int annex(ReportGroup const& group, Wanted const& wanted) {
  // Whoever owns the machine reads as a national role does: published cells.
  domain::Caller reader;
  reader.role = domain::Role::admin;
  reader.language = contract::language_from(wanted.language).value();
  reports::AnnexQuestion question{wanted.municipality};
  if (!wanted.as_of.empty()) question.as_of = wanted.as_of;
  return on_installation(group, [&](Installation& installation) {
    return read_report(installation, [&](ledger::ReadTx& tx) {
      auto const today = helsinki_day(SystemClock().now());
      auto const report = reports::draw_annex(tx, question, reader, today);
      return report ? write_report(wanted.file, bytes_of_annex(wanted, *report))
                    : refuse(report.error());
    });
  });
}

}  // namespace

void add_annex(ReportGroup const& group) {
  auto& command = group.add("annex", "The wellbeing annex of a municipality");
  auto const wanted = std::make_shared<Wanted>();
  command.add_option("--municipality", wanted->municipality, "Its code, three digits")->required();
  command.add_option("--as-of", wanted->as_of, "A run, an RFC 3339 time or a ledger sequence");
  command.add_option("--lang", wanted->language, "Language; default: fi")
      ->check(CLI::IsMember({"fi", "sv", "en"}));
  command.add_option("--format", wanted->format, "Kind of file; default: json")
      ->check(CLI::IsMember({"json", "csv", "csv-rfc4180", "xlsx", "pdf"}));
  command.add_option("--out", wanted->file, "File; default: standard output");
  command.callback([group, wanted] { group.result = annex(group, *wanted); });
}

}  // namespace kaiku::commands
