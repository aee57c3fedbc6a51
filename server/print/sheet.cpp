#include "server/print/sheet.hpp"

#include <cassert>
#include <string>

#include "server/print/document.hpp"
#include "server/print/sheet_frame.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

// Between the crop marks of the columns.
constexpr double head_top = 5.5;
constexpr double head_indent = 3;

void draw_faces(Canvas const& canvas, SheetPart const& part, CardDesign const& design,
                Spacing spacing, contract::Language language) {
  draw_crop_marks(canvas, spacing);
  draw_sheet_head(canvas, part, {column_left(spacing, 0) + head_indent, head_top},
                  {column_left(spacing, 1) + head_indent, head_top}, language);
  for (std::size_t place = 0; place < part.cards.size(); ++place) {
    draw_face(canvas.shifted(place_corner(spacing, place)), part.cards[place], design);
  }
}

// Beside the card, so that the next pass through the printer does not write on it again.
void draw_full_size(Canvas const& canvas, Spacing spacing, std::size_t place,
                    contract::Language language) {
  constexpr double off = 3;
  constexpr double type_height = 3.4;
  auto const [left, top] = place_corner(spacing, place);
  bool const in_first_column = place % columns_on_sheet == 0;
  canvas.rising_text({in_first_column ? left - off - type_height : left + card_size.width + off,
                      top + card_size.height - off},
                     {.points = 7}, plain(in(language, Text::sheet_full_size)));
}

}  // namespace

Bytes card_sheets_pdf(std::vector<Card> const& cards, CardDesign const& design,
                      SheetForm const& form, contract::Language language) {
  assert(!cards.empty());
  Document document(a4, std::string(in(language, Text::sheet_title)), language);
  Canvas const page = moved(document.canvas(), form.offset);
  for (SheetPart const& part : divided(cards, places_on_sheet)) {
    if (part.page > 1) document.next_page();
    draw_faces(page, part, design, form.spacing, language);
    if (!design.found_contact) continue;
    document.next_page();
    for (std::size_t place = 0; place < part.cards.size(); ++place) {
      draw_back(page.shifted(back_corner(form.spacing, place)), *design.found_contact);
    }
  }
  return document.finish();
}

Bytes made_card_pdf(Card const& card, CardDesign const& design, SheetForm const& form,
                    std::size_t place, contract::Language language) {
  assert(place >= 1 && place <= places_on_sheet);
  auto const title = card.kind() == CardKind::community ? Text::card_community : Text::card_title;
  Document document(a4, std::string(in(language, title)), language);
  Canvas const page = moved(document.canvas(), form.offset);
  draw_crop_marks(page, form.spacing, place - 1);
  draw_full_size(page, form.spacing, place - 1, language);
  draw_face(page.shifted(place_corner(form.spacing, place - 1)), card, design);
  if (design.found_contact) {
    document.next_page();
    draw_back(page.shifted(back_corner(form.spacing, place - 1)), *design.found_contact);
  }
  return document.finish();
}

}  // namespace kaiku::print
