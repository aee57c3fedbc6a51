#include "schema/contract/answers.hpp"

#include <cassert>

namespace kaiku::contract {

namespace {

struct AnswerRow {
  Answer answer;
  std::string_view word;
  std::array<AnswerTexts, 3> texts;  // fi, sv, en
};

constexpr std::string_view no_ticket_fi = "Ei lippua tällä koodilla";
constexpr std::string_view no_ticket_sv = "Ingen biljett med den här koden";
constexpr std::string_view no_ticket_en = "No ticket on this code";
constexpr std::string_view change_fi = "Muuta lippujen määrää";
constexpr std::string_view change_sv = "Ändra antalet biljetter";
constexpr std::string_view change_en = "Change the number of tickets";
constexpr std::string_view wait_fi = "Odota hetki, tarkistan.";
constexpr std::string_view wait_sv = "Ett ögonblick, jag kontrollerar.";
constexpr std::string_view wait_en = "One moment, let me check.";
constexpr std::string_view help_fi = "Odota hetki, kysyn apua.";
constexpr std::string_view help_sv = "Ett ögonblick, jag frågar om hjälp.";
constexpr std::string_view help_en = "One moment, I'll ask for help.";
constexpr std::string_view count_fi = "Tarkistetaan vielä lippujen määrä.";
constexpr std::string_view count_sv = "Vi kontrollerar antalet biljetter en gång till.";
constexpr std::string_view count_en = "Let's check the number of tickets once more.";
constexpr std::string_view there_fi =
    "Lippu ei nyt onnistu. Paikka, josta sait kortin, auttaa tässä mielellään.";
constexpr std::string_view there_sv =
    "Jag kan inte ge en biljett just nu. Stället där du fick kortet hjälper gärna till.";
constexpr std::string_view there_en =
    "I can't give a ticket just now. The place where you got the card will gladly help.";

// In the order of the enum: staff, aloud, closing, heading. A staff text is a plain reason and one
// next step. What is said aloud first fits anybody in the queue and tells nothing about the card,
// its holder or money; the closing speaks of the card, and of nothing else.
constexpr std::array<AnswerRow, answer_count> rows{{
    {Answer::ok,
     "ok",
     {{{"Kortti kelpaa. Anna liput.", "Tervetuloa!", "", "Kortti kelpaa"},
       {"Kortet gäller. Ge biljetterna.", "Välkommen!", "", "Kortet gäller"},
       {"The card is good. Give the tickets.", "Welcome!", "", "The card is good"}}}},
    {Answer::ok_offline,
     "ok_offline",
     {{{"Aito kortti, tiedot tarkistetaan myöhemmin. Anna liput.", "Tervetuloa!", "",
        "Kortti kelpaa"},
       {"Äkta kort, uppgifterna kontrolleras senare. Ge biljetterna.", "Välkommen!", "",
        "Kortet gäller"},
       {"A genuine card, to be checked later. Give the tickets.", "Welcome!", "",
        "The card is good"}}}},
    {Answer::already_used_here,
     "already_used_here",
     {{{"Tällä kortilla on jo annettu lippu. Anna toinen vain, jos siihen on syy.", wait_fi, "",
        "Tällä kortilla on jo annettu lippu"},
       {"En biljett har redan getts med kortet. Ge en till bara om det finns skäl.", wait_sv, "",
        "En biljett har redan getts med kortet"},
       {"A ticket was already given. Give another only with a reason.", wait_en, "",
        "A ticket was already given"}}}},
    {Answer::quota_full,
     "quota_full",
     {{{"Liput eivät riitä. Vähennä määrää tai ehdota toista aikaa.", wait_fi,
        "Liput eivät nyt riitä. Katsotaanko yhdessä muita vaihtoehtoja?", "Liput eivät riitä"},
       {"Biljetterna räcker inte. Minska antalet eller föreslå en annan tid.", wait_sv,
        "Biljetterna räcker inte just nu. Ska vi titta på andra alternativ tillsammans?",
        "Biljetterna räcker inte"},
       {"Not enough tickets left. Give fewer or suggest another time.", wait_en,
        "There are not enough tickets now. Shall we look at other choices together?",
        "Not enough tickets left"}}}},
    {Answer::limit_reached,
     "limit_reached",
     {{{"Kortin liput tänne on jo käytetty. Ehdota jotain muuta.", wait_fi,
        "Nyt en voi antaa lippua, mutta kerron mielelläni muista vaihtoehdoista.", no_ticket_fi},
       {"Kortets biljetter hit är redan använda. Föreslå något annat.", wait_sv,
        "Jag kan inte ge en biljett nu, men berättar gärna om andra alternativ.", no_ticket_sv},
       {"The card's tickets here are already used. Suggest something else.", wait_en,
        "I can't give a ticket now, but I'd gladly tell you about other choices.", no_ticket_en}}}},
    {Answer::not_registered,
     "not_registered",
     {{{"Korttia ei ole vielä otettu käyttöön. Ohjaa sinne, mistä kortti on saatu.", wait_fi,
        "Kortti pitää vielä ottaa käyttöön. Se hoituu siellä, mistä sait kortin.", no_ticket_fi},
       {"Kortet har inte tagits i bruk ännu. Hänvisa till stället där det gavs ut.", wait_sv,
        "Kortet behöver ännu tas i bruk. Det ordnas där du fick kortet.", no_ticket_sv},
       {"The card is not in use yet. Refer to where it was issued.", wait_en,
        "The card still has to be taken into use. That is done where you got it.", no_ticket_en}}}},
    {Answer::not_yet_valid,
     "not_yet_valid",
     {{{"Kortin voimassaolo ei ole vielä alkanut. Neuvo tarkistamaan alkupäivä.", wait_fi,
        "Kortti alkaa toimia myöhemmin. Päivä on kirjeessä.", no_ticket_fi},
       {"Kortets giltighet har inte börjat ännu. Be att få startdagen kontrollerad.", wait_sv,
        "Kortet börjar gälla senare. Dagen står i brevet.", no_ticket_sv},
       {"The card is not valid yet. Advise to check its first day.", wait_en,
        "The card starts later. The day is in the letter.", no_ticket_en}}}},
    {Answer::expired,
     "expired",
     {{{"Kortin voimassaolo on päättynyt. Sitä jatketaan siellä, mistä se on saatu.", wait_fi,
        "Kortti tarvitsee uuden päivämäärän. Sen saa samasta paikasta kuin kortin.", no_ticket_fi},
       {"Kortets giltighet har gått ut. Den förlängs där kortet gavs ut.", wait_sv,
        "Kortet behöver ett nytt datum. Det får du på samma ställe som kortet.", no_ticket_sv},
       {"The card has run out. It is renewed where it was issued.", wait_en,
        "The card needs a new date. You get it where you got the card.", no_ticket_en}}}},
    {Answer::blocked,
     "blocked",
     {{{"Kortti ei ole käytössä. Ohjaa sinne, mistä kortti on saatu.", wait_fi, there_fi,
        no_ticket_fi},
       {"Kortet är inte i bruk. Hänvisa till stället där kortet gavs ut.", wait_sv, there_sv,
        no_ticket_sv},
       {"The card is not in use. Refer to where it was issued.", wait_en, there_en,
        no_ticket_en}}}},
    {Answer::replaced,
     "replaced",
     {{{"Kortin tilalle on annettu uusi. Pyydä lukemaan uusi kortti.",
        "Olisiko sinulla mukana uudempi kortti?", "", no_ticket_fi},
       {"Kortet har ersatts med ett nytt. Be att få läsa av det nya kortet.",
        "Har du kanske ett nyare kort med dig?", "", no_ticket_sv},
       {"The card has been replaced by a new one. Ask for the new card.",
        "Do you perhaps have a newer card with you?", "", no_ticket_en}}}},
    {Answer::wrong_area,
     "wrong_area",
     {{{"Kortti ei käy tällä alueella. Neuvo kortin oman alueen kohteisiin.", wait_fi,
        "Tällä kortilla saa lippuja kortin omalla alueella. Paikat ovat kirjeessä.", no_ticket_fi},
       {"Kortet gäller inte i detta område. Hänvisa till kortets eget område.", wait_sv,
        "Med kortet får du biljetter på kortets eget område. Ställena finns i brevet.",
        no_ticket_sv},
       {"The card is not good in this area. Refer to venues of its own area.", wait_en,
        "This card gives tickets in its own area. The letter tells where.", no_ticket_en}}}},
    {Answer::children_over_limit,
     "children_over_limit",
     {{{"Lapsilippuja ei voi antaa näin monta. Muuta lippujen määrää.", count_fi, "", change_fi},
       {"Så många barnbiljetter kan inte ges. Ändra antalet biljetter.", count_sv, "", change_sv},
       {"So many children's tickets cannot be given. Change the number.", count_en, "",
        change_en}}}},
    {Answer::children_not_on_courses,
     "children_not_on_courses",
     {{{"Kurssipaikka on vain kortinhaltijalle. Poista lapsiliput.",
        "Kurssipaikka on yhdelle hengelle.", "", change_fi},
       {"Kursplatsen är bara för kortinnehavaren. Ta bort barnbiljetterna.",
        "Kursplatsen är för en person.", "", change_sv},
       {"A course place is for the cardholder alone. Remove the children.",
        "The course place is for one person.", "", change_en}}}},
    {Answer::community_over_ceiling,
     "community_over_ceiling",
     {{{"Ryhmä on suurempi kuin kortti sallii. Vähennä lippuja.", count_fi, "", change_fi},
       {"Gruppen är större än kortet tillåter. Minska antalet biljetter.", count_sv, "", change_sv},
       {"The group is larger than the card allows. Give fewer tickets.", count_en, "",
        change_en}}}},
    {Answer::unknown_card,
     "unknown_card",
     {{{"Tunnusta ei löydy. Lue kortti uudelleen tai kirjoita tunnus.", wait_fi,
        "En saa korttia nyt luettua. Paikka, josta sait sen, auttaa.", no_ticket_fi},
       {"Koden hittas inte. Läs av kortet på nytt eller skriv koden.", wait_sv,
        "Jag lyckas inte läsa av kortet nu. Stället där du fick det kan hjälpa.", no_ticket_sv},
       {"The code is not known. Scan again or type it.", wait_en,
        "I can't read the card now. The place where you got it can help.", no_ticket_en}}}},
    {Answer::unreadable,
     "unreadable",
     {{{"Tunnuksesta ei saatu selvää. Lue kortti uudelleen tai kirjoita tunnus.",
        "Luen kortin vielä kerran.", "", "Tunnuksesta ei saatu selvää"},
       {"Koden gick inte att läsa. Läs av kortet på nytt eller skriv koden.",
        "Jag läser av kortet en gång till.", "", "Koden gick inte att läsa"},
       {"The code could not be read. Scan the card again or type the code.",
        "I'll scan the card once more.", "", "The code could not be read"}}}},
    {Answer::device_revoked,
     "device_revoked",
     {{{"Tämä laite ei ole enää käytössä. Ota yhteys alueen vastuuhenkilöön.",
        "Odota hetki, laitteessa on häiriö.", "", "Laite ei ole käytössä"},
       {"Enheten är inte längre i bruk. Kontakta områdets ansvarsperson.",
        "Ett ögonblick, det är ett fel på enheten.", "", "Enheten är inte i bruk"},
       {"This device is no longer in use. Contact the area coordinator.",
        "One moment, this device has a fault.", "", "The device is not in use"}}}},
    {Answer::stale_snapshot,
     "stale_snapshot",
     {{{"Laite ei voi nyt tietää: tiedot ovat vanhoja. Yhdistä laite verkkoon.", help_fi, "",
        "Laitteen tiedot ovat vanhoja"},
       {"Enheten kan inte veta nu: uppgifterna är gamla. Anslut den till nätet.", help_sv, "",
        "Enhetens uppgifter är gamla"},
       {"The device cannot know now: its data are old. Connect it to the network.", help_en, "",
        "The device's data are old"}}}},
    {Answer::event_over,
     "event_over",
     {{{"Tapahtuma on jo päättynyt. Valitse toinen tai anna syyn kanssa.", wait_fi, "",
        "Tapahtuma on jo päättynyt"},
       {"Evenemanget är redan slut. Välj ett annat eller ge med ett skäl.", wait_sv, "",
        "Evenemanget är redan slut"},
       {"The event is over already. Choose another, or give with a reason.", wait_en, "",
        "The event is over already"}}}},
    {Answer::event_cancelled,
     "event_cancelled",
     {{{"Tapahtuma on peruutettu. Valitse toinen tapahtuma.",
        "Tämä tapahtuma on peruutettu, katsotaan muita.", "", "Tapahtuma on peruutettu"},
       {"Evenemanget är inställt. Välj ett annat evenemang.",
        "Det här evenemanget är inställt, vi ser på andra.", "", "Evenemanget är inställt"},
       {"The event is cancelled. Choose another event.",
        "This event is cancelled, let's look at others.", "", "The event is cancelled"}}}},
    {Answer::adult_first,
     "adult_first",
     {{{"Lapsi pääsee aikuisen kanssa. Anna aikuisen lippu samalla.", count_fi, "", change_fi},
       {"Barn kommer in med en vuxen. Ge vuxenbiljetten samtidigt.", count_sv, "", change_sv},
       {"A child comes with the adult. Give the adult's ticket too.", count_en, "", change_en}}}},
}};

// Where it is known how many places are left: none at all, or too few for this act.
constexpr std::array<AnswerTexts, 3> sold_out{{
    {"Liput ovat loppu. Ehdota toista aikaa.", wait_fi,
     "Liput tähän ovat nyt loppu. Katsotaanko yhdessä toinen aika?", "Liput ovat loppu"},
    {"Biljetterna är slut. Föreslå en annan tid.", wait_sv,
     "Biljetterna hit är slut nu. Ska vi titta på en annan tid tillsammans?",
     "Biljetterna är slut"},
    {"Tickets have run out. Suggest another time.", wait_en,
     "Tickets for this have run out. Shall we look for another time together?",
     "Tickets have run out"},
}};
struct FewLeft {
  std::string_view heading;
  std::string_view heading_of_one;
  std::string_view closing;
  std::string_view closing_of_one;
};
constexpr std::array<FewLeft, 3> few_left{{
    {"Lippuja on jäljellä {}", "Lippuja on jäljellä 1", "Lippuja on jäljellä {}. Sopiiko niin?",
     "Lippuja on jäljellä 1. Sopiiko niin?"},
    {"Det finns {} biljetter kvar", "Det finns 1 biljett kvar",
     "Det finns {} biljetter kvar. Passar det?", "Det finns 1 biljett kvar. Passar det?"},
    {"{} tickets are left", "1 ticket is left", "There are {} tickets left. Will that do?",
     "There is 1 ticket left. Will that do?"},
}};

// Where it is known how many children's tickets are possible: that many, or none.
struct ChildrenBound {
  std::string_view most;
  std::string_view none;
};
constexpr std::array<ChildrenBound, 3> children_bound{{
    {"Lapsilippuja voi antaa enintään {}. Muuta lippujen määrää.",
     "Ei lapsilippuja. Poista lapsiliput."},
    {"Barnbiljetter kan ges: högst {}. Ändra antalet biljetter.",
     "Inga barnbiljetter. Ta bort barnbiljetterna."},
    {"Children's tickets: at most {}. Change the number.",
     "No children's tickets. Remove the children."},
}};

std::string with_count(std::string_view text, int count) {
  std::string words(text);
  if (auto const at = words.find("{}"); at != std::string::npos) {
    words.replace(at, 2, std::to_string(count));
  }
  return words;
}

constexpr std::array<std::string_view, languages.size()> language_codes{"fi", "sv", "en"};

constexpr bool rows_stand_in_enum_order() {
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (rows[index].answer != static_cast<Answer>(index)) return false;
  }
  return true;
}
static_assert(rows_stand_in_enum_order());

AnswerRow const& row_of(Answer answer) {
  auto const index = static_cast<std::size_t>(answer);
  assert(index < rows.size());
  return rows[index];
}

}  // namespace

