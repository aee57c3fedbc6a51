#include "server/demo/demo_world.hpp"

namespace kaiku::demo {

using contract::Sector;
using contract::UseKind;

std::vector<AreaPlan> const& area_plans() {
  static std::vector<AreaPlan> const plans{
      {"KAINUU",
       {"Kajaanin seutu", "Kajanaregionen", "Kajaani region"},
       {{"205", {"Kajaani", "Kajana", "Kajaani"}}, {"765", {"Sotkamo", "Sotkamo", "Sotkamo"}}}},
      {"VAASA", {"Vaasa", "Vasa", "Vaasa"}, {{"905", {"Vaasa", "Vasa", "Vaasa"}}}},
      {"ROVA",
       {"Rovaniemi", "Rovaniemi", "Rovaniemi"},
       {{"698", {"Rovaniemi", "Rovaniemi", "Rovaniemi"}}}},
  };
  return plans;
}

std::vector<OfficePlan> const& office_plans() {
  static std::vector<OfficePlan> const plans{
      {0, "205", "87100", "Kajaanin aikuissosiaalityö"},
      {0, "205", "87200", "Kajaanin nuorisotyö"},
      {0, "765", "88600", "Sotkamon sosiaalipalvelut"},
      {1, "905", "65100", "Vaasan sosiaalitoimisto – Vasa socialbyrå"},
      {1, "905", "65200", "Vaasan seurakunnan diakonia"},
      {2, "698", "96100", "Rovaniemen mielenterveyspalvelut"},
  };
  return plans;
}

std::vector<VenuePlan> const& venue_plans() {
  static std::vector<VenuePlan> const plans{
      {0, "205", Sector::culture, "Kajaanin kaupunginteatteri", UseKind::admission, true, 12},
      {0, "205", Sector::sport, "Kajaanin uimahalli Kaukavesi", UseKind::admission, false, 26},
      {0, "205", Sector::education, "Kaukametsän opisto", UseKind::course, true, 5},
      {0, "765", Sector::sport, "Sotkamon liikuntahalli", UseKind::admission, false, 14},
      {1, "905", Sector::culture, "Pohjanmaan museo – Österbottens museum", UseKind::admission,
       false, 8},
      {1, "905", Sector::culture, "Vaasan kaupunginteatteri", UseKind::admission, true, 9},
      {1, "905", Sector::sport, "Vaasan uimahalli – Vasa simhall", UseKind::admission, false, 22},
      {1, "905", Sector::education, "Vaasa-opisto – Vasa arbis", UseKind::course, true, 4},
      {2, "698", Sector::science, "Tiedekeskus Arktikum", UseKind::admission, false, 8},
      {2, "698", Sector::culture, "Rovaniemen teatteri", UseKind::admission, true, 6},
      {2, "698", Sector::sport, "Vesihiisi", UseKind::admission, false, 15},
  };
  return plans;
}

std::vector<domain::LocalText> const& event_titles(Sector sector, UseKind kind) {
  static std::vector<domain::LocalText> const plays{
      {"Pieni merenneito", "Den lilla sjöjungfrun", "The Little Mermaid"},
      {"Niskavuoren naiset", "Kvinnorna på Niskavuori", "The Women of Niskavuori"},
      {"Syysillan konsertti", "Höstkvällens konsert", "Autumn evening concert"},
      {"Peppi Pitkätossu", "Pippi Långstrump", "Pippi Longstocking"},
      {"Kalevala tanssien", "Kalevala i dans", "Kalevala in dance"},
  };
  static std::vector<domain::LocalText> const courses{
      {"Akvarellin alkeet", "Grunderna i akvarell", "Watercolour for beginners"},
      {"Suomea arkeen", "Finska till vardags", "Everyday Finnish"},
      {"Kitaransoiton jatko", "Gitarr, fortsättning", "Guitar, second course"},
  };
  return kind == UseKind::course || sector == Sector::education ? courses : plays;
}

std::vector<std::pair<std::string, std::string>> postcode_rows() {
  return {{"87100", "205"}, {"87150", "205"}, {"87200", "205"}, {"87250", "205"}, {"87300", "205"},
          {"88600", "765"}, {"88610", "765"}, {"88620", "765"}, {"88300", "205"}, {"88300", "765"},
          {"65100", "905"}, {"65170", "905"}, {"65200", "905"}, {"65230", "905"}, {"65280", "905"},
          {"96100", "698"}, {"96190", "698"}, {"96200", "698"}, {"96300", "698"}, {"96400", "698"}};
}

}  // namespace kaiku::demo
