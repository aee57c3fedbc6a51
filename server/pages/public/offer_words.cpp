#include "server/pages/public/offer_words.hpp"

#include <algorithm>

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/sector_text.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::pages {
namespace {

constexpr std::int64_t longest_calendar = 500;
constexpr std::int64_t calendar_looks_back_us = 30 * day_us;

std::string municipality_name(ledger::ReadTx& tx, Language language, std::string_view code) {
  auto const found = tables::find_municipality(tx, code);
  return found ? found->name.in(language) : std::string(code);
}

std::string numbered(char const* path, std::int64_t id) { return path + std::to_string(id); }

// "Kurssi", "Lapset voivat tulla mukaan", and what can still be got.
std::string about(Language language, tables::Event const& event,
                  std::optional<bool> has_places = {}) {
  std::string text;
  auto const add = [&](Text key) {
    if (!text.empty()) text += ". ";
    text += in(language, key);
  };
  using contract::UseKind;
  if (event.use_kind == UseKind::course) add(Text::offers_course);
  if (event.use_kind == UseKind::season_pass) add(Text::offers_season_pass);
  if (event.use_kind == UseKind::admission && event.children_allowed) add(Text::offers_children);
  if (has_places) add(*has_places ? Text::offers_places : Text::offers_no_places);
  return text;
}

std::string address_line(ledger::ReadTx& tx, Language language, tables::Venue const& venue) {
  auto text = venue.name;
  if (venue.address) text += ", " + *venue.address;
  return text + ", " + municipality_name(tx, language, venue.municipality);
}

// Whose cards alone the venue's area takes; empty where everybody's are good.
std::string whose_cards_text(ledger::ReadTx& tx, Language language, tables::Venue const& venue) {
  auto const area = tables::find_area(tx, venue.area);
  if (!area || !area->policy.local_only) return {};
  return fill(language, Text::places_only_area, {{"area", area->name.in(language)}});
}

}  // namespace

PublicFilter filter_of(FormValues const& values) {
  PublicFilter filter;
  filter.municipality = values["municipality"];
  filter.sector = values["sector"];
  if (auto const venue = values.number("venue")) filter.venue = std::to_string(*venue);
  filter.from = values["from"];
  filter.to = values["to"];
  filter.for_children = !values["children"].empty();
  filter.courses = !values["courses"].empty();
  filter.with_places = !values["places"].empty();
  return filter;
}

tables::PlaceQuestion place_question(PublicFilter const& filter) {
  tables::PlaceQuestion question;
  if (!filter.municipality.empty()) question.municipality = filter.municipality;
  question.sector = contract::sector_from(filter.sector);
  return question;
}

std::vector<Option> municipality_choice(ledger::ReadTx& tx, Language language) {
  std::vector<Option> options;
  for (auto const& one : tables::municipalities_with_venues(tx)) {
    options.push_back({one.code, one.name.in(language)});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  options.insert(options.begin(), {"", std::string(in(language, Text::places_all_municipalities))});
  return options;
}

std::vector<Option> sector_choice(Language language) {
  auto options = sector_options(language);
  options.insert(options.begin(), {"", std::string(in(language, Text::places_all_sectors))});
  return options;
}

std::string when_text(Language language, tables::Event const& event) {
  auto const from = moment_text(language, event.starts_at);
  bool const one_day = helsinki_day(event.starts_at) == helsinki_day(event.ends_at);
  return from + (one_day ? "–" + clock_text(language, event.ends_at)
                         : " – " + moment_text(language, event.ends_at));
}

PublicPlaceRow row_of(ledger::ReadTx& tx, Frame const& frame, tables::Venue const& venue) {
  return {public_address(frame, numbered("/places/", venue.id.value)),
          venue.name,
          municipality_name(tx, frame.language, venue.municipality),
          std::string(sector_text(frame.language, venue.sector)),
          venue.address.value_or(""),
          whose_cards_text(tx, frame.language, venue)};
}

OfferRow row_of(ledger::ReadTx& tx, Frame const& frame, tables::Event const& event) {
  auto const venue = tables::find_venue(tx, event.venue).value();
  auto const has_places =
      event.cancelled ? std::nullopt : std::optional(tables::has_places(tx, event, frame.at));
  return {public_address(frame, numbered("/offers/", event.id.value)),
          event.title.in(frame.language),
          when_text(frame.language, event),
          venue.name + ", " + municipality_name(tx, frame.language, venue.municipality),
          about(frame.language, event, has_places),
          whose_cards_text(tx, frame.language, venue)};
}

std::optional<tables::Venue> open_venue(ledger::ReadTx& tx, VenueId id) {
  auto venue = tables::find_venue(tx, id);
  if (venue && !venue->active) venue.reset();
  return venue;
}

CalendarEntry calendar_entry(access::Call const& call, ledger::ReadTx& tx, Language language,
                             tables::Event const& event) {
  auto const venue = tables::find_venue(tx, event.venue).value();
  auto const path = numbered("/offers/", event.id.value);
  CalendarEntry entry;
  entry.uid = "event-" + std::to_string(event.id.value) + "@" + call.services().site.instance;
  entry.changed_at = tables::recorded_at_of(tx, event.seq).value_or(event.starts_at);
  entry.starts_at = event.starts_at;
  entry.ends_at = event.ends_at;
  entry.summary = event.title.in(language);
  entry.location = address_line(tx, language, venue);
  entry.description = about(language, event);
  entry.url = whole_address(call, path);
  entry.cancelled = event.cancelled;
  return entry;
}

http::Response calendar_of(access::Call const& call, ledger::ReadTx& tx, std::string_view name,
                           tables::OfferQuestion question, std::string_view file_name) {
  auto const language = file_language(call);
  question.from = call.now() + -calendar_looks_back_us;
  question.with_cancelled = true;
  std::vector<CalendarEntry> entries;
  for (auto const& event : tables::offers_around(tx, question, call.now(), longest_calendar)) {
    entries.push_back(calendar_entry(call, tx, language, event));
  }
  return calendar_response(calendar_text(name, entries), file_name);
}

std::int64_t list_page(FormValues const& values, std::int64_t count) {
  auto const last = std::max<std::int64_t>(1, (count + rows_a_list - 1) / rows_a_list);
  return std::clamp<std::int64_t>(values.number("page").value_or(1), 1, last);
}

ListPages pages_beside(Frame const& frame, std::string_view path, PublicFilter const& filter,
                       std::int64_t number, std::int64_t count) {
  auto const address = [&](std::int64_t other) {
    auto pairs = pairs_of(filter);
    pairs.emplace_back("page", std::to_string(other));
    return public_address(frame, path, std::move(pairs));
  };
  ListPages pages;
  if (number > 1) pages.earlier = address(number - 1);
  if (number * rows_a_list < count) pages.later = address(number + 1);
  return pages;
}

}  // namespace kaiku::pages
