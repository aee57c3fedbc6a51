#include "server/pages/venue/venue_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

constexpr int most_radios = 20;

std::vector<Option> numbers(int least, int most) {
  std::vector<Option> options;
  for (int n = least; n <= std::min(most, most_radios); ++n) {
    options.push_back({std::to_string(n), std::to_string(n)});
  }
  return options;
}

Data override_reasons(Frame const& frame, std::string_view fault) {
  static constexpr std::array<std::pair<std::string_view, Text>, 4> reasons{
      {{"left_and_returned", Text::override_left_and_returned},
       {"scanned_twice", Text::override_scanned_twice},
       {"other_person", Text::override_other_person},
       {"known_here", Text::override_known_here}}};
  ChoiceField field{
      .id = "reason", .label = in(frame.language, Text::venue_override_reason), .fault = fault};
  for (auto const& [word, label] : reasons) {
    field.options.push_back({std::string(word), std::string(in(frame.language, label))});
  }
  return radio_group(field);
}

Data panel_of(Frame const& frame, VenuePanel const& panel) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> looks{
      {{"ok", "✓"}, {"warn", "!"}, {"no", "✕"}}};
  auto const& [style, icon] = looks[static_cast<std::size_t>(panel.style)];
  Data data;
  data.set("style", std::string(style));
  data.set("icon", std::string(icon));
  data.set("title", panel.title);
  std::vector<Data> lines;
  for (auto const& line : panel.lines) lines.emplace_back(Data("line", line));
  data.set("lines", list_of(lines));
  data.set("aloud", panel.aloud.empty() ? Data(false)
                                        : Data(fill(frame.language, Text::venue_aloud,
                                                    {{"sentence", panel.aloud}})));
  data.set("closing", panel.closing.empty() ? Data(false)
                                            : Data(fill(frame.language, Text::venue_closing,
                                                        {{"sentence", panel.closing}})));
  data.set("undo", panel.undo != 0);
  data.set("redemption", std::to_string(panel.undo));
  data.set("undo_label", panel.undo_label);
  data.set("overrule", text_or_nothing(panel.overrule));
  data.set("open", !panel.reason_fault.empty());
  if (!panel.overrule.empty()) data.set("reason", override_reasons(frame, panel.reason_fault));
  return data;
}

Data others_of(Frame const& frame, VenueOffer const& offer) {
  std::vector<Data> others;
  auto const add = [&](char const* id, Text label, bool offered, int chosen) {
    if (!offered) return;
    Data entry;
    entry.set("id", id);
    entry.set("label", std::string(in(frame.language, label)));
    entry.set("selected", chosen > 0);
    others.push_back(entry);
  };
  add("assistant", Text::venue_assistant, offer.extras, offer.chosen.assistant);
  add("interpreter", Text::venue_interpreter, offer.extras, offer.chosen.interpreter);
  add("companion", Text::venue_companion, offer.extras && offer.companion, offer.chosen.companion);
  return list_of(others);
}

Data offer_of(Frame const& frame, VenueOffer const& offer) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Data data;
  auto const most = std::to_string(offer.children_max);
  data.set("children_line", offer.children_max > 0
                                ? fill(frame.language, Text::venue_up_to_children, {{"n", most}})
                                : std::string(text(Text::venue_no_children)));
  auto const adults = std::to_string(offer.chosen.adult);
  auto const children = std::to_string(offer.chosen.child);
  // An adult's ticket was given earlier today, or the card has none left here: children alone come
  // in.
  if (offer.community) {
    data.set("adults", radio_group({.id = "adults",
                                    .label = text(Text::venue_community_adults),
                                    .options = numbers(0, offer.adults_max),
                                    .chosen = adults}));
  } else if (offer.children_max > 0) {
    data.set("adults", radio_group({.id = "adults",
                                    .label = text(Text::venue_holder),
                                    .options = numbers(0, offer.adults_max),
                                    .chosen = adults}));
  }
  data.set("one_adult", !offer.community && offer.children_max == 0);
  if (offer.children_max > 0) {
    data.set("children", radio_group({.id = "children",
                                      .label = text(Text::venue_children),
                                      .options = numbers(0, offer.children_max),
                                      .chosen = children}));
  }
  data.set("has_others", offer.extras);
  data.set("others", others_of(frame, offer));
  data.set("next_code", text_field({.id = "next",
                                    .label = text(Text::venue_next_code),
                                    .hint = text(Text::venue_next_hint),
                                    .maxlength = 512,
                                    .code = true,
                                    .autofocus = true}));
  return data;
}

