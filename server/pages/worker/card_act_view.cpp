#include "server/pages/worker/card_act_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data facts_of(ActPage const& model) {
  std::vector<Data> facts;
  for (auto const& [label, value] : model.facts) {
    Data fact;
    fact.set("label", label);
    fact.set("value", value);
    facts.push_back(fact);
  }
  return list_of(facts);
}

Data lines_of(ActPage const& model) {
  std::vector<Data> lines;
  for (auto const& line : model.lines) {
    Data entry;
    entry.set("line", line);
    lines.push_back(entry);
  }
  return list_of(lines);
}

// The one fault's field has the cursor; without one, a field that a person has to fill in.
bool has_cursor(ActPage const& model, std::string_view id, bool is_first) {
  return model.faults.empty() ? is_first : takes_cursor(model.faults, id);
}

void put_fields(Data& values, Frame const& frame, ActPage const& model) {
  auto const put = [&](std::optional<std::string> const& typed, TextField field, bool is_first) {
    std::string const id(field.id);
    if (!typed) {
      values.set(id + "_field", Data(false));
      return;
    }
    field.value = *typed;
    field.fault = fault_of(model.faults, field.id);
    field.autofocus = has_cursor(model, field.id, is_first);
    values.set(id + "_field", text_field(field));
  };
  put(model.replacement,
      {.id = "replacement",
       .label = in(frame.language, Text::card_replacement),
       .hint = in(frame.language, Text::card_code_hint),
       .maxlength = 512,
       .code = true},
      true);
  put(model.until,
      {.id = "until",
       .label = in(frame.language, Text::card_block_until),
       .hint = in(frame.language, Text::card_block_until_hint),
       .maxlength = 20,
       .narrow = true,
       .optional = true},
      false);
  put(model.children,
      {.id = "children",
       .label = in(frame.language, Text::issue_children),
       .hint = model.children_hint,
       .maxlength = 2,
       .numeric = true,
       .narrow = true,
       .yours = model.children_yours},
      model.act == Text::card_change_children);
}

}  // namespace

Page act_page(Frame const& frame, ActPage const& model) {
  Page page{.title = std::string(in(frame.language, model.act)), .body = embedded::card_act};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("heading", page.title);
  values.set("path", model.path);
  values.set("form_id", model.form_id);
  values.set("card", model.card);
  values.set("seen", model.seen);
  values.set("short_code", model.short_code);
  values.set("back", model.back);
  values.set("facts", facts_of(model));
  values.set("has_lines", !model.lines.empty());
  values.set("lines", lines_of(model));
  values.set("bar", text_or_nothing(model.bar));
  values.set("may", model.bar.empty());
  put_fields(values, frame, model);
  values.set("makes", model.replacement.has_value());
  if (model.reasons.empty()) {
    values.set("reason_field", Data(false));
  } else {
    values.set("reason_field", radio_group({.id = "reason",
                                            .label = in(frame.language, Text::card_reason),
                                            .options = model.reasons,
                                            .chosen = model.reason,
                                            .fault = fault_of(model.faults, "reason"),
                                            .autofocus = takes_cursor(model.faults, "reason")}));
  }
  return page;
}

}  // namespace kaiku::pages
