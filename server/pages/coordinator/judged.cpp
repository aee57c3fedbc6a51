#include "server/pages/coordinator/judged.hpp"

#include <algorithm>

#include "server/domain/scope.hpp"
#include "server/pages/coordinator/judged_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/ruling_reasons.hpp"
#include "server/pages/coordinator/use_standing.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/frame/verdict_text.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/tables/repeated_uses.hpp"
#include "server/use_cases/redeem.hpp"
#include "server/use_cases/rule_on_use.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view judged_pattern = "/judged";
// So that the page with its forms stays below forty kilobytes.
constexpr int uses_a_page = 25;
constexpr int waiting_shown = 5;
constexpr int usual_days = 30;
constexpr int most_days = 366;

std::string venue_name(ledger::ReadTx& tx, VenueId id) {
  return tables::find_venue(tx, id).value().name;
}

JudgedRow row_of(ledger::ReadTx& tx, Language language, tables::JudgedUse const& use) {
  return {std::to_string(use.id.value),
          moment_text(language, use.occurred_at),
          venue_name(tx, use.venue),
          tickets_text(language, use.tickets),
          std::string(verdict_text(language, use.verdict)),
          standing_text(language, use)};
}

// A day of the filter; a fault at its field where it is none.
std::optional<Day> day_of(JudgedPage& page, Frame const& frame, char const* field,
                          std::string const& typed, Day today) {
  if (typed.empty()) return std::nullopt;
  auto const day = day_from_typed(typed, today);
  if (!day) page.faults.push_back({field, std::string(in(frame.language, Text::judged_day_fault))});
  return day;
}

// What the address asks for, within what the caller may see.
Result<tables::JudgedQuestion> question_of(access::Call const& call, Frame const& frame,
                                           FormValues const& values, JudgedPage& page) {
  auto const listed = domain::listed_area(call.caller());
  if (!listed) return listed.error();
  tables::JudgedQuestion question;
  question.area = *listed;
  if (call.caller().is_national()) question.area = AreaId::parse(values["area"]);
  if (question.area && call.caller().is_national()) page.filter.area = question.area->value;
  if (auto const venue = values.number("venue")) {
    question.venue = VenueId{*venue};
    page.filter.venue = values["venue"];
  }
  page.filter.verdict = values["verdict"];
  page.filter.from = values["from"];
  page.filter.to = values["to"];
  if (!page.filter.verdict.empty()) question.verdict = page.filter.verdict;
  question.with_fine = question.verdict.has_value();
  question.from = day_of(page, frame, "from", page.filter.from, call.today());
  question.to = day_of(page, frame, "to", page.filter.to, call.today());
  return question;
}

void offer_filter(ledger::ReadTx& tx, access::Call const& call, Frame const& frame,
                  std::optional<AreaId> const& area, JudgedPage& page) {
  page.areas = area_choices(tx, call.caller(), frame.language);
  for (auto const venue : tables::venues_of_judged_uses(tx, area)) {
    page.venues.push_back({std::to_string(venue.value), venue_name(tx, venue)});
  }
  sort_by_name(page.venues, [](Option const& option) { return option.label; });
  page.venues.insert(page.venues.begin(),
                     {"", std::string(in(frame.language, Text::judged_all_venues))});
}

void put_waiting(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                 tables::JudgedQuestion const& asked, JudgedPage& page) {
  tables::JudgedQuestion question;
  question.area = asked.area;
  question.venue = asked.venue;
  question.standing = tables::Standing::waiting;
  for (auto const& use : tables::list_judged_uses(tx, question, {0, waiting_shown + 1})) {
    page.waiting.push_back(row_of(tx, frame.language, use));
    page.waiting.back().form_id = new_form_id(call);
  }
  page.more_wait = page.waiting.size() > static_cast<std::size_t>(waiting_shown);
  if (page.more_wait) page.waiting.pop_back();
}

void put_uses(ledger::ReadTx& tx, Frame const& frame, tables::JudgedQuestion question,
              std::optional<RedemptionId> before, JudgedPage& page) {
  auto const uses = tables::newest_judged_uses(tx, question, before, uses_a_page);
  for (auto const& use : uses) page.uses.push_back(row_of(tx, frame.language, use));
  if (uses.size() == static_cast<std::size_t>(uses_a_page)) {
    page.more = judged_address(page.filter, {{"before", page.uses.back().id}});
  }
  question.verdict.reset();
  question.with_fine = true;
  for (auto const& count : tables::count_judged_uses(tx, question)) {
    page.counts.emplace_back(count.verdict, count.uses);
  }
}

// Within the days that were asked for, or the last thirty; never more than a year at once.
void put_repeated(ledger::ReadTx& tx, Frame const& frame, tables::JudgedQuestion const& asked,
                  Day today, JudgedPage& page) {
  tables::RepeatedQuestion question{.area = asked.area,
                                    .venue = asked.venue,
                                    .from = {},
                                    .to = asked.to.value_or(today),
                                    .limit = uses_a_page};
  auto const usual = question.to + -(usual_days - 1);
  question.from = std::max(asked.from.value_or(usual), question.to + -(most_days - 1));
  page.repeated_period = fill(frame.language, Text::judged_repeated_period,
                              {{"from", day_text(frame.language, question.from)},
                               {"to", day_text(frame.language, question.to)}});
  for (auto const& use : tables::repeated_uses(tx, question)) {
    page.repeated.push_back({day_text(frame.language, use.day), venue_name(tx, use.venue),
                             number_text(frame.language, use.tickets)});
  }
}

