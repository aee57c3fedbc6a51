#include "server/pages/frame/line_breaks.hpp"

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view dots = "…";
constexpr std::size_t short_code_signs = 3;

constexpr std::array<std::string_view, 5> untouched_elements{"title", "option", "textarea", "code",
                                                             "svg"};

// Where room is short and words stand alone.
constexpr std::array<std::string_view, 8> narrow_elements{"h1",     "h2",      "h3", "th",
                                                          "button", "summary", "dt", "legend"};
constexpr std::size_t long_word = 16;
constexpr std::string_view soft_hyphen = "\u00AD";

// The beginning of a long word, whatever its ending, in two parts; the longer of two comes first.
struct Joint {
  std::string_view front;
  std::string_view back;
};
constexpr std::array<Joint, 49> joints{{
    {"anslutnings", "kod"},         {"autentiserings", "app"},
    {"biljett", "förmedlar"},       {"dataombuds", "man"},
    {"dataskydds", "beskrivning"},  {"esittely", "järjestelmä"},
    {"gemenskaps", "kort"},         {"hieno", "tunteisesti"},
    {"hyvinvointi", "kertomu"},     {"välfärds", "berättelse"},
    {"innehålls", "förteckning"},   {"klient", "relation"},
    {"kommunikations", "verk"},     {"koordi", "naattori"},
    {"kortin", "haltija"},          {"kulttuuri", "kaverei"},
    {"käyttäjä", "tunnu"},          {"käyttöön", "otettu"},
    {"liittämis", "koodi"},         {"lipun", "välittäj"},
    {"pappers", "blankett"},        {"person", "beteckning"},
    {"personuppgifts", "ansvarig"}, {"prosentti", "kiintiö"},
    {"registre", "ring"},           {"rekisterin", "pitäjä"},
    {"saavutettavuus", "seloste"},  {"saavutettavuus", "vaatimu"},
    {"saavutetta", "vuu"},          {"sisällys", "luettelo"},
    {"statistik", "central"},       {"tilasto", "keskuks"},
    {"tillganglighets", "krav"},    {"web", "accessibility"},
    {"testi", "tuloste"},           {"tietosuoja", "seloste"},
    {"tietosuoja", "valtuute"},     {"tietosuoja", "vastaava"},
    {"tillgänglighets", "krav"},    {"tillgänglighets", "utlåtande"},
    {"tillgänglig", "het"},         {"tillsyns", "myndighet"},
    {"tjänste", "leverantör"},      {"todennus", "sovellu"},
    {"valta", "kunnalli"},          {"vastuu", "henkilö"},
    {"verksamhets", "ställ"},       {"viestintä", "virasto"},
    {"voimassaolo", "päiv"},
}};

bool is_letter(char c) { return ascii::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(
      std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; }));
}

// How many bytes stand before the joint; 0 for a word without one.
std::size_t joint_in(std::string_view word) {
  if (letters_in(word) < long_word) return 0;
  std::string small(word);
  small.front() = ascii::lower(small.front());
  for (auto const& [front, back] : joints) {
    if (small.starts_with(front) && small.substr(front.size()).starts_with(back)) {
      return front.size();
    }
  }
  return 0;
}

bool is_sign_of_code(char c) { return ascii::is_digit(c) || ascii::is_upper(c); }

// "0042-0317", a card's place in its batch: its length at the beginning of `text`, else 0.
std::size_t position_in(std::string_view text) {
  constexpr std::size_t length = 9;
  if (text.size() < length) return 0;
  for (std::size_t i = 0; i < length; ++i) {
    bool const fits = i == 4 ? text[i] == '-' : ascii::is_digit(text[i]);
    if (!fits) return 0;
  }
  bool const goes_on =
      text.size() > length && (ascii::is_digit(text[length]) || text[length] == '-');
  return goes_on ? 0 : length;
}

bool begins_short_code(std::string_view text) {
  if (!text.starts_with(dots)) return false;
  auto const signs = text.substr(dots.size());
  auto const end = std::ranges::find_if_not(signs, is_sign_of_code);
  return static_cast<std::size_t>(end - signs.begin()) == short_code_signs;
}

// The length of a code that begins there and is not to be parted; 0 where none does.
std::size_t code_at(std::string_view text, std::size_t at) {
  auto const rest = text.substr(at);
  if (begins_short_code(rest)) return dots.size() + short_code_signs;
  bool const is_inside = at > 0 && (ascii::is_digit(text[at - 1]) || text[at - 1] == '-');
  return is_inside ? 0 : position_in(rest);
}

class Pen {
 public:
  std::string draw(std::string_view html) {
    out_.reserve(html.size() + html.size() / 16);
    while (!html.empty()) {
      auto const text = html.substr(0, html.find('<'));
      put_text(text);
      html.remove_prefix(text.size());
      auto const tag = html.substr(0, std::min(html.find('>'), html.size() - 1) + 1);
      note(tag);
      out_ += tag;
      html.remove_prefix(tag.size());
    }
    return std::move(out_);
  }

 private:
  void put_text(std::string_view text) {
    if (untouched_ > 0) {
      out_ += text;
      return;
    }
    std::size_t plain = 0;  // so much of it is words alone
    while (plain < text.size()) {
      auto const code = code_at(text, plain);
      if (code == 0) {
        ++plain;
        continue;
      }
      put_words(text.substr(0, plain));
      out_ += "<span class=\"unparted\">";
      out_ += text.substr(plain, code);
      out_ += "</span>";
      text.remove_prefix(plain + code);
      plain = 0;
    }
    put_words(text);
  }

  void put_words(std::string_view text) {
    if (narrow_ == 0) {
      out_ += text;
      return;
    }
    while (!text.empty()) {
      auto const end = std::ranges::find_if_not(text, is_letter);
      auto const word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
      auto const joint = joint_in(word);
      out_ += word.substr(0, joint);
      if (joint > 0) out_ += soft_hyphen;
      out_ += word.substr(joint);
      text.remove_prefix(word.size());
      auto const next = std::ranges::find_if(text, is_letter);
      auto const others = text.substr(0, static_cast<std::size_t>(next - text.begin()));
      out_ += others;
      text.remove_prefix(others.size());
    }
  }

  void note(std::string_view tag) {
    bool const closes = tag.starts_with("</");
    auto name = tag.substr(std::min<std::size_t>(closes ? 2 : 1, tag.size()));
    name = name.substr(0, name.find_first_of(" >\n/"));
    if (std::ranges::find(untouched_elements, name) != untouched_elements.end()) {
      untouched_ += closes ? -1 : 1;
    }
    if (std::ranges::find(narrow_elements, name) != narrow_elements.end()) {
      narrow_ += closes ? -1 : 1;
    }
    if (name != "a") return;
    // A link that looks like a button.
    bool const opens_button = !closes && tag.find("class=\"button") != std::string_view::npos;
    narrow_ += opens_button ? 1 : is_in_button_ ? -1 : 0;
    is_in_button_ = opens_button;
  }

  std::string out_;
  int untouched_ = 0;
  int narrow_ = 0;
  bool is_in_button_ = false;
};

}  // namespace

std::string with_line_breaks(std::string_view html) { return Pen().draw(html); }

}  // namespace kaiku::pages
