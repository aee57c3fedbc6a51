// One word an idea, in each language: the words that our texts never use, and what stands instead;
// and how long a sentence may be.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/contract/answers.hpp"

namespace kaiku::test {

struct NeverWord {
  contract::Language language;
  std::string_view begins;  // words of a text that begin so, without regard to case
  std::string_view instead;
};

// Texts that may say a word of the list: by the beginning of their keys.
struct Exception {
  contract::Language language;
  std::string_view begins;
  std::vector<std::string_view> keys;
};

inline constexpr auto fi = contract::Language::fi;
inline constexpr auto sv = contract::Language::sv;
inline constexpr auto en = contract::Language::en;

inline constexpr std::array never_words{
    NeverWord{fi, "koodi", "kortin tunnus, varakoodi, kertakoodi, liittämiskoodi"},
    NeverWord{fi, "kortin numero", "kortin tunnus"},
    NeverWord{fi, "korttinumero", "kortin tunnus"},
    NeverWord{fi, "lue koodi", "lue kortti"},
    NeverWord{fi, "luen koodi", "luen kortin"},
    NeverWord{fi, "palautuskood", "varakoodi"},
    NeverWord{fi, "käyttöönottokood", "liittämiskoodi"},
    NeverWord{fi, "tili", "käyttäjä, käyttäjätunnus"},
    NeverWord{fi, "konto", "käyttäjä"},
    NeverWord{fi, "istun", "kirjautuminen"},
    NeverWord{fi, "sessio", "kirjautuminen"},
    NeverWord{fi, "rekisteröi", "antaa, annettu"},
    NeverWord{fi, "peruuta", "takaisin"},
    NeverWord{fi, "peruute", "peruttu"},
    NeverWord{fi, "peruutu", "peruminen"},
    NeverWord{fi, "virheelli", "mikä on vialla"},
    NeverWord{fi, "hylät", "mikä on vialla"},
    NeverWord{fi, "kiellet", "mikä on vialla"},
    NeverWord{fi, "köyh", "ei sanaa rahasta"},
    NeverWord{fi, "vähävarai", "ei sanaa rahasta"},
    NeverWord{fi, "uusia", "jatkaa voimassaoloa"},
    NeverWord{fi, "uusim", "voimassaolon jatkaminen"},
    NeverWord{fi, "uusit", "jatkaa voimassaoloa"},
    NeverWord{fi, "uusi voimassaolo", "voimassaolon jatkaminen"},
    NeverWord{fi, "koordinaattor", "vastuuhenkilö"},
    NeverWord{sv, "koordinator", "ansvarsperson"},
    NeverWord{sv, "kortets nummer", "kortets kod"},
    NeverWord{sv, "kortnummer", "kortets kod"},
    NeverWord{sv, "läser av koden", "läser av kortet"},
    NeverWord{sv, "återställningskod", "reservkod"},
    NeverWord{sv, "konto", "användare"},
    NeverWord{sv, "session", "inloggning"},
    NeverWord{sv, "ge ett kort", "ge ut ett kort"},
    NeverWord{sv, "registrerade kort", "utgivna kort"},
    NeverWord{sv, "inte registrerat", "inte utgivet"},
    NeverWord{sv, "förny", "förlänga giltigheten"},
    NeverWord{sv, "avbryt", "tillbaka"},
    NeverWord{sv, "ångra", "annullera"},
    NeverWord{sv, "arbetare", "anställd"},
    NeverWord{sv, "apparat", "enhet"},
    NeverWord{sv, "läge", "status"},
    NeverWord{sv, "kortbatch", "kortparti"},
    NeverWord{sv, "fattig", "inget ord om pengar"},
    NeverWord{sv, "felaktig", "vad som är fel"},
    NeverWord{sv, "förbjud", "vad som är fel"},
    NeverWord{sv, "ogiltig", "vad som är fel"},
    NeverWord{en, "card number", "card code"},
    NeverWord{en, "session", "sign-in"},
    NeverWord{en, "cancel", "undo, back"},
    NeverWord{en, "registered", "issued, recorded"},
    NeverWord{en, "reject", "not accept"},
    NeverWord{en, "poor", "no word of money"},
    NeverWord{en, "invalid", "what is wrong"},
    NeverWord{en, "forbidden", "what is wrong"},
};

// The code of a one-time code, an enrolment code or a recovery code is plain where its own name
// stands beside it; events are cancelled; figures say of which day they are.
inline std::vector<Exception> const exceptions{
    {fi,
     "koodi",
     {"devices_join_intro", "devices_how_many_hint", "device_code_over_text",
      "help_code_refused_do", "login_code_used", "lost_no", "totp_wrong", "recovery_hint",
      "handover_paper"}},
    {fi, "peruuta", {"event_cancel"}},
    {fi,
     "peruute",
     {"event_cancelled", "events_cancelled", "event_is_cancelled", "event_was_cancelled",
      "offers_cancelled", "day_cancelled", "verdict_event_cancelled"}},
    {fi, "peruutu", {"event_cancel_back", "event_restore"}},
    {fi, "uusia", {"municipalities_left_stay", "quota_below"}},
    {sv, "registrerade kort", {"forms_count"}},
    {sv, "läge", {"figures_as_of"}},
    {en,
     "cancel",
     {"event_cancel", "events_cancelled", "event_restore", "event_is_cancelled",
      "event_was_cancelled", "offers_cancelled", "day_cancelled", "verdict_event_cancelled"}},
};

inline bool is_excepted(NeverWord const& never, std::string_view key) {
  return std::ranges::any_of(exceptions, [&](Exception const& one) {
    return one.language == never.language && one.begins == never.begins &&
           std::ranges::any_of(one.keys, [&](auto begin) { return key.starts_with(begin); });
  });
}

// The fixed phrase of a door: whatever was read, it blames neither card nor person.
inline constexpr std::string_view no_ticket = "Ei lippua tällä koodilla";

inline constexpr std::ptrdiff_t most_words = 15;
// The act's own words.
inline constexpr std::string_view longer_by_law = "accessibility_complaint";

// A {name} of a page, a button or a value is one word: who reads looks for it as a whole.
inline std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    sentences.back() += text[at];
    bool const ends = std::string_view(".:!?;").find(text[at]) != std::string_view::npos;
    if (ends && at + 1 < text.size() && text[at + 1] == ' ') sentences.emplace_back();
  }
  return sentences;
}

inline std::ptrdiff_t words_in(std::string const& sentence) {
  std::istringstream words(sentence);
  return std::distance(std::istream_iterator<std::string>(words), {});
}

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
  auto const is_of_a_word = [&](std::size_t at) {  // "QR-koodi" is one word
    auto const c = static_cast<unsigned char>(low[at]);
    return std::isalnum(c) != 0 || c >= 0x80 || c == '-';
  };
  for (auto const& never : never_words) {
    if (never.language != language || text == no_ticket || is_excepted(never, key)) continue;
    for (auto at = low.find(never.begins); at != std::string::npos;
         at = low.find(never.begins, at + 1)) {
      if (at > 0 && is_of_a_word(at - 1)) continue;
      faults.push_back(std::string(key) + ": not \"" + std::string(never.begins) + "\" but " +
                       std::string(never.instead) + ": " + std::string(text));
      break;
    }
  }
  for (auto const& sentence : sentences_of(text)) {
    if (words_in(sentence) <= most_words || key == longer_by_law) continue;
    faults.push_back(std::string(key) + " says too much in one sentence: " + sentence);
  }
  if (shouts(text)) faults.push_back(std::string(key) + " shouts: " + std::string(text));
  return faults;
}

}  // namespace kaiku::test
