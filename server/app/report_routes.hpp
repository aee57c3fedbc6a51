// The routes of published figures: a part of the one table (routes.cpp).
#pragma once

#include <array>

#include "server/api/annex.hpp"
#include "server/api/area_reports.hpp"
#include "server/api/open_figures.hpp"
#include "server/api/report_lists.hpp"
#include "server/api/reports.hpp"
#include "server/api/value_sheets.hpp"
#include "server/app/route_kinds.hpp"
#include "server/pages/coordinator/annex.hpp"
#include "server/pages/coordinator/area_reports.hpp"
#include "server/pages/coordinator/figures.hpp"
#include "server/pages/coordinator/report_lists.hpp"
#include "server/pages/coordinator/value_sheet.hpp"

namespace kaiku {

inline constexpr auto report_routes = [] {
  using namespace api;
  using namespace route_kinds;
  return std::array{
      reports("/api/v1/reports/annual", managers_and_venue, Scope::area, get_annual_report),
      reports("/api/v1/reports/annual.csv", managers_and_venue, Scope::area, get_annual_csv),
      reports("/api/v1/reports/annual.xlsx", managers_and_venue, Scope::area, get_annual_xlsx),
      reports("/api/v1/reports/annual.pdf", managers_and_venue, Scope::area, get_annual_pdf),
      reports("/api/v1/reports/usage", managers_and_venue, Scope::area, get_usage_report),
      reports("/api/v1/reports/usage.csv", managers_and_venue, Scope::area, get_usage_csv),
      reports("/api/v1/reports/usage.xlsx", managers_and_venue, Scope::area, get_usage_xlsx),
      reports("/api/v1/reports/usage.pdf", managers_and_venue, Scope::area, get_usage_pdf),
      prepared(
          writes(post, "/api/v1/reports/runs", network_makers, Scope::none, small, post_report_run),
          Lane::slow_read, prepare_report_run),
      reads("/api/v1/reports/runs", managers, Scope::none, get_report_runs),
      reads("/api/v1/reports/runs/{id}", managers, Scope::none, get_report_run),
      reports("/api/v1/reports/cohorts", managers, Scope::area, get_cohorts),
      reports("/api/v1/reports/cohorts.csv", managers, Scope::area, get_cohorts_csv),
      reports("/api/v1/reports/cohorts.xlsx", managers, Scope::area, get_cohorts_xlsx),
      reports("/api/v1/reports/cohorts.pdf", managers, Scope::area, get_cohorts_pdf),
      reports("/api/v1/reports/flows", managers, Scope::area, get_flows),
      reports("/api/v1/reports/flows.csv", managers, Scope::area, get_flows_csv),
      reports("/api/v1/reports/flows.xlsx", managers, Scope::area, get_flows_xlsx),
      reports("/api/v1/reports/flows.pdf", managers, Scope::area, get_flows_pdf),
      reports("/api/v1/reports/silent-venues", managers, Scope::area, get_silent_venues),
      reports("/api/v1/reports/offers-without-takers", managers_and_venue, Scope::venue,
              get_offers_without_takers),
      reports("/api/v1/reports/quota-use", managers_and_venue, Scope::venue, get_quota_use),
      reports("/api/v1/reports/annex", managers, Scope::area, get_annex),
      reports("/api/v1/reports/value-sheets", managers, Scope::area, get_value_sheets),
      creates("/api/v1/reports/value-sheets", managers, Scope::area, large, post_value_sheet),
      reports("/api/v1/reports/value-sheets/{id}", managers, Scope::area, get_value_sheet),
      reports("/api/v1/reports/value-sheets.csv", managers, Scope::area, get_value_sheet_csv),
      reports("/api/v1/reports/value-sheets.xlsx", managers, Scope::area, get_value_sheet_xlsx),
      reports("/api/v1/reports/value-sheets.pdf", managers, Scope::area, get_value_sheet_pdf),
      writes(get, "/api/v1/reports/unused", office, Scope::office, none, get_unused_cards),

      reads("/open/v1/stats", anybody, Scope::none, get_open_stats),
      reads("/open/v1/stats.csv", anybody, Scope::none, get_open_stats_csv),

      page(reports("/figures", managers_and_venue, Scope::area, pages::get_figures)),
      page(reports("/figures/file", managers_and_venue, Scope::area, pages::get_figures_file)),
      page(reports("/figures/cohorts", managers, Scope::area, pages::get_cohorts)),
      page(reports("/figures/cohorts/file", managers, Scope::area, pages::get_cohorts_file)),
      page(reports("/figures/flows", managers, Scope::area, pages::get_flows)),
      page(reports("/figures/flows/file", managers, Scope::area, pages::get_flows_file)),
      page(reports("/figures/annex", managers, Scope::area, pages::get_annex)),
      page(reports("/figures/annex/file", managers, Scope::area, pages::get_annex_file)),
      page(reports("/figures/silent", managers, Scope::area, pages::get_silent_venues)),
      page(reports("/figures/offers", managers_and_venue, Scope::venue, pages::get_untaken_offers)),
      page(reports("/figures/quota", managers_and_venue, Scope::venue, pages::get_quota_use)),
      page(reports("/figures/value", managers, Scope::area, pages::get_value_sheet)),
      page(writes(post, "/figures/value", managers, Scope::area, large, pages::post_value_sheet)),
      page(reports("/figures/value/file", managers, Scope::area, pages::get_value_sheet_file)),
  };
}();

}  // namespace kaiku
