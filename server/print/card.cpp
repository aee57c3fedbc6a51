#include "server/print/card.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "server/print/code128.hpp"
#include "server/print/document.hpp"
#include "server/print/qr.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

using contract::Language;

// Where things are on the face, in millimetres.
constexpr double quiet = qr_quiet_modules * card_qr_module_mm;
constexpr Point qr_corner{2 + quiet, 2 + quiet};
constexpr double words_left = 34;
constexpr double words_width = card_size.width - words_left - 2;
constexpr Box mark_box{59, 3, 17, 8.5};
constexpr Point bars_corner{qr_corner.x, 35.5};
static_assert(bars_corner.x >= code128_quiet_modules * card_bar_module_mm);

contract::CardClaims claims_in(std::string const& token) {
  auto read = contract::parse_card_token(token);
  assert(read);
  return std::move(read->claims);
}

std::string in_four_digits(std::int64_t number) {
  std::string digits = std::to_string(number);
  return std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

void draw_cut(Canvas const& canvas) {
  constexpr int dashes = 8;
  constexpr double step = cut_corner_mm / dashes;
  Point at{card_size.width - cut_corner_mm, 0};
  for (int dash = 0; dash < dashes; ++dash) {
    canvas.line(at, at + Point{step / 2, step / 2}, 0.1);
    at = at + Point{step, step};
  }
}

}  // namespace

Card::Card(std::string token, CardKind kind)
    : token_(std::move(token)), claims_(claims_in(token_)), kind_(kind) {}

std::string batch_text(Card const& card) {
  return card.stock() ? in_four_digits(card.stock()->batch) : "";
}
std::string position_text(Card const& card) {
  return card.stock() ? batch_text(card) + "-" + in_four_digits(card.stock()->position) : "";
}

void draw_face(Canvas const& canvas, Card const& card, CardDesign const& design) {
  draw_qr_of_side(canvas, qr_corner, card_qr_side_mm, card.token(), card_qr_version);
  canvas.text({words_left, 2.5}, words_width, {.points = 20, .bold = true}, plain("Kaiku"));
  if (design.mark) canvas.picture(design.mark->picture(), mark_box);
  if (card.kind() == CardKind::community) {
    canvas.text({words_left, 12}, words_width, {.points = 7.5},
                plain(std::string(in(Language::fi, Text::card_community)) + " · " +
                      std::string(in(Language::sv, Text::card_community))));
  }
  canvas.text({words_left, 16.5}, words_width, {.points = 16}, code(card.code().text()));
  canvas.text({words_left, 24.5}, words_width, {.points = 7}, address(design.host + "/me"));
  draw_code128(canvas, bars_corner, card_bar_module_mm, card_bar_height_mm,
               card.code().canonical());
  canvas.text({bars_corner.x, 48}, words_width, {.points = 6}, plain(position_text(card)));
  if (design.corner_to_cut) draw_cut(canvas);
}

void draw_back(Canvas const& canvas, std::string_view found_contact) {
  constexpr double side = 6;
  constexpr double width = card_size.width - 2 * side;
  constexpr double gap = 4;
  constexpr TextStyle style{.points = 9, .align = Align::centre};
  std::array const questions{
      fill(Language::fi, Text::card_found, {{"contact", plain(found_contact)}}),
      fill(Language::sv, Text::card_found, {{"contact", plain(found_contact)}})};
  double const height = canvas.height_of(width, style, questions[0]) + gap +
                        canvas.height_of(width, style, questions[1]);
  double top = std::max(0.0, (card_size.height - height) / 2);
  for (auto const& question : questions) {
    top += canvas.text({side, top}, width, style, question) + gap;
  }
}

Bytes card_pdf(Card const& card, CardDesign const& design, Language language) {
  auto const title = card.kind() == CardKind::community ? Text::card_community : Text::card_title;
  Document document(card_size, std::string(in(language, title)), language);
  draw_face(document.canvas(), card, design);
  if (design.found_contact) {
    document.next_page();
    draw_back(document.canvas(), *design.found_contact);
  }
  return document.finish();
}

}  // namespace kaiku::print
