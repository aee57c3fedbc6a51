#include "server/api/report_json.hpp"

#include <array>
#include <initializer_list>
#include <string>

#include "server/api/withheld.hpp"
#include "server/domain/declared_words.hpp"
#include "server/reports/measures.hpp"

namespace kaiku::api {
namespace {

using nlohmann::json;
using reports::Figure;
using reports::Measure;
using reports::Measures;

// Which measures an object has.
struct Columns {
  bool registered = true;
  bool taken = true;
  bool earlier_years = true;
  bool rate = true;
  bool uses = true;
  bool sectors = true;
  bool beside = false;
  bool community_cards = false;
};

void put_rate(json& object, std::string const& pointer, Measures const& measures,
              Withheld& withheld) {
  object["usage_rate"] = nullptr;
  if (auto const rate = measures.usage_rate()) object["usage_rate"] = *rate;
  if (measures.registered.value() && measures.taken.value()) return;
  bool const is_published = measures.registered.is != Figure::Is::not_published &&
                            measures.taken.is != Figure::Is::not_published;
  withheld.add(pointer + "/usage_rate", is_published ? "complementary" : "not_published");
}

void put_cards(json& object, std::string const& pointer, Measures const& measures,
               Columns const& columns, Withheld& withheld) {
  put(object, pointer, "registered", measures.registered, withheld);
  if (columns.taken) {
    put(object, pointer, "taken_into_use", measures.taken, withheld);
    if (columns.rate) put_rate(object, pointer, measures, withheld);
    put(object, pointer, "not_taken_into_use", measures.not_taken, withheld);
  }
  if (columns.earlier_years) {
    put(object, pointer, "used_of_earlier_years", measures.earlier_years, withheld);
    put(object, pointer, "active", measures.active(), withheld);
  }
}

json sectors_json(std::array<Figure, 4> const& figures, std::string const& pointer,
                  Withheld& withheld) {
  json object = json::object();
  for (std::size_t at = 0; at < figures.size(); ++at) {
    auto const name = std::string(contract::word_of(static_cast<contract::Sector>(at)));
    put(object, pointer, name.c_str(), figures.at(at), withheld);
  }
  return object;
}

json uses_json(Measures const& measures, std::string const& pointer, bool has_sectors,
               Withheld& withheld) {
  json uses = json::object();
  if (has_sectors) {
    uses["adult"] = sectors_json(measures.adults_by_sector, pointer + "/adult", withheld);
    uses["child"] = sectors_json(measures.children_by_sector, pointer + "/child", withheld);
  }
  put(uses, pointer, "adults", measures.adults, withheld);
  put(uses, pointer, "children", measures.children, withheld);
  put(uses, pointer, "total", measures.total(), withheld);
  return uses;
}

void put_beside(json& object, std::string const& pointer, Measures const& measures,
                Columns const& columns, Withheld& withheld) {
  auto& beside = object["beside"] = json::object();
  put(beside, pointer + "/beside", "assistants", measures.assistants, withheld);
  put(beside, pointer + "/beside", "interpreters", measures.interpreters, withheld);
  put(beside, pointer + "/beside", "companions", measures.companions, withheld);
  auto& community = object["community"] = json::object();
  if (columns.community_cards) {
    put(community, pointer + "/community", "cards", measures.community_cards, withheld);
  }
  put(community, pointer + "/community", "uses", measures.community_uses, withheld);
}

json measures_json(Measures const& measures, std::string const& pointer, Columns const& columns,
                   Withheld& withheld) {
  json object = json::object();
  if (columns.registered) put_cards(object, pointer, measures, columns, withheld);
  if (columns.uses) {
    object["uses"] = uses_json(measures, pointer + "/uses", columns.sectors, withheld);
  }
  if (columns.beside) put_beside(object, pointer, measures, columns, withheld);
  return object;
}

// Not shown where one of the two is not.
Figure difference(Figure const& now, Figure const& before) {
  if (!now.value() || !before.value()) return {};
  return reports::shown(now.count - before.count);
}

Measures difference(Measures const& now, Measures const& before) {
  Measures moved;
  for (auto const figure :
       {&Measures::registered, &Measures::taken, &Measures::not_taken, &Measures::earlier_years,
        &Measures::adults, &Measures::children, &Measures::assistants, &Measures::interpreters,
        &Measures::companions, &Measures::community_cards, &Measures::community_uses}) {
    moved.*figure = difference(now.*figure, before.*figure);
  }
  for (std::size_t at = 0; at < moved.adults_by_sector.size(); ++at) {
    moved.adults_by_sector.at(at) =
        difference(now.adults_by_sector.at(at), before.adults_by_sector.at(at));
    moved.children_by_sector.at(at) =
        difference(now.children_by_sector.at(at), before.children_by_sector.at(at));
  }
  return moved;
}

void put_scope(json& document, std::optional<AreaId> const& area,
               std::optional<VenueId> const& venue, reports::State state) {
  document["area"] = nullptr;
  if (area) document["area"] = area->value;
  if (venue) document["venue"] = venue->value;
  document["state"] = word_of(state);
}

json definitions_json(Columns const& columns, std::initializer_list<Measure> more,
                      contract::Language language) {
  json definitions = json::object();
  auto const add = [&](bool is_told, std::initializer_list<Measure> measures) {
    if (!is_told) return;
    for (auto const measure : measures) {
      definitions[std::string(word_of(measure))] = definition_in(language, measure);
    }
  };
  add(columns.registered, {Measure::registered});
  add(columns.registered && columns.taken,
      {Measure::taken_into_use, Measure::usage_rate, Measure::not_taken_into_use});
  add(columns.registered && columns.earlier_years,
      {Measure::used_of_earlier_years, Measure::active});
  add(columns.uses, {Measure::uses});
  add(columns.beside, {Measure::beside, Measure::community});
  add(true, more);
  return definitions;
}

json cohort_figures_json(reports::CohortFigures const& figures, std::string const& pointer,
                         Withheld& withheld) {
  json object = json::object();
  put(object, pointer, "registered", figures.registered, withheld);
  put(object, pointer, "used_30", figures.used_30, withheld);
  put(object, pointer, "used_90", figures.used_90, withheld);
  put(object, pointer, "used_365", figures.used_365, withheld);
  auto const put_share = [&](char const* name, Figure const& used) {
    auto const share = reports::rate_of(used, figures.registered);
    object[name] = share ? json(*share) : json(nullptr);
    auto const sign = reports::sign_without_rate(used, figures.registered);
    if (share || sign.is != Figure::Is::complementary) return;
    withheld.add(pointer + "/" + name, "complementary");
  };
  put_share("share_30", figures.used_30);
  put_share("share_90", figures.used_90);
  put_share("share_365", figures.used_365);
  return object;
}

Columns columns_of(reports::UsageReport const& report) {
  Columns columns;
  columns.registered = report.has_cards;
  columns.taken = report.has_taken;
  columns.earlier_years = report.has_earlier_years;
  columns.uses = report.has_uses;
  columns.sectors = report.has_sectors;
  columns.beside = report.venue.has_value();
  return columns;
}

}  // namespace

json as_of_json(reports::AsOf const& as_of) {
  json object{{"run", nullptr},
              {"sequence", as_of.sequence},
              {"time", to_rfc3339(as_of.time)},
              {"hash", nullptr}};
  if (as_of.run) object["run"] = domain::text_of(*as_of.run);
  if (as_of.hash) object["hash"] = to_hex(*as_of.hash);
  return object;
}

json annual_json(reports::AnnualReport const& report, contract::Language language) {
  bool const is_own = report.venue.has_value();
  Columns columns;
  columns.registered = columns.community_cards = !is_own;
  columns.beside = true;
  Withheld withheld;
  auto document = measures_json(report.measures, "", columns, withheld);
  document["year"] = report.year;
  put_scope(document, report.area, report.venue, report.state);
  document["as_of"] = as_of_json(report.as_of);
  document["definitions"] =
      is_own ? definitions_json(columns, {}, language)
             : definitions_json(columns, {Measure::late_share, Measure::municipalities}, language);
  document["previous_year"] = nullptr;
  document["difference"] = nullptr;
  if (!is_own) {
    document["municipalities"] = report.municipalities;
    document["late_share"] = nullptr;
    if (report.late_percent) document["late_share"] = *report.late_percent / 100.0;
  }
  if (report.previous_year) {
    auto& before = document["previous_year"] =
        measures_json(*report.previous_year, "/previous_year", columns, withheld);
    before["year"] = report.year - 1;
  }
  if (report.earlier_run) {
    columns.rate = false;
    Withheld ignored;  // a difference that is null follows from what is withheld
    document["difference"] =
        measures_json(difference(report.measures, *report.earlier_run), "", columns, ignored);
  }
  withheld.put_into(document);
  return document;
}

json usage_json(reports::UsageReport const& report, contract::Language language) {
  auto const columns = columns_of(report);
  Withheld withheld;
  json document{{"from", to_iso(report.from)},
                {"to", to_iso(report.to)},
                {"group_by", word_of(report.group_by)},
                {"as_of", as_of_json(report.as_of)},
                {"rows", json::array()}};
  put_scope(document, report.area, report.venue, report.state);
  for (std::size_t at = 0; at < report.rows.size(); ++at) {
    auto const& row = report.rows[at];
    auto object = measures_json(row.measures, "/rows/" + std::to_string(at), columns, withheld);
    object["key"] = row.key;
    object["label"] = row.label;
    if (row.sector) object["sector"] = contract::word_of(*row.sector);
    document["rows"].push_back(std::move(object));
  }
  document["totals"] = measures_json(report.totals, "/totals", columns, withheld);
  document["definitions"] = definitions_json(columns, {}, language);
  withheld.put_into(document);
  return document;
}

json cohort_json(reports::CohortReport const& report, contract::Language language) {
  Withheld withheld;
  json document{
      {"year", report.year},
      {"as_of", as_of_json(report.as_of)},
      {"rows", json::array()},
      {"definitions",
       {{std::string(word_of(Measure::cohort)), definition_in(language, Measure::cohort)}}}};
  put_scope(document, report.area, std::nullopt, reports::State::settled);
  document["network"] = cohort_figures_json(report.network, "/network", withheld);
  for (std::size_t at = 0; at < report.rows.size(); ++at) {
    auto const& row = report.rows[at];
    auto object = cohort_figures_json(row.figures, "/rows/" + std::to_string(at), withheld);
    object["area"] = row.area.value;
    object["label"] = row.label;
    document["rows"].push_back(std::move(object));
  }
  withheld.put_into(document);
  return document;
}

// A row for each two places of which the reader is told.
json flow_json(reports::FlowReport const& report, contract::Language language) {
  Withheld withheld;
  json document{
      {"year", report.year},
      {"as_of", as_of_json(report.as_of)},
      {"definitions",
       {{std::string(word_of(Measure::flows)), definition_in(language, Measure::flows)}}}};
  put_scope(document, report.area, std::nullopt, reports::State::settled);
  auto& rows = document["rows"] = json::array();
  auto& totals = document["totals"] = json::array();
  auto const area_of = [](reports::FlowPlace const& place) {
    return place.area ? json(place.area->value) : json(nullptr);
  };
  for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
    json total{{"venue_area", area_of(report.venues[venue])},
               {"label", report.venues[venue].label}};
    put(total, "/totals/" + std::to_string(venue), "adults", report.totals[venue], withheld);
    totals.push_back(std::move(total));
  }
  for (std::size_t home = 0; home < report.homes.size(); ++home) {
    for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
      if (!report.concerns(home, venue)) continue;
      json row{{"home_area", area_of(report.homes[home])},
               {"venue_area", area_of(report.venues[venue])}};
      put(row, "/rows/" + std::to_string(rows.size()), "adults", report.adults[home][venue],
          withheld);
      rows.push_back(std::move(row));
    }
  }
  withheld.put_into(document);
  return document;
}

json run_json(tables::ReportRun const& run) {
  json left_out = json::array();
  for (auto const table : run.left_out) left_out.push_back(domain::word_of(table));
  return {{"name", domain::text_of(run.name)},
          {"drawn_at", to_rfc3339(run.drawn_at)},
          {"sequence", run.as_of},
          {"hash", to_hex(run.hash)},
          {"left_out", std::move(left_out)}};
}

}  // namespace kaiku::api
