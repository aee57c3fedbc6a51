#include "server/pages/public/help_view.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "pages/embedded_assets.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

using enum Text;

struct Case {
  Text when;
  Text text;
};
// Steps in order, or cases to look up, or a line.
struct Part {
  Text title;
  std::vector<Text> steps = {};
  std::vector<Case> cases = {};
  std::optional<Text> line = std::nullopt;
};
struct Help {
  std::string_view who;
  Text title;
  std::vector<Part> parts;
};

Help holder() {
  return {
      "holder",
      help_holder,
      {{help_holder_ticket,
        {help_holder_ticket_1, help_holder_ticket_2, help_holder_ticket_3, help_holder_ticket_4}},
       {help_holder_own, {help_holder_own_1, help_holder_own_2, help_holder_own_3}},
       {help_wrong,
        {},
        {{help_card_lost, help_holder_lost_do},
         {help_holder_letter, help_holder_letter_do},
         {help_holder_over, help_holder_over_do},
         {help_no_network, help_holder_network_do},
         {help_holder_found, help_holder_found_do},
         {help_holder_late, help_holder_late_do}}},
       {.title = help_ask, .line = help_holder_ask}}};
}

Help worker() {
  return {"worker",
          help_worker,
          {{help_worker_issue,
            {help_worker_issue_1, help_worker_issue_2, help_worker_issue_3, help_worker_issue_4,
             help_worker_issue_5}},
           {help_more,
            {},
            {{help_worker_stock, help_worker_stock_do},
             {help_worker_renew, help_worker_renew_do},
             {help_worker_children, help_worker_children_do},
             {help_worker_waiting, help_worker_waiting_do}}},
           {help_wrong,
            {},
            {{help_card_lost, help_worker_lost_do},
             {help_worker_no_letter, help_worker_no_letter_do},
             {help_worker_wrong, help_worker_wrong_do},
             {help_worker_typing, help_worker_typing_do},
             {help_no_network, help_worker_network_do},
             {help_signed_out, help_signed_out_do},
             {help_code_refused, help_code_refused_do},
             {help_forgot, help_forgot_staff}}},
           {.title = help_ask, .line = help_ask_coordinator}}};
}

Help venue() {
  return {"venue",
          help_venue,
          {{help_venue_give,
            {help_venue_give_1, help_venue_give_2, help_venue_give_3, help_venue_give_4,
             help_venue_give_5}},
           {help_more,
            {},
            {{help_venue_event, help_venue_event_do},
             {help_venue_fast, help_venue_fast_do},
             {help_venue_new_event, help_venue_new_event_do},
             {help_venue_reserve, help_venue_reserve_do},
             {help_venue_reserved, help_venue_reserved_do},
             {help_venue_reserve_change, help_venue_reserve_change_do},
             {help_venue_reserve_remove, help_venue_reserve_remove_do},
             {help_venue_day, help_venue_day_do}}},
           {help_wrong,
            {},
            {{help_venue_refused, help_venue_refused_do},
             {help_venue_unread, help_venue_unread_do},
             {help_venue_wrong, help_venue_wrong_do},
             {help_venue_late, help_venue_late_do},
             {help_venue_lost, help_venue_lost_do},
             {help_no_network, help_venue_network_do},
             {help_signed_out, help_signed_out_do},
             {help_forgot, help_forgot_staff}}},
           {.title = help_ask, .line = help_ask_coordinator}}};
}

Help coordinator() {
  return {"coordinator",
          help_coordinator,
          {{help_coordinator_people,
            {help_coordinator_people_1, help_coordinator_people_2, help_coordinator_people_3,
             help_coordinator_people_4}},
           {help_coordinator_cards,
            {help_coordinator_cards_1, help_coordinator_cards_2, help_coordinator_cards_3}},
           {help_more,
            {},
            {{help_coordinator_todo, help_coordinator_todo_do},
             {help_coordinator_approval, help_coordinator_approval_do},
             {help_coordinator_undo, help_coordinator_undo_do},
             {help_coordinator_message, help_coordinator_message_do},
             {help_agent, help_agent_do},
             {help_coordinator_figures, help_coordinator_figures_do},
             {help_coordinator_device, help_coordinator_device_do},
             {help_coordinator_national, help_coordinator_national_do}}},
           {help_wrong,
            {},
            {{help_card_lost, help_coordinator_lost_do},
             {help_coordinator_batch, help_coordinator_batch_do},
             {help_device_lost, help_device_lost_do},
             {help_reset, help_reset_do},
             {help_forgot, help_coordinator_forgot_do},
             {help_code_refused, help_code_refused_do},
             {help_no_network, help_coordinator_network_do}}},
           {.title = help_ask, .line = help_coordinator_ask}}};
}

