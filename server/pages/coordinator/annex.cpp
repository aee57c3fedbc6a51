#include "server/pages/coordinator/annex.hpp"

#include <algorithm>
#include <utility>

#include "server/domain/report_run.hpp"
#include "server/exports/report_file.hpp"
#include "server/http/form.hpp"
#include "server/pages/coordinator/annex_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/saved_file.hpp"
#include "server/reports/annex.hpp"

namespace kaiku::pages {
namespace {

// Of all areas that the caller keeps, by name.
std::vector<Option> municipalities_of(ledger::ReadTx& tx, domain::Caller const& caller,
                                      Language language) {
  std::vector<Option> options;
  for (auto const& area : own_areas(tx, caller, language)) {
    for (auto const& municipality : tables::municipalities_of(tx, area.id)) {
      options.push_back({municipality.code, municipality.name.in(language)});
    }
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  return options;
}

struct Annex {
  Frame frame;
  AnnexPage page;
};

Result<Annex> draw(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  Annex annex{network_frame(call, tx), {}};
  auto& [frame, page] = annex;
  auto caller = call.caller();
  caller.language = frame.language;
  page.municipalities = municipalities_of(tx, caller, frame.language);
  std::string asked(values["municipality"]);
  if (asked.empty() && page.municipalities.size() == 1) asked = page.municipalities.front().value;
  if (std::ranges::count(page.municipalities, asked, &Option::value) > 0) page.municipality = asked;
  if (page.municipality.empty()) return annex;
  auto const report = reports::draw_annex(tx, {page.municipality}, caller, call.today());
  if (report) {
    page.document = exports::named_document(frame.language, *report);
    page.has_population = std::ranges::any_of(
        report->years, [](reports::AnnexYear const& year) { return year.people.has_value(); });
    page.file_address = "/figures/annex/file?municipality=" + page.municipality + "&as=";
    return annex;
  }
  if (report.error().problem != Problem::not_found) return report.error();
  page.published_on = domain::next_settlement(call.today());
  return annex;
}

}  // namespace

Result<http::Response> get_annex(access::Call const& call, ledger::ReadTx& tx) {
  auto const annex = draw(call, tx);
  if (!annex) return annex.error();
  return respond(annex->frame, annex_page(annex->frame, annex->page));
}

Result<http::Response> get_annex_file(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = call.query();
  if (!values) return values.error();
  auto const format = exports::format_from(FormValues(*values)["as"]);
  if (!format) return Error(Problem::not_found);
  auto const annex = draw(call, tx);
  if (!annex) return annex.error();
  if (!annex->page.document) return Error(Problem::not_found, "not published yet");
  auto const document = *annex->page.document;
  return file_response(exports::file_name(document, *format), exports::media_type_of(*format),
                       [document, format] { return exports::file_bytes(document, *format); });
}

}  // namespace kaiku::pages
