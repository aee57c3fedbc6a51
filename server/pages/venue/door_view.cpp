#include "server/pages/venue/door_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

constexpr int most_radios = 20;
constexpr int longest_typed = 1024;

std::vector<Option> numbers(int most) {
  std::vector<Option> options;
  for (int n = 0; n <= std::min(most, most_radios); ++n) {
    options.push_back({std::to_string(n), std::to_string(n)});
  }
  return options;
}

void put_panel(Data& values, Frame const& frame, DoorPanel const& panel) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> looks{
      {{"ok", "✓"}, {"warn", "!"}, {"no", "✕"}}};
  auto const& [style, icon] = looks[static_cast<std::size_t>(panel.style)];
  values.set("style", std::string(style));
  values.set("icon", std::string(icon));
  values.set("title", panel.title);
  std::vector<Data> lines;
  for (auto const& line : panel.lines) lines.emplace_back(Data("line", line));
  values.set("lines", list_of(lines));
  auto const sentence = [&](Text text, std::string const& words) {
    return words.empty() ? Data(false) : Data(fill(frame.language, text, {{"sentence", words}}));
  };
  values.set("aloud", sentence(Text::venue_aloud, panel.aloud));
  values.set("message", text_or_nothing(panel.message));
  values.set("closing", sentence(Text::venue_closing, panel.closing));
}

// The line of a page with an outcome: a screen reader that arrives there says the outcome first.
Data line_field(Frame const& frame, std::string_view id, Text label, std::string_view hint,
                PageFaults const& faults) {
  auto data = text_field({.id = id,
                          .label = in(frame.language, label),
                          .hint = hint,
                          .fault = fault_of(faults, id),
                          .maxlength = longest_typed,
                          .code = true,
                          .autofocus = true});
  std::string const name(id);
  auto const fault = fault_of(faults, id).empty() ? std::string() : " " + name + "-fault";
  data.set("described", "outcome outcome-lines " + name + "-hint" + fault);
  return data;
}

// What the line of this card takes; nothing that it has no ticket for.
std::string hint_of(Frame const& frame, DoorCardPage const& model) {
  bool const is_offer = model.panel.style == PanelStyle::ok;
  bool const warns = !model.overrule.empty();
  if (!is_offer && !warns) return std::string(in(frame.language, Text::card_code_hint));
  std::string hint;
  auto const add = [&](Text text, bool told) {
    if (told) hint.append(in(frame.language, text)).append(" ");
  };
  int const children = model.offer ? model.offer->children_max : 0;
  add(Text::door_hint_reasons, warns);
  add(Text::door_hint_children_alone, warns && children > 0);
  add(Text::door_hint_one, is_offer);
  add(Text::door_hint_child, is_offer && children == 1);
  add(Text::door_hint_children, is_offer && children > 1);
  add(Text::door_hint_assistants, is_offer && model.offer && model.offer->assistants);
  add(Text::door_hint_companion, is_offer && model.offer && model.offer->companion);
  return hint.append(in(frame.language, Text::door_hint_next));
}

Data others_of(Frame const& frame, DoorOffer const& offer) {
  std::vector<Data> others;
  auto const add = [&](char const* id, Text label, bool offered, int chosen) {
    if (!offered) return;
    Data entry;
    entry.set("id", id);
    entry.set("label", std::string(in(frame.language, label)));
    entry.set("selected", chosen > 0);
    others.push_back(entry);
  };
  add("assistant", Text::venue_assistant, offer.assistants, offer.chosen.assistant);
  add("interpreter", Text::venue_interpreter, offer.assistants, offer.chosen.interpreter);
  add("companion", Text::venue_companion, offer.companion, offer.chosen.companion);
  return list_of(others);
}

// What goes along without being asked.
Data fixed_of(DoorOffer const& offer) {
  std::vector<Data> fixed;
  auto const add = [&](char const* name, int count) {
    Data entry;
    entry.set("name", name);
    entry.set("count", std::to_string(count));
    fixed.push_back(entry);
  };
  if (!offer.asks_adult) add("adults", offer.adult);
  if (offer.is_whole) {
    add("children", offer.chosen.child);
    add("assistant", offer.chosen.assistant);
    add("interpreter", offer.chosen.interpreter);
    add("companion", offer.chosen.companion);
  }
  return list_of(fixed);
}

Data offer_of(Frame const& frame, DoorOffer const& offer) {
  Data data;
  if (offer.asks_adult) {
    data.set("adults", radio_group({.id = "adults",
                                    .label = in(frame.language, Text::venue_holder),
                                    .options = numbers(1),
                                    .chosen = std::to_string(offer.chosen.adult)}));
  }
  data.set("fixed", fixed_of(offer));
  if (offer.children_max > 0) {
    auto const children = std::to_string(offer.chosen.child);
    data.set("children", radio_group({.id = "children",
                                      .label = in(frame.language, Text::venue_children),
                                      .options = numbers(offer.children_max),
                                      .chosen = children}));
  }
  data.set("has_others", offer.assistants || offer.companion);
  data.set("others", others_of(frame, offer));
  data.set("submit", offer.submit);
  return data;
}

