// The authorisation matrix' rows of the venue's pages.
#include "tests/integration/server/authorisation_matrix.hpp"

namespace kaiku::test {

std::vector<Matrix::Row> Matrix::venue_pages() {
  auto const form = [](std::string const& path, std::string const& text) {
    return [=](char) { return Ask{path, nullptr, text}; };
  };
  auto const once = [this](std::string const& path, std::string const& text) {
    return [=, this](char) { return Ask{path, nullptr, fresh_form() + text}; };
  };
  return {
      {"GET /venue", "V", 200, 0, plain("/venue"), "uimahalli"},
      {"GET /reservations", "V", 200, 0, plain("/reservations"), "uimahalli"},
      {"POST /reservations", "V", 303, 404,
       [this](char) {
         return Ask{"/reservations", nullptr,
                    fresh_form() + "&reservation=" + new_reservation('V')};
       }},
      {"GET /reservations/new", "V", 200, 0, plain("/reservations/new"), "Vesijumppa"},
      {"POST /reservations/new", "V", 303, 0, once("/reservations/new", "&card=" + card_)},
      {"GET /paper-uses", "V", 200, 0, plain("/paper-uses"), "uimahalli"},
      {"POST /paper-uses", "V", 303, 0, once("/paper-uses", "&event=0&card=" + card_)},
      {"GET /venue/check", everybody, 303, 0, plain("/venue/check")},
      {"GET /venue/redeem", everybody, 303, 0, plain("/venue/redeem")},
      {"GET /venue/undo", everybody, 303, 0, plain("/venue/undo")},
      {"GET /door", everybody, 303, 0, plain("/door")},
      {"GET /door/basic", "V", 200, 0, plain("/door/basic"), "uimahalli"},
      {"POST /door/basic", "V", 303, 0, form("/door/basic", "event=0&card=" + card_)},
      {"GET /door/basic/card", "V", 303, 0, plain("/door/basic/card")},
      {"POST /door/basic/card", "V", 303, 0, form("/door/basic/card", "next=" + card_)},
      {"GET /door/basic/given", "V", 303, 0, plain("/door/basic/given")},
      {"POST /door/basic/given", "V", 404, 0,
       form("/door/basic/given", "act=undo&event=0&redemption=1")},
      {"GET /undo-requests/new", "V", 303, 0, plain("/undo-requests/new")},
      {"POST /undo-requests/new", "V", 303, 404,
       once("/undo-requests/new", "&reason=mistake&use=" + new_use('G'))},
  };
}

TEST_F(Matrix, holds_for_pages_of_a_venue) {
  for (auto const& row : venue_pages()) walk(row);
}

}  // namespace kaiku::test
