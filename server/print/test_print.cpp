#include "server/print/test_print.hpp"

#include <string>
#include <vector>

#include "server/print/code128.hpp"
#include "server/print/document.hpp"
#include "server/print/qr.hpp"
#include "server/print/sheet_frame.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

using contract::Language;

constexpr double inset = 5;  // of what stands in a frame
constexpr double inner_width = card_size.width - 2 * inset;
constexpr TextStyle small{.points = 9};

void draw_what_is_in_force(Canvas const& canvas, SheetForm const& form, Language language) {
  double top = inset;
  top += canvas.text({inset, top}, inner_width, {.points = 20, .bold = true},
                     plain(in(language, Text::test_title)));
  auto const layout = form.spacing == Spacing::gaps ? Text::test_gaps : Text::test_no_gaps;
  top += canvas.text({inset, top + 2}, inner_width, {.points = 12}, plain(in(language, layout)));
  canvas.text({inset, top + 3}, inner_width, {.points = 12},
              fill(language, Text::test_offset,
                   {{"x", plain(signed_text(language, form.offset.x_mm))},
                    {"y", plain(signed_text(language, form.offset.y_mm))}}));
}

void draw_help(Canvas const& canvas, Language language) {
  double top = inset;
  for (auto const text : {Text::test_scale, Text::test_frames}) {
    top += canvas.text({inset, top}, inner_width, small, plain(in(language, text))) + 2;
  }
  canvas.text({inset, top}, inner_width, small,
              fill(language, Text::test_read, {{"word", plain(test_word)}}));
}

void draw_qr_of(Canvas const& canvas, double module_mm, Language language) {
  double const side = draw_qr(canvas, {inset, inset}, module_mm, test_word, card_qr_version);
  Markup words =
      fill(language, Text::test_module, {{"size", plain(number_text(language, module_mm, 2))}});
  if (module_mm == card_qr_module_mm) {
    words.text += ", " + plain(in(language, Text::test_as_on_card)).text;
  }
  double const off_code = qr_quiet_modules * module_mm + 1;
  canvas.text({inset, inset + side + off_code}, inner_width, small, words);
}

void draw_barcode(Canvas const& canvas, Language language) {
  draw_code128(canvas, {inset, inset}, card_bar_module_mm, card_bar_height_mm, test_word);
  canvas.text({inset, 20}, inner_width, small,
              plain(std::string(in(language, Text::test_barcode)) + ", " +
                    std::string(in(language, Text::test_as_on_card))));
}

// A tick a millimetre, longer ones at fives and tens; from the corner to the right, or downwards.
void draw_ruler(Canvas const& canvas, Point corner, bool downwards) {
  constexpr int length = 50;
  auto const along = [&](double at, double across) {
    return corner + (downwards ? Point{across, at} : Point{at, across});
  };
  canvas.line(along(0, 0), along(length, 0));
  for (int at = 0; at <= length; ++at) {
    double const tick = at % 10 == 0 ? 5 : at % 5 == 0 ? 3.5 : 2;
    canvas.line(along(at, 0), along(at, tick));
    if (at % 10 == 0 && at > 0 && at < length) {
      canvas.text(along(at, 5.5) + (downwards ? Point{0, -1.7} : Point{-5, 0}), 10,
                  {.points = 7, .align = downwards ? Align::left : Align::centre},
                  plain(std::to_string(at)));
    }
  }
}

void draw_ruler_across(Canvas const& canvas, Language language) {
  draw_ruler(canvas, {inset, inset}, false);
  canvas.text({inset, 20}, inner_width, small, plain(in(language, Text::test_ruler)));
}

}  // namespace

Bytes test_print_pdf(SheetForm const& form, Language language) {
  Document document(a4, std::string(in(language, Text::test_title)), language);
  Canvas const page = moved(document.canvas(), form.offset);
  draw_crop_marks(page, form.spacing);
  for (std::size_t place = 0; place < places_on_sheet; ++place) {
    auto const [x, y] = place_corner(form.spacing, place);
    page.frame({x, y, card_size.width, card_size.height});
  }
  auto const at = [&](std::size_t place) {
    return page.shifted(place_corner(form.spacing, place));
  };
  draw_what_is_in_force(at(0), form, language);
  draw_help(at(1), language);
  draw_ruler_across(at(2), language);
  draw_ruler(at(3), {inset, 2}, true);
  draw_qr_of(at(4), card_qr_module_mm, language);
  draw_qr_of(at(6), 0.45, language);
  draw_qr_of(at(8), 0.40, language);
  draw_barcode(at(5), language);
  return document.finish();
}

}  // namespace kaiku::print
