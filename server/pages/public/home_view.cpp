#include "server/pages/public/home_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {

Page home_page(Frame const& frame) {
  Page page{.title = std::string(in(frame.language, Text::home_title)), .body = embedded::home};
  page.posts = false;
  auto const part = [&](std::string_view path, Text label, Text hint) {
    Data data("href", public_address(frame, path));
    data.set("label", std::string(in(frame.language, label)));
    data.set("hint", std::string(in(frame.language, hint)));
    return data;
  };
  page.values.set("parts",
                  list_of({part("/places", Text::nav_public_places, Text::home_places_hint),
                           part("/offers", Text::nav_public_offers, Text::home_offers_hint),
                           part("/me", Text::nav_public_own, Text::home_own_hint),
                           part("/login", Text::nav_public_staff, Text::home_staff_hint)}));
  return page;
}

}  // namespace kaiku::pages
