// One word an idea, in each language: the words that our texts never use, and what stands instead.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/answers.hpp"

namespace kaiku::test {

struct NeverWord {
  contract::Language language;
  std::string_view begins;  // a word of a text that begins so, without regard to case
  std::string_view instead;
};

inline constexpr auto fi = contract::Language::fi;
inline constexpr auto sv = contract::Language::sv;
inline constexpr auto en = contract::Language::en;

inline constexpr std::array never_words{
    NeverWord{fi, "palautuskood", "varakoodi"},
    NeverWord{fi, "käyttöönottokood", "liittämiskoodi"},
    NeverWord{fi, "tili", "käyttäjä, käyttäjätunnus"},
    NeverWord{fi, "konto", "käyttäjä"},
    NeverWord{fi, "istun", "kirjautuminen"},
    NeverWord{fi, "sessio", "kirjautuminen"},
    NeverWord{fi, "virheelli", "mikä on vialla"},
    NeverWord{fi, "hylät", "mikä on vialla"},
    NeverWord{fi, "kiellet", "mikä on vialla"},
    NeverWord{fi, "köyh", "ei sanaa rahasta"},
    NeverWord{fi, "vähävarai", "ei sanaa rahasta"},
    NeverWord{fi, "uusimi", "voimassaolon jatkaminen"},
    NeverWord{fi, "koordinaattor", "vastuuhenkilö"},
    NeverWord{sv, "koordinator", "ansvarsperson"},
    NeverWord{sv, "återställningskod", "reservkod"},
    NeverWord{sv, "konto", "användare"},
    NeverWord{sv, "session", "inloggning"},
    NeverWord{sv, "förny", "förlänga giltigheten"},
    NeverWord{sv, "ångra", "annullera"},
    NeverWord{sv, "arbetare", "anställd"},
    NeverWord{sv, "apparat", "enhet"},
    NeverWord{sv, "läge", "status"},
    NeverWord{sv, "kortbatch", "kortparti"},
    NeverWord{sv, "fattig", "inget ord om pengar"},
    NeverWord{en, "session", "sign-in"},
    NeverWord{en, "poor", "no word of money"},
    NeverWord{en, "invalid", "what is wrong"},
    NeverWord{en, "forbidden", "what is wrong"},
};

// A text with an exclamation mark shouts; all but a welcome.
inline bool shouts(std::string_view text) {
  return text.find('!') != std::string_view::npos && text != "Tervetuloa!" &&
         text != "Välkommen!" && text != "Welcome!";
}

// The letters of a word, those beyond ASCII as they are; our capital ones are Å, Ä and Ö.
inline std::string lower(std::string_view text) {
  std::string low(text);
  for (auto& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (auto const& [from, to] :
       {std::pair<std::string_view, std::string_view>{"Å", "å"}, {"Ä", "ä"}, {"Ö", "ö"}}) {
    for (auto at = low.find(from); at != std::string::npos; at = low.find(from, at)) {
      low.replace(at, from.size(), to);
    }
  }
  return low;
}

// What a text says that none of ours may, as sentences for whoever has to mend it.
inline std::vector<std::string> glossary_faults(contract::Language language, std::string_view key,
                                                std::string_view text) {
  std::vector<std::string> faults;
  auto const low = lower(text);
  auto const is_letter = [&](std::size_t at) {
    auto const c = static_cast<unsigned char>(low[at]);
    return std::isalnum(c) != 0 || c >= 0x80;
  };
  for (auto const& never : never_words) {
    if (never.language != language) continue;
    for (auto at = low.find(never.begins); at != std::string::npos;
         at = low.find(never.begins, at + 1)) {
      if (at > 0 && is_letter(at - 1)) continue;
      faults.push_back(std::string(key) + ": not \"" + std::string(never.begins) + "\" but " +
                       std::string(never.instead) + ": " + std::string(text));
      break;
    }
  }
  if (shouts(text)) faults.push_back(std::string(key) + " shouts: " + std::string(text));
  return faults;
}

}  // namespace kaiku::test
