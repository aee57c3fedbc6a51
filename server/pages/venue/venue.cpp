#include <algorithm>
#include <charconv>

#include "schema/contract/beneath_heading.hpp"
#include "schema/contract/undo.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/flash.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/venue/venue.hpp"
#include "server/pages/venue/venue_view.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::pages {
namespace {

using contract::Answer;

constexpr std::string_view flash_page = "/venue";
constexpr int rows_shown = 10;

// The place and what is on today; the start of every venue page.
struct Desk {
  tables::Venue venue;
  std::vector<tables::Event> events;
  std::optional<tables::Event> chosen;
  bool fast = false;
  Frame frame;
};

// `event` nullopt: nothing was chosen yet, so the event that is on or comes next; `fast` nullopt:
// as the venue has it.
Result<Desk> open_desk(access::Call const& call, ledger::ReadTx& tx,
                       std::optional<std::int64_t> event, std::optional<bool> fast) {
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  auto venue = tables::find_venue(tx, call.caller().venues.front());
  if (!venue) return Error(Problem::forbidden);
  bool const is_fast = fast.value_or(venue->fast_by_default);
  Desk desk{std::move(*venue), {}, std::nullopt, is_fast, {}};
  auto const today = call.today();
  desk.events = tables::events_between(tx, desk.venue.id, start_of(today), start_of(today + 1));
  std::erase_if(desk.events, [](tables::Event const& e) { return e.cancelled; });
  for (auto const& known : desk.events) {
    bool const wanted = event ? known.id.value == *event : known.ends_at > call.now();
    if (wanted && !desk.chosen) desk.chosen = known;
  }
  auto const id = desk.chosen ? std::to_string(desk.chosen->id.value) : std::string();
  desk.frame = frame_of(call, venue_address(id, is_fast));
  desk.frame.place = desk.venue.name;
  return desk;
}

// From a form: an empty event is the choice "no event".
Result<Desk> open_desk(access::Call const& call, ledger::ReadTx& tx, FormValues const& form) {
  auto desk = open_desk(call, tx, form.number("event").value_or(0), form["fast"] == "1");
  if (!desk) return desk.error();
  if (!form["event"].empty() && !desk->chosen) return Error(Problem::not_found);
  return desk;
}

GivenRow given_row(access::Call const& call, ledger::ReadTx& tx, Language language,
                   tables::Redemption const& use) {
  GivenRow row;
  row.time = clock_time(use.occurred_at);
  row.card_short = use.card ? tables::code_of(tx, *use.card).short_form() : "–";
  row.tickets = tickets_text(language, use.tickets);
  row.undone = use.undone_seq.has_value();
  auto const recorded = tables::recorded_at_of(tx, use.id.value).value();
  bool const undoable = !row.undone && use.actor == call.caller().actor &&
                        contract::may_be_undone(recorded, call.now());
  row.redemption = undoable ? use.id.value : 0;
  return row;
}

VenuePage page_of(access::Call const& call, ledger::ReadTx& tx, Desk const& desk) {
  auto const language = desk.frame.language;
  VenuePage page;
  page.heading = std::string(in(language, Text::venue_title));
  page.form_id = new_form_id(call);
  page.fast = desk.fast;
  if (desk.chosen) page.event = std::to_string(desk.chosen->id.value);
  for (auto const& event : desk.events) {
    auto const title = event.title.in(language);
    page.events.push_back(
        {std::to_string(event.id.value), clock_time(event.starts_at) + " " + title});
    if (event.quota) page.quotas.push_back({title, event.places_used, *event.quota});
  }
  page.events.push_back({"", std::string(in(language, Text::venue_no_event))});
  auto const count = tables::count_of_day(tx, desk.venue.id, call.today());
  page.tickets_today = count.tickets;
  page.children_today = count.children;
  for (auto const& use : tables::redemptions_of_day(tx, desk.venue.id, call.today(), rows_shown)) {
    page.given.push_back(given_row(call, tx, language, use));
  }
  return page;
}

VenuePanel panel_for(Language language, Answer answer, bool may_override,
                     std::optional<int> quota_left = std::nullopt) {
  auto const texts = contract::words_of(answer, quota_left, language);
  VenuePanel panel;
  panel.style = may_override ? PanelStyle::warn : PanelStyle::no;
  panel.title = texts.heading;
  panel.lines = {std::string(contract::beneath_heading(texts.staff, texts.heading))};
  panel.aloud = texts.aloud;
  panel.closing = texts.closing;
  if (may_override) panel.overrule = contract::word_of(answer);
  return panel;
}

VenuePanel plain_panel(Language language, Text line) {
  VenuePanel panel;
  panel.title = in(language, Text::problem_title);
  panel.lines = {std::string(in(language, line))};
  return panel;
}

void put_refusal(VenuePage& page, Language language, contract::Decision const& decision) {
  page.panel = panel_for(language, decision.answer, decision.may_override, decision.quota_left);
  if (decision.used_at) page.panel->lines.front() += " (" + clock_time(*decision.used_at) + ")";
}

VenueOffer offer_of(ledger::ReadTx& tx, Desk const& desk, contract::Decision const& decision) {
  VenueOffer offer;
  offer.adults_max = std::max(1, decision.allowed.adult);
  offer.community = decision.allowed.adult > 1;
  offer.children_max = decision.children_max;
  offer.extras = !desk.chosen || desk.chosen->use_kind == contract::UseKind::admission;
  auto const area = tables::find_area(tx, desk.venue.area);
  offer.companion = !offer.community && area && area->policy.companion_allowed;
  return offer;
}

// The answer to a scan: an offer, a warning, or not now. Nothing is written.
Result<http::Response> answer_scan(access::Call const& call, ledger::ReadTx& tx, Desk const& desk,
                                   std::string const& card) {
  auto const language = desk.frame.language;
  auto page = page_of(call, tx, desk);
  auto const show = [&] { return respond(desk.frame, venue_page(desk.frame, page)); };
  if (card.empty()) {
    page.faults = {{"card", std::string(in(language, Text::fault_card_required))}};
    return show();
  }
  auto const input = contract::parse_card_input(card);
  if (!input) {
    page.panel = panel_for(language, Answer::unreadable, false);
    return show();
  }
  if (!access::may_type(call, *input, desk.venue.id)) {
    page.panel = plain_panel(language, Text::venue_many_misses);
    return show();
  }
  contract::CheckRequest request;
  request.card = card;
  request.venue = desk.venue.id;
  if (desk.chosen) request.event = desk.chosen->id;
  auto const checked = use_cases::check_card(tx, request, *input, call.caller(), call.now());
  if (!checked && checked.error().problem == Problem::unreadable) {
    page.panel = panel_for(language, Answer::unreadable, false);
    return show();
  }
  if (!checked) return checked.error();
  if (checked->typed_miss) access::note_miss(call, *input, desk.venue.id);
  page.code = card;
  if (checked->decision.gives())
    page.offer = offer_of(tx, desk, checked->decision);
  else
    put_refusal(page, language, checked->decision);
  return show();
}

int count_in(FormValues const& form, char const* name, int absent) {
  if (form[name].empty()) return absent;
  return static_cast<int>(std::min<std::int64_t>(form.number(name).value_or(0), 99));
}

contract::RedemptionRequest request_of(Desk const& desk, FormValues const& form,
                                       std::string&& card) {
  contract::RedemptionRequest request;
  request.idempotency_key = "f:" + std::string(form["form_id"]);
  request.card = std::move(card);
  request.venue = desk.venue.id;
  if (desk.chosen) request.event = desk.chosen->id;
  request.tickets = {count_in(form, "adults", 1), count_in(form, "children", 0),
                     count_in(form, "assistant", 0), count_in(form, "interpreter", 0),
                     count_in(form, "companion", 0)};
  if (auto const overruled = contract::answer_from(form["overrule"])) {
    request.override = contract::Override{*overruled, std::string(form["reason"])};
  }
  return request;
}

// The answer that gives no ticket, on the page with the card still at hand.
http::Response not_given(access::Call const& call, ledger::ReadTx& tx, Desk const& desk,
                         std::string const& card, contract::Decision const& decision) {
  auto page = page_of(call, tx, desk);
  page.code = card;
  put_refusal(page, desk.frame.language, decision);
  auto response = respond(desk.frame, venue_page(desk.frame, page));
  response.status = status_of(Problem::not_admitted);
  return response;
}

// Why a ticket was not recorded, on the page with the card still at hand.
Result<http::Response> refused(access::Call const& call, ledger::ReadTx& tx, Desk const& desk,
                               contract::RedemptionRequest const& request, Error const& error) {
  auto const language = desk.frame.language;
  auto page = page_of(call, tx, desk);
  page.code = request.card;
  if (error.problem == Problem::unreadable) {
    page.panel = panel_for(language, Answer::unreadable, false);
  } else if (error.problem == Problem::idempotency_key_reused) {
    page.panel = plain_panel(language, Text::venue_form_used);
  } else if (error.problem == Problem::validation_failed && request.override) {
    page.panel = panel_for(language, request.override->answer, true);
    page.panel->reason_fault = in(language, Text::fault_reason);
    page.faults = {{"reason", page.panel->reason_fault}};
  } else if (error.problem == Problem::validation_failed) {
    auto shown = answer_scan(call, tx, desk, request.card);
    if (shown) shown->status = 422;
    return shown;
  } else {
    return error;
  }
  auto response = respond(desk.frame, venue_page(desk.frame, page));
  if (response.status == 200) response.status = status_of(error.problem);
  return response;
}

http::FormPairs told_of(Desk const& desk, tables::Redemption const& use,
                        std::optional<contract::CardCode> const& code) {
  return {{"what", "given"},
          {"redemption", std::to_string(use.id.value)},
          {"tickets", tickets_text(desk.frame.language, use.tickets)},
          {"card", code ? code->short_form() : std::string()}};
}

http::Response back_to_desk(access::Call const& call, Desk const& desk,
                            http::FormPairs const& told) {
  auto const event = desk.chosen ? std::to_string(desk.chosen->id.value) : std::string();
  auto response = see_other(venue_address(event, desk.fast));
  response.with("Set-Cookie", flash_cookie(call, flash_page, told));
  return response;
}

// A card that comes again and again under a scanner in fast mode means its ticket once: the page
// names the use that it shows and when it was shown, and each repetition begins the time anew.
constexpr std::int64_t shown_use_counts_us = 5 * second_us;

std::int64_t whole_number(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string recent_scan(access::Call const& call, std::string_view redemption) {
  return std::string(redemption) + "." + std::to_string(call.now().us);
}

std::optional<http::FormPairs> same_scan(access::Call const& call, ledger::ReadTx& tx,
                                         Desk const& desk, std::string_view recent,
                                         contract::CardInput const& input) {
  auto const dot = recent.find('.');
  if (!desk.fast || dot == std::string_view::npos) return std::nullopt;
  auto const number = whole_number(recent.substr(0, dot));
  auto const shown = Instant{whole_number(recent.substr(dot + 1))};
  bool const is_fresh =
      shown.us > 0 && call.now() >= shown && call.now() - shown < shown_use_counts_us;
  if (!is_fresh) return std::nullopt;
  auto const use = tables::find_redemption(tx, RedemptionId{number});
  bool const is_own = use && use->card && !use->undone_seq && use->actor == call.caller().actor;
  if (!is_own || use->venue != desk.venue.id) return std::nullopt;
  bool const is_of_event = desk.chosen ? use->event == desk.chosen->id : !use->event;
  if (!is_of_event) return std::nullopt;
  auto const code = tables::code_of(tx, *use->card);
  if (code != contract::code_of(input)) return std::nullopt;
  return told_of(desk, *use, code);
}

VenuePanel told_panel(Language language, FormValues const& told) {
  VenuePanel panel;
  panel.style = PanelStyle::ok;
  if (told["what"] == "undone") {
    panel.title = in(language, Text::venue_undone);
    panel.lines = {std::string(in(language, Text::venue_undone_text))};
    return panel;
  }
  if (told["what"] == "given") {
    panel.title = in(language, Text::venue_given);
    panel.lines = {std::string(told["tickets"]) + " · " + std::string(told["card"]),
                   std::string(in(language, Text::venue_ticket_text))};
    panel.undo = told.number("redemption").value_or(0);
    panel.undo_label = fill(language, Text::venue_undo_of, {{"card", told["card"]}});
    return panel;
  }
  return plain_panel(language,
                     told["what"] == "late" ? Text::venue_undo_late : Text::venue_undo_already);
}

}  // namespace

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const asked = values["fast"];
  auto const fast = asked.empty() ? std::nullopt : std::optional(asked == "1");
  auto desk = open_desk(call, tx, values.number("event"), fast);
  if (!desk) return desk.error();
  auto page = page_of(call, tx, *desk);
  if (auto told = flash_of(call, flash_page)) {
    FormValues const values_told(std::move(*told));
    page.panel = told_panel(desk->frame.language, values_told);
    if (desk->fast && values_told["what"] == "given") {
      page.recent = recent_scan(call, values_told["redemption"]);
    }
    desk->frame.cookie = ended_flash_cookie();
  }
  return respond(desk->frame, venue_page(desk->frame, page));
}