Data given_of(Frame const& frame, std::vector<GivenRow> const& rows) {
  std::vector<Data> given;
  for (auto const& row : rows) {
    Data entry;
    entry.set("time", row.time);
    entry.set("card_short", row.card_short);
    entry.set("tickets", row.tickets);
    entry.set("undoable", row.redemption != 0);
    entry.set("redemption", std::to_string(row.redemption));
    entry.set("undo_label", fill(frame.language, Text::venue_undo_of, {{"card", row.card_short}}));
    entry.set("undone", row.undone);
    given.push_back(entry);
  }
  return list_of(given);
}

Data quotas_of(Frame const& frame, std::vector<QuotaRow> const& rows) {
  std::vector<Data> quotas;
  for (auto const& row : rows) {
    auto const left = std::max<std::int64_t>(0, row.quota - row.used);
    Data entry;
    entry.set("title", row.title);
    entry.set("text", fill(frame.language, Text::venue_quota,
                           {{"used", std::to_string(row.used)},
                            {"quota", std::to_string(row.quota)},
                            {"left", std::to_string(left)}}));
    auto const percent =
        row.quota > 0 ? std::min<std::int64_t>(100, row.used * 100 / row.quota) : 100;
    entry.set("percent", std::to_string(percent));
    quotas.push_back(entry);
  }
  return list_of(quotas);
}

Data scan_of(Frame const& frame, VenuePage const& model) {
  Data scan;
  scan.set("action", model.fast ? "/venue/redeem" : "/venue/check");
  scan.set("event", select_field({.id = "event",
                                  .label = in(frame.language, Text::venue_event),
                                  .options = model.events,
                                  .chosen = model.event}));
  scan.set("card", card_field(frame.language, model.typed, model.faults, true));
  return scan;
}

}  // namespace

std::string venue_address(std::string_view event, bool fast) {
  // 0 is "no event" in so many words; /venue alone takes the event that is on.
  std::string address = "/venue?event=";
  address.append(event.empty() ? "0" : event);
  address.append(fast ? "&fast=1" : "&fast=0");
  return address;
}

Page venue_page(Frame const& frame, VenuePage const& model) {
  Page page{.title = model.heading, .body = embedded::venue};
  page.faulty = !model.faults.empty();
  page.status = page.faulty ? 422 : 200;
  if (model.panel)
    page.title = model.panel->title + " – " + model.heading;
  else if (model.offer)
    page.title = std::string(in(frame.language, Text::venue_valid)) + " – " + model.heading;
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("heading", model.heading);
  values.set("form_id", model.form_id);
  values.set("code", model.code);
  values.set("event_id", model.event);
  values.set("fast", model.fast);
  values.set("fast_value", model.fast ? "1" : "");
  values.set("recent", text_or_nothing(model.recent));
  values.set("here", venue_address(model.event, model.fast));
  values.set("mode_href", venue_address(model.event, !model.fast));
  values.set("panel", model.panel ? panel_of(frame, *model.panel) : Data(false));
  values.set("give", model.offer ? offer_of(frame, *model.offer) : Data(false));
  values.set("scan", model.offer ? Data(false) : scan_of(frame, model));
  auto const tickets = std::to_string(model.tickets_today);
  auto const children = std::to_string(model.children_today);
  values.set("count_line", model.tickets_today > 0
                               ? fill(frame.language, Text::venue_today_count,
                                      {{"tickets", tickets}, {"children", children}})
                               : std::string(in(frame.language, Text::venue_today_empty)));
  values.set("quotas", quotas_of(frame, model.quotas));
  values.set("has_given", !model.given.empty());
  values.set("given", given_of(frame, model.given));
  return page;
}

}  // namespace kaiku::pages
