// Where the card is good and what is on, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// What both lists are narrowed by, as their addresses name it.
struct PublicFilter {
  std::string municipality;
  std::string sector;
  std::string from;
  std::string to;
  std::string venue;
  bool for_children = false;
  bool courses = false;
  bool with_places = false;
};
struct ListPages {
  std::string earlier;  // addresses, empty for none
  std::string later;
};
struct PublicPlaceRow {
  std::string href;
  std::string name;
  std::string municipality;
  std::string sector;
  std::string address;
  std::string whose_cards = {};  // whose cards alone are taken there, empty for everybody's
};
struct PublicPlaces {
  PublicFilter filter;
  std::vector<Option> municipalities;
  std::vector<Option> sectors;
  std::vector<PublicPlaceRow> rows;
  std::int64_t count = 0;
  ListPages pages;
};
Page public_places_page(Frame const& frame, PublicPlaces const& model);

struct OfferRow {
  std::string href;
  std::string title;
  std::string when;
  std::string place;             // with its municipality
  std::string about;             // what it is, and whether there are places
  std::string whose_cards = {};  // as of its place
};
struct PublicPlace {
  PublicPlaceRow place;
  std::vector<OfferRow> offers;
  std::string all;       // address of all its offers, empty when these are all
  std::string calendar;  // address
};
Page public_place_page(Frame const& frame, PublicPlace const& model);

struct PublicOffers {
  PublicFilter filter;
  std::string venue;  // the name of the one that it is narrowed to, empty for none
  std::vector<Option> municipalities;
  std::vector<Option> sectors;
  std::vector<OfferRow> rows;
  std::int64_t count = 0;
  ListPages pages;
  std::string calendar;
  PageFaults faults;
};
Page public_offers_page(Frame const& frame, PublicOffers const& model);

struct PublicOffer {
  OfferRow offer;
  std::string place_href;
  std::string address;
  std::string told;      // that it is cancelled or over, empty for neither
  std::string calendar;  // address, empty when there is nothing to come
};
Page public_offer_page(Frame const& frame, PublicOffer const& model);

// The rows of a list of offers as templates take them: `has_rows` and `rows`.
void put_offers(Data& values, std::vector<OfferRow> const& rows);

// The names of a filter's fields and what stands in them, without the empty ones.
http::FormPairs pairs_of(PublicFilter const& filter);

}  // namespace kaiku::pages
