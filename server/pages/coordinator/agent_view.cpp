#include "server/pages/coordinator/agent_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {

Page new_agent_page(Frame const& frame, NewAgentPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::agents_new)), .body = embedded::agent_new};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("form_id", model.form_id);
  values.set("area", model.area);
  values.set("area_name", model.area_name);
  values.set("name", text_field({.id = "name",
                                 .label = text(Text::place_name),
                                 .hint = text(Text::agent_name_hint),
                                 .value = model.name,
                                 .fault = fault_of(model.faults, "name"),
                                 .maxlength = 120,
                                 .autofocus = takes_cursor(model.faults, "name")}));
  values.set("venues_fault", text_or_nothing(fault_of(model.faults, "venues")));
  std::vector<Data> venues;
  for (auto const& venue : model.venues) {
    Data data;
    data.set("id", venue.id);
    data.set("label", venue.name);
    data.set("ticked", venue.ticked);
    venues.push_back(data);
  }
  values.set("venues", list_of(venues));
  auto code = code_field(frame.language);
  code.fault = fault_of(model.faults, code_field_name);
  code.autofocus = takes_cursor(model.faults, code_field_name);
  values.set("code", model.asks_code ? text_field(code) : Data(false));
  return page;
}

Page agent_page(Frame const& frame, AgentPage const& model) {
  Page page{.title = with_outcome(model.done, model.name), .body = embedded::agent};
  auto& values = page.values;
  values.set("path", model.path);
  values.set("name", model.name);
  values.set("area", model.area);
  std::vector<Data> venues;
  for (auto const& venue : model.venues) venues.emplace_back("line", venue);
  values.set("venues", list_of(venues));
  auto const state = model.is_revoked ? Text::agent_revoked : Text::agent_in_use;
  values.set("state", std::string(in(frame.language, state)));
  values.set("is_revoked", model.is_revoked);
  values.set("done", text_or_nothing(model.done));
  values.set("key", text_or_nothing(model.key));
  return page;
}

}  // namespace kaiku::pages
