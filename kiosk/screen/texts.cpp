#include "kiosk/screen/texts.hpp"

#include <array>

namespace kaiku::kiosk {

namespace {

struct TextRow {
  Word word;
  std::array<std::string_view, 3> in;  // fi, sv, en
};

constexpr std::size_t word_count = static_cast<std::size_t>(Word::enrol_stored_nothing) + 1;

// In the order of the enum.
constexpr std::array<TextRow, word_count> rows{{
    {Word::online, {"Verkossa", "Uppkopplad", "Online"}},
    {Word::no_network, {"Ei verkkoa", "Inget nät", "No network"}},
    {Word::queue, {"jono", "kö", "queue"}},
    {Word::no_event, {"Ilman tapahtumaa", "Utan evenemang", "Without an event"}},
    {Word::clock_wrong,
     {"Laitteen kello on väärässä ({} min). Korjaa laitteen aika.",
      "Enhetens klocka går fel ({} min). Rätta enhetens tid.",
      "This device's clock is wrong ({} min). Correct its time."}},
    {Word::read_card, {"Lue kortin koodi", "Läs av kortets kod", "Scan the code of the card"}},
    {Word::or_type,
     {"tai kirjoita tunnus ja paina Enter", "eller skriv koden och tryck Enter",
      "or type the code and press Enter"}},
    {Word::code_label, {"Tunnus:", "Kod:", "Code:"}},
    {Word::given_today,
     {"Annettu tänään {} ({} lapsille)", "Givna i dag {} ({} till barn)",
      "Given today {} ({} to children)"}},
    {Word::quota_left,
     {"kiintiötä jäljellä {}/{}", "kvar av kvoten {}/{}", "quota left {}/{}"}},
    {Word::latest, {"Viimeisin: {} · {} · {}", "Senast: {} · {} · {}", "Latest: {} · {} · {}"}},
    {Word::keys_idle,
     {"F2 Tapahtuma  F3 Tunnus  F4 Peru viimeisin  F5 Tila  F8 Kieli  F10 Lopeta",
      "F2 Evenemang  F3 Kod  F4 Ångra senaste  F5 Läge  F8 Språk  F10 Avsluta",
      "F2 Event  F3 Code  F4 Undo latest  F5 Status  F8 Language  F10 Quit"}},
    {Word::checking, {"Tarkistan korttia …", "Kontrollerar kortet …", "Checking the card …"}},
    {Word::giving, {"Kirjaan lippua …", "Registrerar biljetten …", "Recording the ticket …"}},
    {Word::children_at_most,
     {"Lapsilippuja enintään {}", "Barnbiljetter: högst {}", "Children's tickets: at most {}"}},
    {Word::no_children, {"Ei lapsilippuja", "Inga barnbiljetter", "No children's tickets"}},
    {Word::children, {"Lapsia", "Barn", "Children"}},
    {Word::children_keys, {"(0–9, + −)", "(0–9, + −)", "(0–9, + −)"}},
    {Word::children_capped,
     {"Enempää lapsilippuja ei voi antaa.", "Fler barnbiljetter kan inte ges.",
      "No more children's tickets can be given."}},
    {Word::assistant, {"Avustaja", "Assistent", "Assistant"}},
    {Word::interpreter, {"Tulkki", "Tolk", "Interpreter"}},
    {Word::companion, {"Kulttuurikaveri", "Kulturkompis", "Companion"}},
    {Word::give_one, {"ENTER = Anna 1 lippu", "ENTER = Ge 1 biljett", "ENTER = Give 1 ticket"}},
    {Word::give_many,
     {"ENTER = Anna {} lippua", "ENTER = Ge {} biljetter", "ENTER = Give {} tickets"}},
    {Word::do_not_give, {"ESC = Älä anna", "ESC = Ge inte", "ESC = Do not give"}},
    {Word::closes_in, {"(sulkeutuu {} s)", "(stängs om {} s)", "(closes in {} s)"}},
    {Word::one_ticket, {"1 lippu", "1 biljett", "1 ticket"}},
    {Word::many_tickets, {"{} lippua", "{} biljetter", "{} tickets"}},
    {Word::child_ticket, {"1 lapsen lippu", "1 barnbiljett", "1 child's ticket"}},
    {Word::child_tickets, {"{} lasten lippua", "{} barnbiljetter", "{} children's tickets"}},
    {Word::given_suffix, {"{} annettu", "{} har getts", "{} given"}},
    {Word::undo_hint, {"F4 = Peru", "F4 = Ångra", "F4 = Undo"}},
    {Word::add_children,
     {"Lapset mukaan: paina 1–9", "Barnen med: tryck 1–9", "Children too: press 1–9"}},
    {Word::add_children_up_to,
     {"Lapset mukaan: paina 1–{}", "Barnen med: tryck 1–{}", "Children too: press 1–{}"}},
    {Word::next, {"ENTER = Seuraava", "ENTER = Nästa", "ENTER = Next"}},
    {Word::say, {"Sano: ”{}”", "Säg: ”{}”", "Say: “{}”"}},
    {Word::places_left, {"Paikkoja jäljellä: {}", "Platser kvar: {}", "Places left: {}"}},
    {Word::give_anyway,
     {"P = Anna silti (syy listasta)", "P = Ge ändå (skäl ur listan)",
      "P = Give anyway (reason from a list)"}},
    {Word::which_reason,
     {"Miksi lippu annetaan?", "Varför ges biljetten?", "Why give the ticket?"}},
    {Word::reason_left_and_returned,
     {"Kävi ulkona ja palasi", "Gick ut och kom tillbaka", "Went out and came back"}},
    {Word::reason_scanned_twice,
     {"Koodi luettiin vahingossa kahdesti", "Koden lästes två gånger av misstag",
      "The code was scanned twice by mistake"}},
    {Word::reason_other_person,
     {"Edellinen lippu meni toiselle", "Förra biljetten gick till någon annan",
      "The earlier ticket went to somebody else"}},
    {Word::reason_known_here,
     {"Kävijä tunnetaan täällä", "Besökaren är känd här", "The visitor is known here"}},
    {Word::back, {"ESC = Takaisin", "ESC = Tillbaka", "ESC = Back"}},
    {Word::cannot_know,
     {"Laite ei voi nyt tietää", "Enheten kan inte veta nu", "The device cannot know now"}},
    {Word::no_connection_text,
     {"Palvelimeen ei saada yhteyttä. Tarkista verkko ja lue kortti uudelleen.",
      "Servern kan inte nås. Kontrollera nätet och läs av kortet på nytt.",
      "The server cannot be reached. Check the network and scan again."}},
    {Word::server_busy_text,
     {"Palvelin on kiireinen. Lue kortti hetken päästä uudelleen.",
      "Servern är upptagen. Läs av kortet på nytt om en stund.",
      "The server is busy. Scan the card again in a moment."}},
    {Word::too_many_tries_text,
     {"Liian monta väärää tunnusta. Lue kortin QR-koodi tai odota hetki.",
      "För många fel koder. Läs av kortets QR-kod eller vänta en stund.",
      "Too many wrong codes. Scan the card's QR code or wait a moment."}},
    {Word::not_accepted_text,
     {"Palvelin ei ottanut pyyntöä. Valitse tapahtuma uudelleen (F2).",
      "Servern tog inte emot begäran. Välj evenemanget på nytt (F2).",
      "The server did not take the request. Choose the event again (F2)."}},
    {Word::disk_failed_text,
     {"Laite ei voi kirjoittaa levylle. Lippua ei annettu. Käynnistä laite uudelleen.",
      "Enheten kan inte skriva på disken. Ingen biljett gavs. Starta om enheten.",
      "The device cannot write to its disk. Nothing was given. Restart it."}},
    {Word::cannot_know_aloud,
     {"Odota hetki, laite hakee tietoja.", "Ett ögonblick, enheten hämtar uppgifter.",
      "One moment, the device is fetching data."}},
    {Word::undoing, {"Perun …", "Ångrar …", "Undoing …"}},
    {Word::undone, {"Peruttu: {}", "Ångrat: {}", "Undone: {}"}},
    {Word::undo_noted,
     {"Peruutus on kirjattu. Se lähtee, kun yhteys palaa.",
      "Ångringen är antecknad. Den sänds när förbindelsen är tillbaka.",
      "The undo is noted. It is sent when the connection returns."}},
    {Word::nothing_to_undo,
     {"Ei peruttavaa viimeisen 15 minuutin ajalta.",
      "Inget att ångra under de senaste 15 minuterna.",
      "Nothing to undo in the last 15 minutes."}},
    {Word::undo_too_late,
     {"Peruutusaika on ohi. Pyydä alueen vastuuhenkilöä perumaan.",
      "Tiden för att ångra har gått ut. Be områdets ansvarsperson.",
      "The time to undo has passed. Ask the area coordinator."}},
    {Word::undo_refused,
     {"Palvelin ei perunut lippua. Pyydä alueen vastuuhenkilöä perumaan.",
      "Servern ångrade inte biljetten. Be områdets ansvarsperson.",
      "The server did not undo it. Ask the area coordinator."}},
    {Word::choose_event, {"Valitse tapahtuma", "Välj evenemang", "Choose the event"}},
    {Word::choose_event_keys,
     {"↑ ↓ ja ENTER, tai numero   ESC = Takaisin", "↑ ↓ och ENTER, eller nummer   ESC = Tillbaka",
      "↑ ↓ and ENTER, or a number   ESC = Back"}},
    {Word::status_title, {"Tila", "Läge", "Status"}},
    {Word::status_server, {"Palvelin", "Server", "Server"}},
    {Word::status_device, {"Laite", "Enhet", "Device"}},
    {Word::status_venue, {"Kohde", "Aktör", "Venue"}},
    {Word::status_contact, {"Viimeksi yhteydessä", "Senaste kontakt", "Last contact"}},
    {Word::status_queue, {"Jonossa", "I kö", "In queue"}},
    {Word::status_clock, {"Kellon ero", "Klockans skillnad", "Clock difference"}},
    {Word::status_mode, {"Toimintatapa", "Arbetssätt", "Mode"}},
    {Word::status_fast,
     {"Pikatila: lippu heti", "Snabbläge: biljett genast", "Fast: a ticket at once"}},
    {Word::status_ask,
     {"Katso ensin, anna sitten", "Titta först, ge sedan", "Look first, then give"}},
    {Word::status_version, {"Versio", "Version", "Version"}},
    {Word::never, {"ei koskaan", "aldrig", "never"}},
    {Word::quit_question, {"Lopetetaanko?", "Avsluta?", "Quit?"}},
    {Word::quit_keys,
     {"ENTER = Lopeta   ESC = Takaisin", "ENTER = Avsluta   ESC = Tillbaka",
      "ENTER = Quit   ESC = Back"}},
    {Word::too_small,
     {"Ikkuna on liian pieni (80×24).", "Fönstret är för litet (80×24).",
      "The window is too small (80×24)."}},
    {Word::enrol_title,
     {"Ota laite käyttöön", "Ta enheten i bruk", "Enrol this device"}},
    {Word::enrol_address, {"Palvelimen osoite", "Serverns adress", "Server address"}},
    {Word::enrol_code, {"Käyttöönottokoodi", "Kod för ibruktagning", "Enrolment code"}},
    {Word::enrol_keys,
     {"ENTER = Jatka   ↑ ↓ Vaihda kenttää   F8 Kieli   F10 Lopeta",
      "ENTER = Fortsätt   ↑ ↓ Byt fält   F8 Språk   F10 Avsluta",
      "ENTER = Continue   ↑ ↓ Other field   F8 Language   F10 Quit"}},
    {Word::enrol_asking, {"Kysyn palvelimelta …", "Frågar servern …", "Asking the server …"}},
    {Word::enrol_compare,
     {"Vertaa: onko vastuuhenkilöllä samat tunnisteet?",
      "Jämför: har ansvarspersonen samma fingeravtryck?",
      "Compare: does the coordinator have the same fingerprints?"}},
    {Word::enrol_door_ca, {"Ovien varmentaja", "Dörrarnas utfärdare", "Door authority"}},
    {Word::enrol_server, {"Palvelimen varmenne", "Serverns certifikat", "Server certificate"}},
    {Word::enrol_same_keys,
     {"ENTER = Samat, ota käyttöön   ESC = Eivät ole samat",
      "ENTER = Samma, ta i bruk   ESC = Inte samma",
      "ENTER = The same, enrol   ESC = Not the same"}},
    {Word::enrol_done,
     {"Laite on käytössä: {}", "Enheten är i bruk: {}", "The device is enrolled: {}"}},
    {Word::enrol_bad_address,
     {"Osoitteen muoto on https://palvelin:portti.", "Adressen har formen https://server:port.",
      "The address looks like https://server:port."}},
    {Word::enrol_bad_code,
     {"Koodissa on 16 merkkiä, KAIKU-XXXX-XXXX-XXXX-XXXX.",
      "Koden har 16 tecken, KAIKU-XXXX-XXXX-XXXX-XXXX.",
      "The code has 16 characters, KAIKU-XXXX-XXXX-XXXX-XXXX."}},
    {Word::enrol_unreachable,
     {"Palvelimeen ei saada yhteyttä. Tarkista osoite ja verkko.",
      "Servern kan inte nås. Kontrollera adressen och nätet.",
      "The server cannot be reached. Check the address and the network."}},
    {Word::enrol_code_invalid,
     {"Koodi on väärä, käytetty tai vanhentunut. Pyydä uusi.",
      "Koden är fel, använd eller för gammal. Be om en ny.",
      "The code is wrong, used or too old. Ask for a new one."}},
    {Word::enrol_too_many,
     {"Liian monta yritystä. Odota neljännestunti.", "För många försök. Vänta en kvart.",
      "Too many tries. Wait a quarter of an hour."}},
    {Word::enrol_other_fingerprint,
     {"Tämä ei ole koodin palvelin. Tarkista osoite, kerro vastuuhenkilölle.",
      "Detta är inte kodens server. Kontrollera adressen, meddela ansvarspersonen.",
      "This is not the server of the code. Check the address, tell the coordinator."}},
    {Word::enrol_refused,
     {"Palvelin ei ottanut laitetta käyttöön. Ota yhteys vastuuhenkilöön.",
      "Servern tog inte enheten i bruk. Kontakta ansvarspersonen.",
      "The server did not enrol the device. Contact the coordinator."}},
    {Word::enrol_stored_nothing,
     {"Mitään ei tallennettu. Pyydä uusi koodi.", "Inget sparades. Be om en ny kod.",
      "Nothing was stored. Ask for a new code."}},
}};

constexpr bool is_complete() {
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (rows[index].word != static_cast<Word>(index)) return false;
    for (auto const& words : rows[index].in) {
      if (words.empty()) return false;
    }
  }
  return true;
}
static_assert(is_complete(), "every word stands in its place, in all three languages");

}  // namespace

std::string_view text(Word word, contract::Language language) {
  return rows[static_cast<std::size_t>(word)].in[static_cast<std::size_t>(language)];
}

std::string text(Word word, contract::Language language,
                 std::initializer_list<std::string_view> values) {
  std::string out;
  auto rest = text(word, language);
  for (auto const value : values) {
    auto const at = rest.find("{}");
    if (at == std::string_view::npos) break;
    out.append(rest.substr(0, at)).append(value);
    rest.remove_prefix(at + 2);
  }
  return out.append(rest);
}

}  // namespace kaiku::kiosk
