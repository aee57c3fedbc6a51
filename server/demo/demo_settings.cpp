#include "server/demo/demo_settings.hpp"

namespace kaiku::demo {

std::vector<domain::ServiceText> service_texts(Day today) {
  auto const day = to_iso(today);
  auto const in_all = [](char const* text) { return domain::LocalText{text, "", ""}; };
  return {
      {"name", {"Kaiku, esittely", "Kaiku, demoversion", "Kaiku, demonstration"}},
      {"provider",
       {"Keksityn alueen kulttuuriverkosto", "Det påhittade områdets kulturnätverk",
        "Culture network of an invented area"}},
      {"email", in_all("kaiku@esittely.example")},
      {"phone", in_all("000 123 4567")},
      {"post",
       {"Keksitynkatu 1, 00000 Esittelylä", "Påhittsgatan 1, 00000 Exempelstad",
        "Invented Street 1, 00000 Exampleton"}},
      {"controller",
       {"Keksityn alueen kunnat yhdessä, haltijoille vastaa Esittelylän kaupunki",
        "Det påhittade områdets kommuner tillsammans, Exempelstad svarar innehavarna",
        "The municipalities of an invented area together; Exampleton answers holders"}},
      {"officer",
       {"tietosuojavastaava, tietosuoja@esittely.example",
        "dataskyddsombudet, tietosuoja@esittely.example",
        "data protection officer, tietosuoja@esittely.example"}},
      {"legal_basis",
       {"yleistä etua koskeva tehtävä (tietosuoja-asetus 6 artikla 1 e, tietosuojalaki 4 §)",
        "uppgift av allmänt intresse (dataskyddsförordningen artikel 6.1 e, dataskyddslagen 4 §)",
        "task in the public interest (GDPR article 6(1)(e), Data Protection Act section 4)"}},
      {"processor",
       {"Esittelypalvelin Oy, Suomi", "Exempelserver Ab, Finland", "Exampleserver Ltd, Finland"}},
      {"retention",
       {"haltijan tiedot 24 kuukautta kortin viimeisestä päivästä, katselut 24 kuukautta",
        "innehavarens uppgifter 24 månader efter kortets sista dag, visningar 24 månader",
        "holders' facts 24 months after the card's last day, looks 24 months"}},
      {"accessibility_checked", in_all(day.c_str())},
      {"privacy_checked", in_all(day.c_str())},
      {"assessment", in_all("self")},
      {"assessed_on", in_all(day.c_str())},
  };
}

}  // namespace kaiku::demo