std::string_view word_of(Answer answer) { return row_of(answer).word; }

std::optional<Answer> answer_from(std::string_view word) {
  for (auto const& row : rows) {
    if (row.word == word) return row.answer;
  }
  return std::nullopt;
}

AnswerTexts texts_of(Answer answer, Language language) {
  return row_of(answer).texts[static_cast<std::size_t>(language)];
}

AnswerWords words_of(Answer answer, AnswerCounts counts, Language language) {
  auto const index = static_cast<std::size_t>(language);
  auto const left = answer == Answer::quota_full ? counts.quota_left : std::nullopt;
  auto const children = answer == Answer::children_over_limit ? counts.children_max : std::nullopt;
  auto const texts = left && *left <= 0 ? sold_out[index] : texts_of(answer, language);
  AnswerWords words{std::string(texts.staff), std::string(texts.aloud), std::string(texts.closing),
                    std::string(texts.heading)};
  if (left && *left > 0) {
    auto const& few = few_left[index];
    bool const one = *left == 1;
    words.heading = with_count(one ? few.heading_of_one : few.heading, *left);
    words.closing = with_count(one ? few.closing_of_one : few.closing, *left);
  }
  if (children) {
    auto const& bound = children_bound[index];
    words.staff = *children > 0 ? with_count(bound.most, *children) : std::string(bound.none);
  }
  return words;
}

std::string_view code_of(Language language) {
  return language_codes[static_cast<std::size_t>(language)];
}

std::optional<Language> language_from(std::string_view code) {
  for (auto const language : languages) {
    if (code_of(language) == code) return language;
  }
  return std::nullopt;
}

}  // namespace kaiku::contract
