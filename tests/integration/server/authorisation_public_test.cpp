// The authorisation matrix' rows of the pages that are for everybody.
#include "tests/integration/server/authorisation_matrix.hpp"

namespace kaiku::test {

std::vector<Matrix::Row> Matrix::public_pages() {
  auto const pool = "/places/" + std::to_string(net.pool.value);
  auto const concert = "/offers/" + std::to_string(net.concert.value);
  auto const form = [](std::string const& path, std::string const& text) {
    return [=](char) { return Ask{path, nullptr, text}; };
  };
  return {
      {"GET /", everybody, 0, 0, plain("/")},
      {"GET /language", everybody, 303, 0, plain("/language?lang=sv&next=/")},
      {"GET /assets/{name}", everybody, 404, 0, plain("/assets/nothing.css")},
      {"GET /places", everybody, 200, 0, plain("/places")},
      {"GET /places/{id}", everybody, 200, 0, plain(pool)},
      {"GET /places/{id}.ics", everybody, 200, 0, plain(pool + ".ics")},
      {"GET /offers", everybody, 200, 0, plain("/offers")},
      {"GET /offers/{id}", everybody, 200, 0, plain(concert)},
      {"GET /offers.ics", everybody, 200, 0, plain("/offers.ics")},
      {"GET /offers/{id}.ics", everybody, 200, 0, plain(concert + ".ics")},
      {"GET /l/{key}", everybody, 303, 0, plain("/l/AAAA")},
      {"GET /me", everybody, 200, 0, plain("/me")},
      {"POST /me", everybody, 303, 0, form("/me", "card=&birth_year=")},
      {"GET /me/card", everybody, 303, 0, plain("/me/card")},
      {"GET /me/card.ics", everybody, 303, 0, plain("/me/card.ics")},
      {"GET /me/qr", everybody, 303, 0, plain("/me/qr")},
      {"GET /me/qr/year", everybody, 303, 0, plain("/me/qr/year")},
      {"POST /me/qr/year", everybody, 303, 0, form("/me/qr/year", "birth_year=")},
      {"GET /me/qr/kortti.png", everybody, 303, 0, plain("/me/qr/kortti.png")},
      {"GET /me/lost", everybody, 200, 0, plain("/me/lost")},
      {"POST /me/lost", everybody, 303, 0, form("/me/lost", "code=")},
      {"GET /me/lost/confirm", everybody, 303, 0, plain("/me/lost/confirm")},
      {"POST /me/lost/confirm", everybody, 303, 0, form("/me/lost/confirm", "x=1")},
      {"GET /feedback", everybody, 200, 0, plain("/feedback")},
      {"POST /feedback", everybody, 303, 0,
       [this](char) {
         return Ask{"/feedback", nullptr, fresh_form() + "&subject=other&text="};
       }},
      {"GET /api/docs", everybody, 200, 0, plain("/api/docs")},
      {"GET /api/docs/{tag}", everybody, 200, 0, plain("/api/docs/cards")},
      {"GET /help", everybody, 303, 0, plain("/help")},
      {"GET /help/{role}", everybody, 200, 0, plain("/help/worker")},
      {"GET /accessibility", everybody, 200, 0, plain("/accessibility")},
      {"GET /privacy", everybody, 200, 0, plain("/privacy")},
  };
}

TEST_F(Matrix, holds_for_pages_for_everybody) {
  for (auto const& row : public_pages()) walk(row);
}

}  // namespace kaiku::test