// In the order of their keys, P1 to P4.
Data reasons_of(Frame const& frame) {
  static constexpr std::array<std::pair<std::string_view, Text>, 4> reasons{
      {{"left_and_returned", Text::override_left_and_returned},
       {"scanned_twice", Text::override_scanned_twice},
       {"other_person", Text::override_other_person},
       {"known_here", Text::override_known_here}}};
  std::vector<Data> buttons;
  for (auto const& [word, text] : reasons) {
    Data button;
    button.set("word", std::string(word));
    button.set("key", "P" + std::to_string(buttons.size() + 1));
    button.set("label", fill(frame.language, Text::door_give_anyway,
                             {{"reason", in(frame.language, text)}}));
    buttons.push_back(button);
  }
  return list_of(buttons);
}

void put_desk(Data& values, std::string const& event_id, bool fast) {
  values.set("event_id", event_id);
  values.set("fast_value", fast ? "1" : "0");
}

Data groups_of(DoorPage const& model) {
  std::vector<Data> groups;
  for (auto const& group : model.groups) {
    Data data;
    data.set("title", text_or_nothing(group.title));
    std::vector<Data> options;
    for (auto const& event : group.events) {
      Data option;
      option.set("value", event.value);
      option.set("label", event.label);
      option.set("selected", model.may_scan && event.value == model.event_id);
      option.set("autofocus", !model.may_scan && groups.empty() && options.empty());
      options.push_back(option);
    }
    data.set("options", list_of(options));
    groups.push_back(data);
  }
  return list_of(groups);
}

}  // namespace

void put_given(Data& values, Frame const& frame, std::vector<GivenRow> const& rows) {
  std::vector<Data> given;
  for (auto const& row : rows) {
    Data entry;
    entry.set("time", row.time);
    entry.set("card_short", row.card_short);
    entry.set("tickets", row.tickets);
    entry.set("undoable", row.redemption != 0);
    entry.set("redemption", std::to_string(row.redemption));
    entry.set("undo_label",
              fill(frame.language, Text::venue_undo_of,
                   {{"tickets", row.tickets}, {"card", row.card_short}, {"time", row.time}}));
    entry.set("undo_until", fill(frame.language, Text::door_undo_until, {{"t", row.undo_until}}));
    entry.set("undone", row.undone);
    entry.set("ask", text_or_nothing(row.ask));
    entry.set("ask_label",
              fill(frame.language, Text::undo_ask_of,
                   {{"tickets", row.tickets}, {"card", row.card_short}, {"time", row.time}}));
    entry.set("asked_standing", row.standing);
    given.push_back(entry);
  }
  values.set("has_given", !rows.empty());
  values.set("given", list_of(given));
}

Page door_page(Frame const& frame, DoorPage const& model) {
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  Page page{.title = text(Text::venue_title), .body = embedded::door};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  put_desk(values, model.event_id, model.fast);
  values.set("form_id", model.form_id);
  values.set("event", model.event);
  values.set("places", text_or_nothing(model.places));
  values.set("note", text_or_nothing(model.note));
  values.set("may_scan", model.may_scan);
  values.set("has_groups", !model.groups.empty());
  values.set("groups", groups_of(model));
  values.set("is_later", model.is_later);
  values.set("earlier", text_or_nothing(model.earlier));
  values.set("later", text_or_nothing(model.later));
  values.set("fast", model.fast);
  values.set("mode_href", model.mode_href);
  values.set("owes_commitment", model.owes_commitment);
  values.set("card", card_field(frame.language, "", model.faults, true));
  put_given(values, frame, model.given);
  return page;
}

Page door_card_page(Frame const& frame, DoorCardPage const& model) {
  auto const heading = std::string(in(frame.language, Text::venue_title));
  Page page{.title = model.panel.title + " – " + heading, .body = embedded::door_card};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  bool const is_offer = model.panel.style == PanelStyle::ok;
  put_summary(values, model.faults);
  put_panel(values, frame, model.panel);
  put_desk(values, model.event_id, model.fast);
  values.set("form_id", model.form_id);
  values.set("scan_id", model.scan_id);
  values.set("action", model.action);
  values.set("desk", model.desk);
  values.set("beside", model.beside);
  values.set("before", text_or_nothing(model.before));
  values.set("offered", is_offer);
  values.set("offer", model.offer ? offer_of(frame, *model.offer) : Data(false));
  bool const warns = !model.overrule.empty();
  values.set("overrule", text_or_nothing(model.overrule));
  values.set("reasons", warns ? reasons_of(frame) : Data(false));
  bool const has_children = model.offer && model.offer->children_max > 0;
  auto const label = has_children ? Text::door_field : Text::venue_next_code;
  values.set("next", line_field(frame, "next", label, hint_of(frame, model), model.faults));
  return page;
}

Page door_given_page(Frame const& frame, DoorGivenPage const& model) {
  auto const heading = std::string(in(frame.language, Text::venue_title));
  Page page{.title = model.panel.title + " – " + heading, .body = embedded::door_given};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  put_panel(values, frame, model.panel);
  put_desk(values, model.event_id, model.fast);
  values.set("form_id", model.form_id);
  values.set("action", model.action);
  values.set("desk", model.desk);
  // What the heading says of the one ticket is not said again beside it.
  auto rows = model.tickets;
  bool const is_said =
      rows.size() == 1 && model.panel.title == in(frame.language, Text::venue_undone);
  if (is_said) rows.front().undone = false;
  put_given(values, frame, rows);
  auto const hint = in(frame.language, model.fast ? Text::door_add_hint : Text::card_code_hint);
  values.set("card", line_field(frame, "card", Text::venue_next_code, hint, model.faults));
  return page;
}

}  // namespace kaiku::pages
