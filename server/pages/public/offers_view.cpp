#include "server/pages/public/offers_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

std::string say(Frame const& frame, Text key) { return std::string(in(frame.language, key)); }

void put_lists(Page& page, Frame const& frame, PublicFilter const& filter,
               std::vector<Option> const& municipalities, std::vector<Option> const& sectors) {
  auto& values = page.values;
  values.set("lang", text_or_nothing(frame.lang));
  values.set("municipality", filter_choice(page, {.id = "municipality",
                                                  .label = in(frame.language, Text::municipality),
                                                  .options = municipalities,
                                                  .chosen = filter.municipality}));
  values.set("sector", filter_choice(page, {.id = "sector",
                                            .label = in(frame.language, Text::places_sector),
                                            .options = sectors,
                                            .chosen = filter.sector}));
}

void put_pages(Data& values, ListPages const& pages) {
  values.set("has_pages", !pages.earlier.empty() || !pages.later.empty());
  values.set("earlier", text_or_nothing(pages.earlier));
  values.set("later", text_or_nothing(pages.later));
}

Data place_data(PublicPlaceRow const& row) {
  Data data;
  data.set("href", row.href);
  data.set("name", row.name);
  data.set("municipality", row.municipality);
  data.set("sector", row.sector);
  data.set("address", text_or_nothing(row.address));
  data.set("whose_cards", text_or_nothing(row.whose_cards));
  return data;
}

Data offer_data(OfferRow const& row) {
  Data data;
  data.set("href", row.href);
  data.set("title", row.title);
  data.set("when", row.when);
  data.set("place", row.place);
  data.set("about", text_or_nothing(row.about));
  data.set("whose_cards", text_or_nothing(row.whose_cards));
  return data;
}

// Nothing there at all, or nothing that fits the choice: another way on.
Data empty_text(Frame const& frame, bool has_rows, PublicFilter const& filter, Text nothing,
                Text nothing_fits) {
  if (has_rows) return Data(false);
  return say(frame, pairs_of(filter).empty() ? nothing : nothing_fits);
}

// A box above a list; ticked it is told on paper too.
Data filter_box(Page& page, char const* id, std::string const& label, bool checked) {
  Data data("id", std::string(id));
  data.set("label", label);
  if (checked) page.narrowed_to.push_back(label);
  data.set("checked", checked);
  return data;
}

Data day_field(Page& page, Frame const& frame, PublicOffers const& model, char const* id,
               Text label, std::string const& value) {
  return filter_text(page, {.id = id,
                            .label = in(frame.language, label),
                            .hint = in(frame.language, Text::offers_day_hint),
                            .value = value,
                            .fault = fault_of(model.faults, id),
                            .maxlength = 10,
                            .narrow = true,
                            .autofocus = takes_cursor(model.faults, id)});
}

}  // namespace

void put_offers(Data& values, std::vector<OfferRow> const& rows) {
  std::vector<Data> list;
  for (auto const& row : rows) list.push_back(offer_data(row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(list));
}

http::FormPairs pairs_of(PublicFilter const& filter) {
  http::FormPairs pairs;
  auto const add = [&](char const* name, std::string const& value) {
    if (!value.empty()) pairs.emplace_back(name, value);
  };
  add("municipality", filter.municipality);
  add("sector", filter.sector);
  add("venue", filter.venue);
  add("from", filter.from);
  add("to", filter.to);
  add("children", filter.for_children ? "1" : "");
  add("courses", filter.courses ? "1" : "");
  add("places", filter.with_places ? "1" : "");
  return pairs;
}

Page public_places_page(Frame const& frame, PublicPlaces const& model) {
  Page page{.title = say(frame, Text::nav_public_places), .body = embedded::places};
  page.posts = false;
  auto& values = page.values;
  put_lists(page, frame, model.filter, model.municipalities, model.sectors);
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(place_data(row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("empty",
             empty_text(frame, !rows.empty(), model.filter, Text::places_empty, Text::places_none));
  values.set("count", fill(frame.language, Text::places_count,
                           {{"n", number_text(frame.language, model.count)}}));
  put_pages(values, model.pages);
  return page;
}

Page public_place_page(Frame const& frame, PublicPlace const& model) {
  Page page{.title = model.place.name, .body = embedded::one_place};
  page.posts = false;
  page.values = place_data(model.place);
  put_offers(page.values, model.offers);
  page.values.set("all", text_or_nothing(model.all));
  page.values.set("calendar", model.calendar);
  page.values.set("back", public_address(frame, "/places"));
  return page;
}

Page public_offers_page(Frame const& frame, PublicOffers const& model) {
  Page page{.title = say(frame, Text::nav_public_offers), .body = embedded::offers};
  page.posts = false;
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  put_lists(page, frame, model.filter, model.municipalities, model.sectors);
  values.set("venue", text_or_nothing(model.filter.venue));
  values.set("at_venue", text_or_nothing(model.venue));
  values.set("from", day_field(page, frame, model, "from", Text::offers_from, model.filter.from));
  values.set("to", day_field(page, frame, model, "to", Text::offers_to, model.filter.to));
  auto const& filter = model.filter;
  auto const tick = [&](char const* id, Text label, bool checked) {
    return filter_box(page, id, say(frame, label), checked);
  };
  values.set("only", list_of({tick("children", Text::offers_children, filter.for_children),
                              tick("courses", Text::offers_courses, filter.courses),
                              tick("places", Text::offers_places, filter.with_places)}));
  put_offers(values, model.rows);
  values.set("empty", empty_text(frame, !model.rows.empty(), model.filter, Text::offers_empty,
                                 Text::offers_none));
  values.set("count", fill(frame.language, Text::offers_count,
                           {{"n", number_text(frame.language, model.count)}}));
  values.set("calendar", model.calendar);
  put_pages(values, model.pages);
  return page;
}

Page public_offer_page(Frame const& frame, PublicOffer const& model) {
  Page page{.title = model.offer.title, .body = embedded::one_offer};
  page.posts = false;
  page.values = offer_data(model.offer);
  auto& values = page.values;
  values.set("place_href", model.place_href);
  values.set("address", text_or_nothing(model.address));
  values.set("told", text_or_nothing(model.told));
  values.set("calendar", text_or_nothing(model.calendar));
  values.set("back", public_address(frame, "/offers"));
  return page;
}

}  // namespace kaiku::pages