Result<http::Response> post_venue_check(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const desk = open_desk(call, tx, form);
  if (!desk) return desk.error();
  return answer_scan(call, tx, *desk, std::string(scanned(form, "card")));
}

Result<std::optional<http::Response>> look_at_venue_redeem(access::Call const& call,
                                                           ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const desk = open_desk(call, tx, form);
  if (!desk) return desk.error();
  // Another card was read while this one lay open: that means "next", and this one gets nothing.
  bool const is_next = !form["next"].empty();
  std::string const card(scanned(form, is_next ? "next" : "card"));
  if (!is_next && !card.empty() && !is_form_id(form["form_id"])) {
    return Error(Problem::malformed_request);
  }
  auto const input = contract::parse_card_input(card);
  bool const gives = !is_next && input && access::may_type(call, *input, desk->venue.id);
  if (gives) {
    auto told = same_scan(call, tx, *desk, form["recent"], *input);
    if (!told) return std::optional<http::Response>();
    return std::optional(back_to_desk(call, *desk, *told));
  }
  auto answer = answer_scan(call, tx, *desk, card);
  if (!answer) return answer.error();
  return std::optional(*std::move(answer));
}

Result<http::Response> post_venue_redeem(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const desk = open_desk(call, tx, form);
  if (!desk) return desk.error();
  std::string card(scanned(form, "card"));
  auto const input = contract::parse_card_input(card);
  // Asked again: others may have missed since look_at_venue_redeem.
  if (!input || !access::may_type(call, *input, desk->venue.id)) {
    return answer_scan(call, tx, *desk, card);
  }
  auto const request = request_of(*desk, form, std::move(card));
  auto const answer = use_cases::redeem(tx, request, *input, call.caller());
  if (!answer) return refused(call, tx, *desk, request, answer.error());
  if (auto const* decision = std::get_if<contract::Decision>(&*answer)) {
    if (decision->answer == Answer::unknown_card) access::note_miss(call, *input, desk->venue.id);
    return not_given(call, tx, *desk, request.card, *decision);
  }
  auto const& redeemed = std::get<use_cases::Redeemed>(*answer);
  auto const use = tables::find_redemption(tx, redeemed.reply.redemption).value();
  // The form of a ticket that was taken back since, sent again by the Back button.
  if (use.undone_seq) return back_to_desk(call, *desk, {{"what", "already"}});
  auto const code = use.card ? std::optional(tables::code_of(tx, *use.card)) : std::nullopt;
  return back_to_desk(call, *desk, told_of(*desk, use, code));
}

Result<http::Response> post_venue_undo(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const desk = open_desk(call, tx, form);
  if (!desk) return desk.error();
  RedemptionId const id{form.number("redemption").value_or(0)};
  auto const undone = use_cases::undo_redemption(tx, id, "mistake", call.caller());
  if (undone) return back_to_desk(call, *desk, {{"what", "undone"}});
  if (undone.error().problem == Problem::already_undone) {
    return back_to_desk(call, *desk, {{"what", "already"}});
  }
  if (undone.error().problem == Problem::undo_too_late)
    return back_to_desk(call, *desk, {{"what", "late"}});
  return undone.error();
}

}  // namespace kaiku::pages
