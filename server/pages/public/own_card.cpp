#include "server/pages/public/own_card.hpp"

#include <algorithm>
#include <array>

#include "server/access/call/card_guesses.hpp"
#include "server/http/form.hpp"
#include "server/keys/vault.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/public/offer_words.hpp"
#include "server/pages/public/own_card_view.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/print/card_picture.hpp"
#include "server/tables/letters.hpp"
#include "server/use_cases/own_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view me = "/me";
constexpr std::string_view card_path = "/me/card";
constexpr std::string_view calendar_path = "/me/card.ics";
constexpr std::string_view qr_path = "/me/qr";
constexpr std::string_view year_path = "/me/qr/year";
constexpr std::string_view picture_path = "/me/qr/kortti.png";
constexpr std::int64_t offers_shown = 10;
constexpr std::size_t longest_year = 4;

// An address of this card, for ten minutes and for this page alone.
std::string address_of_card(access::Call const& call, Frame const& frame, std::string_view path,
                            CardId id) {
  return with_state(call, public_address(frame, path), path, {{"card", std::to_string(id.value)}});
}

// nullopt: the address is too old, or no holder's card stands behind it any more.
std::optional<use_cases::OwnCard> card_in_address(access::Call const& call, ledger::ReadTx& tx,
                                                  std::string_view path) {
  auto const state = state_of(call, path);
  if (!state || state->is_old) return std::nullopt;
  auto const id = FormValues(state->told).number("card");
  return id ? use_cases::own_card(tx, CardId{*id}, call.today()) : std::nullopt;
}

http::Response begin_anew(access::Call const& call, Frame const& frame) {
  return see_other(with_state(call, public_address(frame, me), me, {{"fault", "old"}}));
}

constexpr std::array<std::string_view, 2> asked_fields{"card", "birth_year"};

bool has_identity_code(FormValues const& form, std::string_view field) {
  return holds_identity_code(form, field, field == "card" ? FieldFor::card : FieldFor::text);
}

// What is told again on the form: a word of ours, and what was typed.
http::Response refused(access::Call const& call, FormValues const& form, http::FormPairs told) {
  auto const frame = public_frame(call);
  keep_typed(told, form, "birth_year", longest_year);
  auto const card = form["card"];
  if (has_identity_code(form, "card"))
    tell_identity_code(told, "card");
  else if (card.size() <= longest_typed_code)
    told.emplace_back("card", card);
  return see_other(with_state(call, public_address(frame, me), me, told));
}

// Until when there is no other try.
http::FormPairs told_wait(access::Call const& call, Error const& held) {
  auto const wait_us = held.retry_after_s.value_or(1) * second_us;
  return {{"fault", "wait"}, {"until", std::to_string((call.now() + wait_us).us)}};
}
std::string wait_text(Frame const& frame, FormValues const& told) {
  Instant const until{told.number("until").value_or(0)};
  return fill(frame.language, Text::me_wait,
              {{"t", end_text(frame.language, until, helsinki_day(frame.at))}});
}

void put_faults(AskForCard& page, Frame const& frame, FormValues const& told) {
  auto const add = [&](char const* field, std::string text) {
    page.faults.push_back({field, std::move(text)});
  };
  auto const say = [&](Text text) { return std::string(in(frame.language, text)); };
  if (!told["no_card"].empty()) add("card", say(Text::me_code_missing));
  if (!told["no_year"].empty()) add("birth_year", say(Text::me_year_fault));
  for (auto const field : asked_fields) {
    if (has_identity_code(told, field)) add(field.data(), say(Text::fault_identity_code));
  }
  if (told["fault"] == "two") add("card", say(Text::card_two));
  if (told["fault"] == "no") add("card", say(Text::me_no));
  if (told["fault"] == "wait") add("card", wait_text(frame, told));
}

std::optional<std::string> year_fault(Frame const& frame, FormValues const& told) {
  auto const say = [&](Text text) { return std::string(in(frame.language, text)); };
  auto const fault = told["fault"];
  if (has_identity_code(told, "birth_year")) return say(Text::fault_identity_code);
  if (fault == "no_year") return say(Text::me_year_fault);
  if (fault == "no") return say(Text::me_year_no);
  if (fault == "wait") return wait_text(frame, told);
  return std::nullopt;
}

// The year as a person of today could have been born in; nullopt for anything else.
std::optional<int> year_in(FormValues const& form) {
  auto const text = form["birth_year"];
  auto const year = text.size() == 4 ? form.number("birth_year") : std::nullopt;
  return year ? std::optional(static_cast<int>(*year)) : std::nullopt;
}

std::string municipality_name(ledger::ReadTx& tx, Language language, std::string_view code) {
  auto const found = tables::find_municipality(tx, code);
  return found ? found->name.in(language) : std::string();
}

std::string token_of(ledger::ReadTx& tx, use_cases::OwnCard const& card) {
  return use_cases::own_card_token(tx, card.id);
}

OwnCardPage page_of(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                    use_cases::OwnCard const& card) {
  OwnCardPage page;
  page.state = card.state;
  page.first_valid = card.first_valid;
  page.last_valid = card.last_valid;
  page.children = card.children;
  page.municipality = municipality_name(tx, frame.language, card.municipality);
  page.municipality_code = card.municipality;
  page.calendar = address_of_card(call, frame, calendar_path, card.id);
  tables::OfferQuestion question;
  question.at.municipality = card.municipality;
  question.from = call.now();
  question.to = start_of(call.today() + 7);
  for (auto const& event : tables::list_offers(tx, question, 0, offers_shown)) {
    page.offers.push_back(row_of(tx, frame, event));
  }
  return page;
}

}  // namespace

