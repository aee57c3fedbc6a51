#include "server/print/stickers.hpp"

#include <cassert>
#include <string>

#include "server/print/document.hpp"
#include "server/print/qr.hpp"
#include "server/print/sheet_frame.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

using contract::Language;

constexpr double quiet = qr_quiet_modules * card_qr_module_mm;
constexpr double qr_room = card_qr_side_mm + 2 * quiet;
constexpr double qr_top = (sticker_size.height - card_qr_side_mm) / 2;
constexpr double words_left = qr_room + 2;
constexpr double words_width = sticker_size.width - words_left - 1;
constexpr std::size_t code_group = 5;  // four characters and the hyphen after them

void draw_sticker(Canvas const& canvas, Card const& card) {
  draw_qr_of_side(canvas, {quiet, qr_top}, card_qr_side_mm, card.token(), card_qr_version);
  canvas.text({quiet, qr_top + card_qr_side_mm + quiet}, qr_room, {.points = 6},
              plain(position_text(card)));
  canvas.text({words_left, 2}, words_width, {.points = 9, .bold = true}, plain("Kaiku"));
  std::string const text = card.code().text();
  double top = 6.5;
  for (std::size_t at = 0; at < text.size(); at += code_group) {
    top += canvas.text({words_left, top}, words_width, {.points = 16},
                       code(text.substr(at, code_group)));
  }
  if (card.kind() == CardKind::community) {
    for (Language const language : {Language::fi, Language::sv}) {
      top += canvas.text({words_left, top}, words_width, {.points = 6},
                         plain(in(language, Text::card_community)));
    }
  }
}

}  // namespace

Bytes sticker_sheets_pdf(std::vector<Card> const& cards, Offset offset, Language language) {
  assert(!cards.empty());
  constexpr double head_top = 8;
  Document document(a4, std::string(in(language, Text::stickers_title)), language);
  Canvas const page = moved(document.canvas(), offset);
  for (SheetPart const& part : divided(cards, stickers_on_sheet)) {
    if (part.page > 1) document.next_page();
    draw_sheet_head(page, part, {sticker_corner(0).x + 2, head_top},
                    {sticker_corner(2).x + 2, head_top}, language);
    for (std::size_t place = 0; place < part.cards.size(); ++place) {
      draw_sticker(page.shifted(sticker_corner(place)), part.cards[place]);
    }
  }
  return document.finish();
}

}  // namespace kaiku::print
