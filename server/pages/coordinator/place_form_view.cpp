#include "server/pages/coordinator/place_form_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data links_data(std::vector<Link> const& links) {
  std::vector<Data> items;
  for (auto const& link : links) {
    Data item;
    item.set("href", link.href);
    item.set("label", link.label);
    // The first is the next step, the others stand beside it.
    item.set("style", items.empty() ? "button" : "button second");
    items.push_back(item);
  }
  return list_of(items);
}

Data texts_data(std::vector<std::string> const& texts) {
  std::vector<Data> items;
  for (auto const& text : texts) items.emplace_back("line", text);
  return list_of(items);
}

Data hidden_data(http::FormPairs const& pairs) {
  std::vector<Data> items;
  for (auto const& [name, value] : pairs) {
    Data item;
    item.set("name", name);
    item.set("value", value);
    items.push_back(item);
  }
  return list_of(items);
}

std::string label_of(std::vector<Option> const& options, std::string_view value) {
  auto const found = std::ranges::find(options, value, &Option::value);
  return found == options.end() ? std::string(value) : found->label;
}

}  // namespace

Data link_data(Link const& link) {
  if (link.href.empty()) return Data(false);
  Data data;
  data.set("href", link.href);
  data.set("label", link.label);
  return data;
}

template <class Field>
void FieldList::fill(Field& field) {
  field.fault = fault_of(filled_.faults, field.id);
  field.autofocus = filled_.faults.empty() ? filled_.starts_empty && fields_.empty()
                                           : takes_cursor(filled_.faults, field.id);
}

void FieldList::add(char const* kind, Data field) {
  Data item;
  for (std::string_view const known :
       {"text", "lines", "select", "radios", "ticks", "file", "heading"}) {
    item.set(std::string(known), known == kind ? field : Data(false));
  }
  fields_.push_back(item);
}

FieldList& FieldList::text(TextField field) {
  fill(field);
  field.value = filled_.values[field.id];
  field.yours = filled_.yours[field.id];
  add("text", text_field(field));
  return *this;
}

FieldList& FieldList::lines(TextField field, int rows) {
  fill(field);
  field.value = filled_.values[field.id];
  field.yours = filled_.yours[field.id];
  add("lines", text_area(field, rows));
  return *this;
}

FieldList& FieldList::select(ChoiceField field) {
  fill(field);
  field.chosen = filled_.values[field.id];
  auto const yours = filled_.yours[field.id];
  auto const label = yours.empty() ? std::string() : label_of(field.options, yours);
  field.yours = label;
  add("select", select_field(field));
  return *this;
}

FieldList& FieldList::radios(ChoiceField field) {
  fill(field);
  field.chosen = filled_.values[field.id];
  auto const yours = filled_.yours[field.id];
  auto const label = yours.empty() ? std::string() : label_of(field.options, yours);
  field.yours = label;
  add("radios", radio_group(field));
  return *this;
}

FieldList& FieldList::ticks(TickField field) {
  field.fault = fault_of(filled_.faults, field.id);
  field.chosen = filled_.values[field.id];
  field.yours = filled_.yours[field.id];
  field.autofocus = takes_cursor(filled_.faults, field.id);
  add("ticks", tick_groups(field));
  return *this;
}

FieldList& FieldList::file(FieldParts parts) {
  parts.fault = fault_of(filled_.faults, parts.id);
  auto data = field_parts(parts);
  data.set("autofocus", takes_cursor(filled_.faults, parts.id));
  add("file", data);
  return *this;
}

FieldList& FieldList::heading(std::string_view text) {
  Data data;
  data.set("line", std::string(text));
  add("heading", data);
  return *this;
}

void add_contact_person(FieldList& list, Language language) {
  list.heading(in(language, Text::contact_person))
      .text({.id = "contact_role",
             .label = in(language, Text::contact_role),
             .hint = in(language, Text::contact_role_hint),
             .maxlength = 120,
             .optional = true})
      .text({.id = "work_contact",
             .label = in(language, Text::work_contact),
             .hint = in(language, Text::work_contact_hint),
             .maxlength = 200,
             .optional = true});
}

Page place_form_page(Frame const& frame, PlaceForm const& model) {
  Page page;
  page.title = with_outcome(model.warning, with_outcome(model.done, model.title));
  if (!model.about.empty()) page.title += " – " + model.about;
  page.body = embedded::place_form;
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("title", model.title);
  values.set("about", text_or_nothing(model.about));
  values.set("action", model.action);
  values.set("takes_file", model.takes_file);
  values.set("form_id", model.form_id);
  values.set("seen", text_or_nothing(model.seen));
  values.set("done", text_or_nothing(model.done));
  values.set("has_next", !model.next.empty());
  values.set("next", links_data(model.next));
  values.set("warning", text_or_nothing(model.warning));
  values.set("intro", texts_data(model.intro));
  values.set("has_parts", !model.parts.empty());
  values.set("parts", links_data(model.parts));
  values.set("parts_label", std::string(in(frame.language, Text::place_parts)));
  values.set("hidden", hidden_data(model.hidden));
  values.set("fields", list_of(model.fields));
  values.set("submit", text_or_nothing(model.submit));
  values.set("also", text_or_nothing(model.also));
  return page;
}

Page place_confirm_page(Frame const& frame, PlaceConfirm const& model) {
  std::string const title(in(frame.language, Text::confirm_title));
  Page page{.title = title + " – " + model.about, .body = embedded::place_confirm};
  auto& values = page.values;
  values.set("title", title);
  values.set("about", model.about);
  values.set("lines", texts_data(model.lines));
  page.faulty = !model.faults.empty();
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("field", model.field.value_or(Data(false)));
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data item;
    item.set("name", row.name);
    item.set("before", row.before);
    item.set("after", row.after);
    item.set("note", text_or_nothing(row.note));
    rows.push_back(item);
  }
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("action", model.action);
  values.set("form_id", model.form_id);
  values.set("hidden", hidden_data(model.hidden));
  values.set("submit", model.submit);
  values.set("back", text_or_nothing(model.back));
  return page;
}

Page place_choice_page(PlaceChoice const& model) {
  Page page{.title = model.title, .body = embedded::place_choice};
  page.values.set("title", model.title);
  page.values.set("question", model.question);
  page.values.set("answers", links_data(model.answers));
  return page;
}

}  // namespace kaiku::pages
