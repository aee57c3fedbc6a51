#include "server/pages/public/offers.hpp"

#include "server/pages/public/offer_words.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view offers = "/offers";

tables::OfferQuestion question_of(PublicFilter const& filter, Instant now) {
  tables::OfferQuestion question;
  question.at = place_question(filter);
  question.from = now;
  if (auto const venue = FormValues({{"venue", filter.venue}}).number("venue")) {
    question.venue = VenueId{*venue};
  }
  question.for_children = filter.for_children;
  question.courses = filter.courses;
  question.with_places = filter.with_places;
  return question;
}

// The days of the choice, within what is still to come; what is no day is told at its field.
void narrow_to_days(access::Call const& call, Frame const& frame, PublicOffers& page,
                    tables::OfferQuestion& question) {
  auto const fault = [&](char const* field, Text text) {
    page.faults.push_back({field, std::string(in(frame.language, text))});
  };
  auto const day_of = [&](char const* field, std::string const& typed) {
    auto const day = typed.empty() ? std::nullopt : day_from_typed(typed, call.today());
    if (!typed.empty() && !day) fault(field, Text::offers_day_fault);
    return day;
  };
  auto const first = day_of("from", page.filter.from);
  auto const last = day_of("to", page.filter.to);
  if (first && last && *last < *first) {
    fault("to", Text::offers_days_order);
    return;
  }
  if (first) question.from = std::max(question.from, start_of(*first));
  if (last) question.to = start_of(*last + 1);
}

struct Asked {
  tables::Event event;
  tables::Venue venue;
};
Result<Asked> asked_offer(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<EventId>(0);
  if (!id) return id.error();
  auto const event = tables::find_event(tx, *id);
  auto const venue = event ? open_venue(tx, event->venue) : std::nullopt;
  if (!venue) return Error(Problem::not_found);
  return Asked{*event, *venue};
}

}  // namespace

Result<http::Response> get_offers(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = public_frame(call);
  PublicOffers page;
  page.filter = filter_of(values);
  page.municipalities = municipality_choice(tx, frame.language);
  page.sectors = sector_choice(frame.language);
  auto question = question_of(page.filter, call.now());
  auto const venue = question.venue ? open_venue(tx, *question.venue) : std::nullopt;
  if (venue) page.venue = venue->name;
  narrow_to_days(call, frame, page, question);
  page.count = tables::count_offers(tx, question);
  auto const number = list_page(values, page.count);
  auto const begin = (number - 1) * rows_a_list;
  for (auto const& event : tables::list_offers(tx, question, begin, rows_a_list)) {
    page.rows.push_back(row_of(tx, frame, event));
  }
  page.pages = pages_beside(frame, offers, page.filter, number, page.count);
  auto lasting = page.filter;
  lasting.from.clear();
  lasting.to.clear();
  lasting.with_places = false;
  page.calendar = public_address(frame, "/offers.ics", pairs_of(lasting));
  return respond(frame, public_offers_page(frame, page));
}

Result<http::Response> get_offer(access::Call const& call, ledger::ReadTx& tx) {
  auto const asked = asked_offer(call, tx);
  if (!asked) return asked.error();
  auto const& [event, venue] = *asked;
  auto const frame = public_frame(call);
  PublicOffer page;
  page.offer = row_of(tx, frame, event);
  page.place_href = public_address(frame, "/places/" + std::to_string(venue.id.value));
  page.address = venue.address.value_or("");
  bool const is_over = event.ends_at <= call.now();
  if (is_over) page.told = in(frame.language, Text::offers_over);
  if (event.cancelled) page.told = in(frame.language, Text::offers_cancelled);
  if (!is_over && !event.cancelled) {
    page.calendar = public_address(frame, "/offers/" + std::to_string(event.id.value) + ".ics");
  }
  return respond(frame, public_offer_page(frame, page));
}

Result<http::Response> get_offers_calendar(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto filter = filter_of(FormValues(std::move(*query)));
  filter.with_places = false;
  auto const name = std::string(in(file_language(call), Text::nav_public_offers));
  return calendar_of(call, tx, name, question_of(filter, call.now()), "kaiku.ics");
}

Result<http::Response> get_offer_calendar(access::Call const& call, ledger::ReadTx& tx) {
  auto const asked = asked_offer(call, tx);
  if (!asked) return asked.error();
  auto const language = file_language(call);
  auto const number = std::to_string(asked->event.id.value);
  return calendar_response(calendar_text(asked->event.title.in(language),
                                         {calendar_entry(call, tx, language, asked->event)}),
                           "kaiku-" + number + ".ics");
}

}  // namespace kaiku::pages
