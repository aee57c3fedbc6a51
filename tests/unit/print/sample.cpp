#include "tests/unit/print/sample.hpp"

#include <cairo.h>

#include "server/print/sheet.hpp"
#include "server/print/stickers.hpp"
#include "server/print/test_print.hpp"

namespace kaiku::print::sample {
namespace {

Card card(std::uint64_t bits, std::optional<contract::StockPosition> stock, CardKind kind) {
  static auto const key = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 7));
  contract::CardClaims const claims{AreaId{"KAIN"}, 1'795'000'000,
                                    contract::CardCode::from_bits(bits), stock};
  return Card(contract::make_card_token(claims, key), kind);
}

cairo_status_t append(void* out, unsigned char const* begin, unsigned size) {
  auto& bytes = *static_cast<Bytes*>(out);
  bytes.insert(bytes.end(), begin, begin + size);
  return CAIRO_STATUS_SUCCESS;
}

void add_languages(std::vector<Printed>& out) {
  std::vector<std::string> const letter_titles{"Korttisi", "Ditt kort", "Your card"};
  std::vector<std::string> const test_titles{"Testituloste", "Provutskrift", "Test print"};
  std::vector<std::string> const community_titles{"Yhteisön kortti", "Gemenskapskort",
                                                  "Community card"};
  for (auto const language : contract::languages) {
    auto const at = static_cast<std::size_t>(language);
    std::string const code(contract::code_of(language));
    out.push_back({"letter_" + code, letter_titles[at], language, letter_pdf(letter(language))});
    out.push_back({"community_sheet_" + code, community_titles[at], language,
                   community_sheet_pdf(community_sheet(language))});
    auto const spacing = language == Language::sv ? Spacing::no_gaps : Spacing::gaps;
    out.push_back({"test_print_" + code, test_titles[at], language,
                   test_print_pdf({spacing, {1.5, -0.5}}, language)});
  }
}

}  // namespace

Card stock_card(std::int64_t position, CardKind kind) {
  auto const bits = static_cast<std::uint64_t>(position) * 0x3B'9ACA'07F1'4D5BU;
  return card(bits & contract::CardCode::max_bits, contract::StockPosition{42, position}, kind);
}

std::vector<Card> stock_cards(std::size_t count) {
  std::vector<Card> cards;
  for (std::size_t at = 1; at <= count; ++at) {
    cards.push_back(stock_card(static_cast<std::int64_t>(at)));
  }
  return cards;
}

Card made_card(CardKind kind) { return card(0x5A'1234'5678'9ABCU, std::nullopt, kind); }

CardDesign design() { return {.host = "kaiku.example"}; }

Mark mark() {
  cairo_surface_t* const surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 120, 80);
  cairo_t* const cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 0.1, 0.3, 0.6);
  cairo_rectangle(cairo, 0, 30, 120, 20);
  cairo_fill(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_arc(cairo, 60, 40, 38, 0, 7);
  cairo_fill(cairo);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  cairo_arc(cairo, 60, 40, 26, 0, 7);
  cairo_fill(cairo);
  Bytes png;
  cairo_surface_write_to_png_stream(surface, &append, &png);
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
  return Mark::from_png(png).value();
}

Letter letter(Language language) {
  return {.language = language,
          .host = "kaiku.example",
          .first_day = day_from(2026, 11, 22).value(),
          .last_day = day_from(2027, 11, 21).value(),
          .office_name = "Kainuun hyvinvointialue, aikuissosiaalityö",
          .office_contact = "puh. 044 123 4567, Kauppakatu 1, Kajaani",
          .children = 2,
          .child_age_limit = 18,
          .recovery_code = RecoveryCode("K7QW2M4Z"),
          .key = LetterKey("Zk9_aB3-xYlI0O1mNq7RsT")};
}

Letter letter_with_long_names(Language language) {
  auto const long_name = [](std::string const& words) {
    std::string name;
    while (name.size() < 200) name += words;
    return name.substr(0, 200);
  };
  auto long_letter = letter(language);
  long_letter.host = "kulttuuria-ja-liikuntaa.pitkannimenkunnanjakaupunki.esimerkki.example";
  long_letter.office_name = long_name("Aikuissosiaalityön palvelukeskus, ");
  long_letter.office_contact = long_name("puh. 044 123 4567, Kauppakatu 1, ");
  long_letter.children = 12;
  return long_letter;
}

CommunitySheet community_sheet(Language language) {
  return {.language = language,
          .host = "kaiku.example",
          .first_day = day_from(2026, 11, 22).value(),
          .last_day = day_from(2027, 11, 21).value(),
          .office_name = "Ohcejoga sosiálabálvalusat",
          .office_contact = "tel. 040 765 4321",
          .most_people = 10,
          .client_age_limit = 16};
}

std::vector<Printed> everything() {
  auto const fi = Language::fi;
  CardDesign rich = design();
  rich.mark = mark();
  rich.corner_to_cut = true;
  rich.found_contact = "Kajaanin kaupungintalo, Pohjolankatu 13, puh. 08 615 5221";
  auto const community = stock_card(317, CardKind::community);
  std::vector<Printed> out{
      {"card", "Kortti", fi, card_pdf(stock_card(317), design(), fi)},
      {"card_rich", "Kortti", fi, card_pdf(made_card(), rich, fi)},
      {"card_community", "Gemenskapskort", Language::sv, card_pdf(community, rich, Language::sv)},
      {"sheets_gaps", "Kortit", fi, card_sheets_pdf(stock_cards(13), rich, {}, fi)},
      {"sheets_no_gaps", "Cards", Language::en,
       card_sheets_pdf(stock_cards(10), design(), {Spacing::no_gaps, {-2, 3}}, Language::en)},
      {"made_card_7", "Kortti", fi, made_card_pdf(made_card(), rich, {}, 7, fi)},
      {"made_card_10", "Kort", Language::sv,
       made_card_pdf(made_card(), design(), {Spacing::no_gaps}, 10, Language::sv)},
      {"letter_long", "Ditt kort", Language::sv, letter_pdf(letter_with_long_names(Language::sv))},
      {"stickers", "Tarrat", fi, sticker_sheets_pdf(stock_cards(24), {}, fi)}};
  add_languages(out);
  return out;
}

}  // namespace kaiku::print::sample