Result<http::Response> get_me(access::Call const& call, ledger::ReadTx&) {
  auto frame = public_frame(call);
  AskForCard page;
  if (auto const state = state_of(call, me)) {
    FormValues const told(state->told);
    if (state->is_old || told["fault"] == "old") frame.notice = in(frame.language, Text::k_old);
    if (told["fault"] == "letter") frame.notice = in(frame.language, Text::me_letter_over);
    page.card = told["card"];
    page.birth_year = told["birth_year"];
    put_faults(page, frame, told);
  }
  return respond(frame, ask_for_card_page(frame, page));
}

Result<http::Response> post_me(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  bool const is_code = std::ranges::any_of(
      asked_fields, [&](std::string_view field) { return has_identity_code(form, field); });
  if (is_code) return refused(call, form, {});
  auto const year = year_in(form);
  if (form["card"].empty() || !year) {
    http::FormPairs told;
    if (form["card"].empty()) told.emplace_back("no_card", "1");
    if (!year) told.emplace_back("no_year", "1");
    return refused(call, form, std::move(told));
  }
  // Told by its form alone, and so no guess: it says nothing of what the register holds.
  if (unreadable_word(form["card"]) == "two") return refused(call, form, {{"fault", "two"}});
  auto tried = access::begin_own_card(call, form["card"]);
  if (!tried) return refused(call, form, told_wait(call, tried.error()));
  auto const card = use_cases::look_up_own_card(tx, form["card"], *year);
  if (!card) {
    tried->missed();
    return refused(call, form, {{"fault", "no"}});
  }
  return see_other(address_of_card(call, public_frame(call), card_path, *card));
}

Result<http::Response> get_own_card(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const card = card_in_address(call, tx, card_path);
  if (!card) return begin_anew(call, frame);
  auto page = page_of(call, tx, frame, *card);
  page.qr = address_of_card(call, frame, qr_path, card->id);
  return respond(frame, own_card_page(frame, page));
}

// The recovery code stands on the same letter: its link alone does not show the card's QR.
Result<http::Response> get_letter_card(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const of_letter = tables::card_of_letter_key(tx, call.parameter(0));
  auto const card = of_letter ? use_cases::own_card(tx, of_letter->id, call.today()) : std::nullopt;
  if (!card) {
    return see_other(with_state(call, public_address(frame, me), me, {{"fault", "letter"}}));
  }
  auto page = page_of(call, tx, frame, *card);
  page.qr = address_of_card(call, frame, year_path, card->id);
  return respond(frame, own_card_page(frame, page));
}

Result<http::Response> get_year_of_card(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const card = card_in_address(call, tx, year_path);
  if (!card || !is_in_use(card->state)) return begin_anew(call, frame);
  FormValues const told(state_of(call, year_path)->told);
  AskForYear page{.action = address_of_card(call, frame, year_path, card->id)};
  page.birth_year = told["birth_year"];
  if (auto fault = year_fault(frame, told)) page.faults = {{"birth_year", *std::move(fault)}};
  return respond(frame, ask_for_year_page(frame, page));
}

Result<http::Response> post_year_of_card(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const frame = public_frame(call);
  auto const card = card_in_address(call, tx, year_path);
  if (!card || !is_in_use(card->state)) return begin_anew(call, frame);
  auto const again = [&](http::FormPairs told) {
    told.emplace_back("card", std::to_string(card->id.value));
    keep_typed(told, form, "birth_year", longest_year);
    return see_other(with_state(call, public_address(frame, year_path), year_path, told));
  };
  if (has_identity_code(form, "birth_year")) return again({});
  auto const year = year_in(form);
  if (!year) return again({{"fault", "no_year"}});
  auto const code = card->code.text();
  auto tried = access::begin_own_card(call, code);
  if (!tried) return again(told_wait(call, tried.error()));
  if (use_cases::look_up_own_card(tx, code, *year) != card->id) {
    tried->missed();
    return again({{"fault", "no"}});
  }
  return see_other(address_of_card(call, frame, qr_path, card->id));
}

Result<http::Response> get_own_calendar(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const card = card_in_address(call, tx, calendar_path);
  if (!card || !is_in_use(card->state)) return begin_anew(call, frame);
  auto const language = frame.language;
  // The same card's day replaces itself; no code can be read out of it.
  auto const name = keys::lookup_value(tx.keys(), "calendar", std::to_string(card->id.value));
  CalendarEntry entry;
  entry.uid = to_hex(name).substr(0, 32) + "@" + call.services().site.instance;
  entry.changed_at = call.now();
  entry.day = card->last_valid;
  entry.summary = in(language, Text::me_calendar_summary);
  entry.description = in(language, Text::me_calendar_text);
  return calendar_response(calendar_text(in(language, Text::home_title), {entry}), "kortti.ics");
}

Result<http::Response> get_own_qr(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const card = card_in_address(call, tx, qr_path);
  if (!card || !is_in_use(card->state)) return begin_anew(call, frame);
  return respond(frame, own_qr_page(frame, {token_of(tx, *card), card->code.text(),
                                            address_of_card(call, frame, picture_path, card->id),
                                            address_of_card(call, frame, card_path, card->id)}));
}

Result<http::Response> get_own_picture(access::Call const& call, ledger::ReadTx& tx) {
  auto const card = card_in_address(call, tx, picture_path);
  if (!card || !is_in_use(card->state)) return begin_anew(call, public_frame(call));
  http::Response response;
  response.content_type = "image/png";
  response.with("Content-Disposition", "attachment; filename=\"kortti.png\"")
      .with("Referrer-Policy", "no-referrer")
      .with("X-Robots-Tag", "noindex");
  response.body_to_draw = [token = token_of(tx, *card)] {
    auto const png = print::card_picture(print::Card(token));
    return std::string(png.begin(), png.end());
  };
  return response;
}

}  // namespace kaiku::pages
