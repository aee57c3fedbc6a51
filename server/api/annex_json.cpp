#include "server/api/annex_json.hpp"

#include "server/api/report_json.hpp"
#include "server/api/withheld.hpp"
#include "server/reports/measures.hpp"

namespace kaiku::api {
namespace {

using nlohmann::json;
using reports::AnnexYear;
using reports::Figure;
using reports::Measure;

// null where the quotient or a part of it is not shown.
json rate_json(AnnexYear::Rate const& rate, std::string const& pointer, Withheld& withheld) {
  auto const share = reports::rate_of(rate.taken, rate.registered);
  if (share) return *share;
  bool const is_published =
      rate.taken.is != Figure::Is::not_published && rate.registered.is != Figure::Is::not_published;
  // Of no cards there is none, and nothing is withheld.
  if (rate.taken.value() && rate.registered.value()) return nullptr;
  withheld.add(pointer, is_published ? "complementary" : "not_published");
  return nullptr;
}

json year_json(AnnexYear const& year, std::string const& pointer, Withheld& withheld) {
  json object{{"year", year.year}, {"as_of", as_of_json(year.as_of)}, {"uses", json::object()}};
  put(object, pointer, "registered", year.registered, withheld);
  put(object, pointer, "taken_into_use", year.taken, withheld);
  object["usage_rate"] =
      rate_json({year.taken, year.registered}, pointer + "/usage_rate", withheld);
  object["usage_rate_of_area"] = rate_json(year.area, pointer + "/usage_rate_of_area", withheld);
  object["usage_rate_of_network"] =
      rate_json(year.network, pointer + "/usage_rate_of_network", withheld);
  object["population"] = nullptr;
  if (year.people) object["population"] = *year.people;
  object["registered_per_thousand"] = nullptr;
  if (auto const value = reports::per_thousand(year.registered, year.people)) {
    object["registered_per_thousand"] = *value;
  }
  auto& uses = object["uses"];
  put(uses, pointer + "/uses", "adults", year.adults, withheld);
  put(uses, pointer + "/uses", "children", year.children, withheld);
  put(uses, pointer + "/uses", "total", year.adults + year.children, withheld);
  auto& sectors = uses["by_sector"] = json::object();
  for (std::size_t at = 0; at < year.by_sector.size(); ++at) {
    std::string const name(contract::word_of(static_cast<contract::Sector>(at)));
    put(sectors, pointer + "/uses/by_sector", name.c_str(), year.by_sector.at(at), withheld);
  }
  return object;
}

}  // namespace

json annex_json(reports::AnnexReport const& report, contract::Language language) {
  Withheld withheld;
  json document{{"municipality", report.municipality.code},
                {"name", report.municipality.name.in(language)},
                {"years", json::array()},
                {"definitions", json::object()}};
  for (std::size_t at = 0; at < report.years.size(); ++at) {
    document["years"].push_back(
        year_json(report.years.at(at), "/years/" + std::to_string(at), withheld));
  }
  for (auto const measure :
       {Measure::registered, Measure::taken_into_use, Measure::usage_rate, Measure::uses}) {
    document["definitions"][std::string(word_of(measure))] = definition_in(language, measure);
  }
  withheld.put_into(document);
  return document;
}

}  // namespace kaiku::api
