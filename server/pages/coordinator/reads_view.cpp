#include "server/pages/coordinator/reads_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/links.hpp"

namespace kaiku::pages {
namespace {

void put_filter(Page& page, Frame const& frame, ReadsPage const& model) {
  auto& values = page.values;
  auto const& filter = model.filter;
  auto const choice = [&](char const* name, char const* id, Text label,
                          std::vector<Option> const& options, std::string const& chosen,
                          std::string_view hint = "") {
    values.set(name, filter_choice(page, {.id = id,
                                          .label = in(frame.language, label),
                                          .options = options,
                                          .chosen = chosen,
                                          .hint = hint}));
  };
  values.set("has_areas", !model.areas.empty());
  choice("area", "area", Text::place_area, model.areas, filter.area);
  choice("office_filter", "office", Text::reads_office, model.offices, filter.office);
  choice("account_filter", "account", Text::reads_account, model.accounts, filter.account,
         in(frame.language, Text::reads_account_hint));
  choice("kind_filter", "kind", Text::reads_kind, model.kinds, filter.kind);
  auto const day = [&](char const* id, Text label, std::string const& value) {
    values.set(id, filter_text(page, {.id = id,
                                      .label = in(frame.language, label),
                                      .value = value,
                                      .fault = fault_of(model.faults, id),
                                      .maxlength = 12,
                                      .narrow = true,
                                      .autofocus = takes_cursor(model.faults, id)}));
  };
  day("from", Text::judged_from, filter.from);
  day("to", Text::judged_to, filter.to);
}

Data row_data(ReadRow const& row) {
  Data data;
  data.set("time", row.time);
  data.set("office", row.office);
  data.set("account", row.account);
  data.set("kind", row.kind);
  data.set("card", row.card);
  return data;
}

Data worker_data(WorkerReadsRow const& row) {
  Data data;
  data.set("account", row.account);
  data.set("office", row.office);
  data.set("number", row.reads);
  data.set("median", row.median);
  return data;
}

}  // namespace

std::string reads_address(ReadsFilter const& filter,
                          std::vector<std::pair<std::string, std::string>> more) {
  std::vector<std::pair<std::string, std::string>> asked;
  auto const put = [&](char const* name, std::string const& value) {
    if (!value.empty()) asked.emplace_back(name, value);
  };
  put("area", filter.area);
  put("office", filter.office);
  put("account", filter.account);
  put("kind", filter.kind);
  put("from", filter.from);
  put("to", filter.to);
  asked.insert(asked.end(), more.begin(), more.end());
  return asked.empty() ? "/reads" : without_identity_codes("/reads?" + encoded(asked));
}

Page reads_page(Frame const& frame, ReadsPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::reads_title)), .body = embedded::reads};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  put_filter(page, frame, model);
  std::vector<Data> workers;
  for (auto const& row : model.workers) workers.push_back(worker_data(row));
  values.set("has_workers", !workers.empty());
  values.set("workers", list_of(workers));
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("count", model.count);
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
