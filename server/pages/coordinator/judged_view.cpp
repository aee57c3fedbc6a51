#include "server/pages/coordinator/judged_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/ruling_reasons.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/undo_reasons.hpp"
#include "server/pages/frame/verdict_text.hpp"

namespace kaiku::pages {
namespace {

Data use_data(JudgedPage const& model, JudgedRow const& row) {
  Data data;
  data.set("address", judged_address(model.filter, {{"use", row.id}}));
  data.set("id", row.id);
  data.set("time", row.time);
  data.set("venue", row.venue);
  data.set("tickets", row.tickets);
  data.set("verdict", row.verdict);
  data.set("standing", row.standing);
  return data;
}

std::vector<Data> uses_data(JudgedPage const& model) {
  std::vector<Data> data;
  for (auto const& row : model.uses) data.push_back(use_data(model, row));
  return data;
}

void put_repeated(Data& values, JudgedPage const& model) {
  std::vector<Data> rows;
  for (auto const& row : model.repeated) {
    Data data;
    data.set("day", row.day);
    data.set("venue", row.venue);
    data.set("tickets", row.tickets);
    rows.push_back(data);
  }
  values.set("has_repeated", !rows.empty());
  values.set("repeated", list_of(rows));
  values.set("repeated_period", model.repeated_period);
}

Data ruling_field(Frame const& frame, std::string const& id, JudgedPage const& model) {
  auto const field_id = "ruling-" + id;
  ChoiceField field{.id = field_id, .label = in(frame.language, Text::ruling_label)};
  field.options = ruling_options(frame.language);
  field.chosen = model.held[field_id];
  field.fault = fault_of(model.faults, field_id);
  field.autofocus = takes_cursor(model.faults, field_id);
  return select_field(field);
}

Data undo_field(Frame const& frame, JudgedPage const& model) {
  ChoiceField field{.id = "reason", .label = in(frame.language, Text::undo_reason)};
  field.options = undo_reason_options(frame.language);
  field.options.insert(field.options.begin(),
                       {"", std::string(in(frame.language, Text::ruling_choose))});
  field.chosen = model.held["reason"];
  field.fault = fault_of(model.faults, "reason");
  field.autofocus = takes_cursor(model.faults, "reason");
  return select_field(field);
}

Data waiting_data(Frame const& frame, JudgedPage const& model, JudgedRow const& row) {
  auto data = use_data(model, row);
  data.set("csrf", frame.csrf);
  data.set("form_id", row.form_id);
  data.set("back", judged_address(model.filter));
  data.set("ruling", ruling_field(frame, row.id, model));
  return data;
}

Data shown_data(Frame const& frame, JudgedPage const& model) {
  auto data = waiting_data(frame, model, model.shown->row);
  data.set("event", text_or_nothing(model.shown->event));
  data.set("waits", model.shown->waits);
  data.set("may_be_undone", model.shown->may_be_undone);
  data.set("reason", undo_field(frame, model));
  return data;
}

void put_filter(Page& page, Frame const& frame, JudgedPage const& model) {
  auto& values = page.values;
  auto const text = [&](Text key) { return in(frame.language, key); };
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = text(Text::figures_area),
                                          .options = model.areas,
                                          .chosen = model.filter.area}));
  values.set("venue_filter", filter_choice(page, {.id = "venue",
                                                  .label = text(Text::judged_venue),
                                                  .options = model.venues,
                                                  .chosen = model.filter.venue}));
  ChoiceField verdict{.id = "verdict", .label = text(Text::judged_verdict)};
  verdict.options.push_back({"", std::string(text(Text::judged_but_fine))});
  for (auto const& [word, label] : verdict_rows()) {
    verdict.options.push_back({std::string(word), std::string(text(label))});
  }
  verdict.chosen = model.filter.verdict;
  values.set("verdict_filter", filter_choice(page, verdict));
  auto const day = [&](char const* id, Text label, std::string const& value) {
    values.set(id, filter_text(page, {.id = id,
                                      .label = text(label),
                                      .value = value,
                                      .fault = fault_of(model.faults, id),
                                      .maxlength = 12,
                                      .narrow = true,
                                      .autofocus = takes_cursor(model.faults, id)}));
  };
  day("from", Text::judged_from, model.filter.from);
  day("to", Text::judged_to, model.filter.to);
}

}  // namespace

std::string judged_address(JudgedFilter const& filter,
                           std::vector<std::pair<std::string, std::string>> more) {
  std::vector<std::pair<std::string, std::string>> asked;
  auto const put = [&](char const* name, std::string const& value) {
    if (!value.empty()) asked.emplace_back(name, value);
  };
  put("area", filter.area);
  put("venue", filter.venue);
  put("verdict", filter.verdict);
  put("from", filter.from);
  put("to", filter.to);
  asked.insert(asked.end(), more.begin(), more.end());
  return asked.empty() ? "/judged" : without_identity_codes("/judged?" + encoded(asked));
}

Page judged_page(Frame const& frame, JudgedPage const& model) {
  Page page{.title = with_outcome(model.message, std::string(in(frame.language, Text::judged))),
            .body = embedded::judged};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  if (!model.shown) put_filter(page, frame, model);  // a use stands alone, without the list
  values.set("message", text_or_nothing(model.message));
  values.set("shown", model.shown ? shown_data(frame, model) : Data(false));
  std::vector<Data> waiting;
  for (auto const& row : model.waiting) waiting.push_back(waiting_data(frame, model, row));
  values.set("has_waiting", !waiting.empty());
  values.set("waiting", list_of(waiting));
  values.set("more_wait", model.more_wait);
  std::vector<Data> counts;
  for (auto const& [word, uses] : model.counts) {
    Data count;
    count.set("verdict", std::string(verdict_text(frame.language, word)));
    auto of_verdict = model.filter;
    of_verdict.verdict = word;
    count.set("address", judged_address(of_verdict));
    count.set("n", number_text(frame.language, uses));
    counts.push_back(count);
  }
  values.set("has_counts", !counts.empty());
  values.set("counts", list_of(counts));
  auto const uses = uses_data(model);
  values.set("has_uses", !uses.empty());
  values.set("uses", list_of(uses));
  values.set("more", text_or_nothing(model.more));
  put_repeated(values, model);
  return page;
}

}  // namespace kaiku::pages