// One use, when it lies in the caller's areas.
std::optional<JudgedShown> shown_use(access::Call const& call, ledger::ReadTx& tx,
                                     Frame const& frame, RedemptionId id) {
  auto const use = tables::find_judged_use(tx, id);
  if (!use) return std::nullopt;
  auto const venue = tables::find_venue(tx, use->venue).value();
  if (!call.caller().covers(venue.area)) return std::nullopt;
  JudgedShown shown{.row = row_of(tx, frame.language, *use), .event = {}};
  if (use->event)
    shown.event = tables::find_event(tx, *use->event).value().title.in(frame.language);
  shown.row.form_id = new_form_id(call);
  shown.waits = use->standing == tables::Standing::waiting && !use->undone;
  shown.may_be_undone = !use->undone && (use->standing == tables::Standing::counted ||
                                         use->standing == tables::Standing::accepted);
  return shown;
}

// What was done, or what was wrong with the form that was sent.
void put_outcome(JudgedPage& page, Frame const& frame, FormValues const& told) {
  auto const say = [&](Text text) { return std::string(in(frame.language, text)); };
  auto const done = told["done"];
  if (done == "accepted") page.message = say(Text::judged_was_accepted);
  if (done == "rejected") page.message = say(Text::judged_was_rejected);
  if (done == "undone") page.message = say(Text::judged_was_undone);
  if (done == "late") page.message = say(Text::ruling_done_already);
  if (told["fault"] == "reason") page.faults = {{"reason", say(Text::undo_reason_fault)}};
  if (told["fault"] == "ruling") {
    page.faults = {{"ruling-" + std::string(told["use"]), say(Text::ruling_fault)}};
  }
}

// Where the form stood, with its filter.
std::string back_of(FormValues const& form) {
  auto const asked = own_path(form["back"], judged_pattern);
  bool const is_ours = asked == judged_pattern || asked.starts_with("/judged?");
  return is_ours ? asked : std::string(judged_pattern);
}

// The page again, with what it has to say.
std::string told_at(access::Call const& call, std::string const& back,
                    http::FormPairs const& told) {
  return with_state(call, back, judged_pattern, told);
}

Result<FormDone> undo(access::Call& call, ledger::WriteTx& tx, FormValues const& form,
                      RedemptionId id) {
  auto const back = back_of(form);
  auto const undone =
      use_cases::undo_redemption(tx, id, std::string(form["reason"]), call.caller());
  if (undone) return FormDone{see_other(told_at(call, back, {{"done", "undone"}}))};
  if (undone.error().problem == Problem::already_undone) {
    return FormDone{back_to(told_at(call, back, {{"done", "late"}}))};
  }
  if (undone.error().problem != Problem::validation_failed) return undone.error();
  auto const joint = back.find('?') == std::string::npos ? "?" : "&";
  auto const shown = back + joint + "use=" + std::to_string(id.value);
  return FormDone{back_to(told_at(call, shown, {{"fault", "reason"}}))};
}

Result<FormDone> rule(access::Call& call, ledger::WriteTx& tx, FormValues const& form,
                      RedemptionId id) {
  auto const back = back_of(form);
  auto const use = std::to_string(id.value);
  auto const [accepted, reason] = chosen_ruling(form["ruling-" + use]);
  use_cases::Ruling const ruling{accepted, reason};
  auto const ruled = use_cases::rule_on_use(tx, id, ruling, call.caller());
  if (ruled) {
    std::string const done(ruling.accepted ? "accepted" : "rejected");
    return FormDone{see_other(told_at(call, back, {{"done", done}}))};
  }
  if (ruled.error().problem == Problem::conflict) {
    return FormDone{back_to(told_at(call, back, {{"done", "late"}}))};
  }
  if (ruled.error().problem != Problem::validation_failed) return ruled.error();
  return FormDone{back_to(told_at(call, back, {{"fault", "ruling"}, {"use", use}}))};
}

}  // namespace

Result<http::Response> get_judged(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx);
  JudgedPage page;
  auto const question = question_of(call, frame, values, page);
  if (!question) return question.error();
  auto const state = state_of(call, judged_pattern);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  if (state && !state->is_old) put_outcome(page, frame, FormValues(state->told));
  if (state && state->is_held) page.held = FormValues(state->told);
  if (auto const id = values.number("use")) {
    page.shown = shown_use(call, tx, frame, RedemptionId{*id});
    if (!page.shown) return Error(Problem::not_found);
    return respond(frame, judged_page(frame, page));
  }
  offer_filter(tx, call, frame, question->area, page);
  put_waiting(call, tx, frame, *question, page);
  std::optional<RedemptionId> before;
  if (auto const id = values.number("before")) before = RedemptionId{*id};
  put_uses(tx, frame, *question, before, page);
  put_repeated(tx, frame, *question, call.today(), page);
  return respond(frame, judged_page(frame, page));
}

Result<http::Response> post_judged(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const number = form.number("use");
  if (!number) return Error(Problem::malformed_request);
  RedemptionId const id{*number};
  return sent_once(call, tx, *pairs, judged_pattern, [&] {
    return form["act"] == "undo" ? undo(call, tx, form, id) : rule(call, tx, form, id);
  });
}

}  // namespace kaiku::pages
