#include "server/pages/coordinator/approvals_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {
namespace {

void put_row(Data& data, ApprovalRow const& row) {
  data.set("href", row.href);
  data.set("what", row.what);
  data.set("of_area", row.area);
  data.set("asker", row.asker);
  data.set("asked", row.asked);
  data.set("state", row.state);
}

}  // namespace

Page approvals_page(Frame const& frame, ApprovalsPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::approvals_title)),
            .body = embedded::approvals};
  auto& values = page.values;
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = in(frame.language, Text::place_area),
                                          .options = model.areas,
                                          .chosen = model.area}));
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data data;
    put_row(data, row);
    rows.push_back(data);
  }
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("count", model.count);
  values.set("more", text_or_nothing(model.more));
  return page;
}

Page approval_page(Frame const& frame, ApprovalPage const& model) {
  Page page{.title = with_outcome(model.message, model.row.what), .body = embedded::approval};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  put_row(values, model.row);
  values.set("path", model.path);
  values.set("office", text_or_nothing(model.office));
  values.set("until", model.until);
  values.set("decider", text_or_nothing(model.decider));
  values.set("batch", text_or_nothing(model.batch));
  values.set("batch_href", model.batch_href);
  values.set("message", text_or_nothing(model.message));
  values.set("waits", text_or_nothing(model.waits));
  values.set("may_decide", model.may_decide);
  values.set("may_take_back", model.may_take_back);
  values.set("form_id", model.form_id);
  Data code(false);
  if (model.asks_code) {
    auto field = code_field(frame.language);
    field.fault = fault_of(model.faults, code_field_name);
    field.autofocus = takes_cursor(model.faults, code_field_name);
    code = text_field(field);
  }
  values.set("code", code);
  return page;
}

}  // namespace kaiku::pages