Help administrator() {
  return {
      "administrator",
      help_administrator,
      {{help_administrator_start,
        {help_administrator_start_1, help_administrator_start_2, help_administrator_start_3,
         help_administrator_start_4}},
       {help_more,
        {},
        {{help_agent, help_agent_do}, {help_administrator_leaves, help_administrator_leaves_do}}},
       {help_wrong,
        {},
        {{help_reset, help_reset_do},
         {help_forgot, help_administrator_forgot_do},
         {help_code_refused, help_code_refused_do},
         {help_device_lost, help_device_lost_do},
         {help_administrator_network, help_administrator_network_do},
         {help_administrator_reference, help_administrator_reference_do}}},
       {.title = help_ask, .line = help_administrator_ask}}};
}

std::vector<Help> const& all_help() {
  static std::vector<Help> const all{holder(), worker(), venue(), coordinator(), administrator()};
  return all;
}

Text text_of(std::string_view key) {
  static auto const keys = [] {
    std::unordered_map<std::string_view, Text> found;
    for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(count_); ++n) {
      found.emplace(key_of(static_cast<Text>(n)), static_cast<Text>(n));
    }
    return found;
  }();
  auto const found = keys.find(key);
  if (found == keys.end()) throw std::logic_error("help names no text: " + std::string(key));
  return found->second;
}

std::string as_html(std::string_view text) {
  return kainjow::mustache::html_escape(std::string(text));
}

Data part_data(Language language, Part const& part) {
  Data data("title", std::string(in(language, part.title)));
  std::vector<Data> steps;
  for (auto const step : part.steps) steps.emplace_back("text", help_text(language, step));
  std::vector<Data> cases;
  for (auto const& one : part.cases) {
    Data row("when", std::string(in(language, one.when)));
    row.set("text", help_text(language, one.text));
    cases.push_back(row);
  }
  data.set("has_steps", !steps.empty());
  data.set("steps", list_of(steps));
  data.set("has_cases", !cases.empty());
  data.set("cases", list_of(cases));
  data.set("line", part.line ? Data(help_text(language, *part.line)) : Data(false));
  return data;
}

}  // namespace

std::string help_text(Language language, Text text) {
  auto rest = in(language, text);
  std::string html;
  while (true) {
    auto const open = rest.find('{');
    html.append(as_html(rest.substr(0, open)));
    if (open == std::string_view::npos) return html;
    auto const close = rest.find('}', open);
    html.append("<strong>");
    html.append(as_html(in(language, text_of(rest.substr(open + 1, close - open - 1)))));
    html.append("</strong>");
    rest.remove_prefix(close + 1);
  }
}

std::optional<Page> help_page(Frame const& frame, std::string_view who) {
  auto const found = std::ranges::find(all_help(), who, &Help::who);
  if (found == all_help().end()) return std::nullopt;
  Page page{.title = std::string(in(frame.language, found->title)), .body = embedded::help};
  page.posts = false;
  std::vector<Data> parts;
  for (auto const& part : found->parts) parts.push_back(part_data(frame.language, part));
  std::vector<Data> others;
  for (auto const& other : all_help()) {
    if (other.who == who) continue;
    Data link("href", public_address(frame, "/help/" + std::string(other.who)));
    link.set("label", std::string(in(frame.language, other.title)));
    others.push_back(link);
  }
  page.values.set("title", page.title);
  page.values.set("parts", list_of(parts));
  page.values.set("others", list_of(others));
  return page;
}

}  // namespace kaiku::pages
