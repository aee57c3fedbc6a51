#include "server/print/letter.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <stdexcept>
#include <vector>

#include "schema/values/ascii.hpp"
#include "server/print/document.hpp"
#include "server/print/parts_page.hpp"
#include "server/print/qr.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

constexpr std::size_t recovery_code_length = 8;
constexpr std::string_view spoken_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Room between a fold and what stands beside it: nobody folds to the millimetre.
constexpr double off_fold = 5;
constexpr double qr_side = 28;
constexpr double qr_left = parts_left_mm + parts_width_mm - qr_side;
constexpr double own_width = qr_left - parts_left_mm - 8;
constexpr double foot_bottom = a4.height - 15;

bool is_key_character(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '_';
}

// The letter's parts by the third of the page that they belong to.
struct Thirds {
  std::vector<Part> first;
  std::vector<Part> second;
  std::vector<Part> third;
  Markup address;
  Markup foot;
};

Part part_of(Letter const& letter, Text heading, Markup text, bool is_title = false) {
  return {plain(in(letter.language, heading)), std::move(text), is_title};
}

Thirds thirds_of(Letter const& letter) {
  auto const language = letter.language;
  auto const name = plain(letter.office_name);
  auto const whom = letter.office_contact.empty()
                        ? name
                        : plain(letter.office_name + ", " + letter.office_contact);
  Thirds thirds;
  thirds.first.push_back(part_of(
      letter, Text::letter_card,
      fill(language, Text::letter_card_text, {{"places", address(letter.host + "/places")}}),
      true));
  thirds.first.push_back(
      part_of(letter, Text::letter_use, plain(in(language, Text::letter_use_text))));
  thirds.first.push_back(part_of(letter, Text::letter_valid,
                                 fill(language, Text::letter_valid_text,
                                      {{"first", plain(day_text(language, letter.first_day))},
                                       {"last", plain(day_text(language, letter.last_day))},
                                       {"whom", whom}})));
  if (letter.children > 0) {
    auto const text =
        letter.children == 1 ? Text::letter_one_child_text : Text::letter_children_text;
    thirds.second.push_back(
        part_of(letter, Text::letter_children,
                fill(language, text,
                     {{"n", plain(std::to_string(letter.children))},
                      {"age", plain(std::to_string(letter.child_age_limit))}})));
  }
  thirds.second.push_back(
      part_of(letter, Text::letter_lost,
              fill(language, Text::letter_lost_text,
                   {{"code", code(letter.recovery_code.text())}, {"name", name}})));
  thirds.third.push_back(
      part_of(letter, Text::letter_own, plain(in(language, Text::letter_own_text))));
  thirds.address = address(letter.host + "/l/");
  thirds.address.text += code(letter.key.text()).text;
  thirds.foot = plain(in(language, Text::letter_other_languages));
  return thirds;
}

// Where the thirds begin, in type of one size.
struct Arrangement {
  double points;
  double second_top;
  double third_top;
  double foot_top;
};

std::optional<Arrangement> arranged(Canvas const& canvas, Thirds const& thirds, double points) {
  PartsStyle const wide{.points = points};
  PartsStyle const narrow{.points = points, .width = own_width};
  TextStyle const type{.points = points};
  Arrangement at{};
  at.points = points;
  at.second_top =
      std::max(end_of_parts(canvas, thirds.first, parts_top_mm, wide), first_fold_mm + off_fold);
  double const second_end = end_of_parts(canvas, thirds.second, at.second_top, wide);
  at.third_top = second_fold_mm + off_fold;
  double const third_end = std::max(end_of_parts(canvas, thirds.third, at.third_top, narrow) +
                                        canvas.height_of(own_width, type, thirds.address),
                                    at.third_top + qr_side + off_fold);
  at.foot_top = foot_bottom - canvas.height_of(parts_width_mm, type, thirds.foot);
  if (second_end > second_fold_mm || third_end > at.foot_top) return std::nullopt;
  return at;
}

Arrangement arranged(Canvas const& canvas, Thirds const& thirds) {
  for (double const points : {12.0, 11.0, 10.0}) {
    if (auto const at = arranged(canvas, thirds, points)) return *at;
  }
  throw std::length_error("the names in the letter are longer than its page");
}

void draw_fold_marks(Canvas const& canvas) {
  constexpr double off_edge = 5;  // printers do not reach the edge
  constexpr double length = 5;
  for (double const fold : {first_fold_mm, second_fold_mm}) {
    canvas.line({off_edge, fold}, {off_edge + length, fold});
  }
}

}  // namespace

RecoveryCode::RecoveryCode(std::string_view eight) : code_(eight) {
  assert(code_.size() == recovery_code_length);
  assert(code_.find_first_not_of(spoken_alphabet) == std::string::npos);
}
std::string RecoveryCode::text() const { return code_.substr(0, 4) + "-" + code_.substr(4); }

LetterKey::LetterKey(std::string_view key) : key_(key) {
  assert(key_.size() >= 22 && key_.size() <= 64);
  assert(std::ranges::all_of(key_, is_key_character));
}

Bytes letter_pdf(Letter const& letter) {
  auto const thirds = thirds_of(letter);
  Document document(a4, std::string(in(letter.language, Text::letter_card)), letter.language);
  Canvas const canvas = document.canvas();
  auto const at = arranged(canvas, thirds);
  PartsStyle const wide{.points = at.points};
  PartsStyle const narrow{.points = at.points, .width = own_width};
  draw_fold_marks(canvas);
  draw_parts(canvas, thirds.first, parts_top_mm, wide);
  draw_parts(canvas, thirds.second, at.second_top, wide);
  double const address_top = draw_parts(canvas, thirds.third, at.third_top, narrow);
  {
    Tagged const tag(canvas, "P");
    canvas.text({parts_left_mm, address_top}, own_width, {.points = at.points}, thirds.address);
  }
  draw_qr_of_side(canvas, {qr_left, at.third_top}, qr_side,
                  "https://" + letter.host + "/l/" + letter.key.text());
  Tagged const tag(canvas, "P");
  canvas.text({parts_left_mm, at.foot_top}, parts_width_mm, {.points = at.points}, thirds.foot);
  return document.finish();
}

}  // namespace kaiku::print
