#include <algorithm>
#include <array>
#include <utility>

#include "server/pages/coordinator/figures.hpp"
#include "server/pages/coordinator/figures_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {
namespace {

using use_cases::GroupBy;

constexpr int years_offered = 5;
constexpr int oldest_year = 2000;

// The groupings of the reports with their names, in the order of the table.
constexpr std::array groupings{
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) \
  std::pair(GroupBy::name, Text::group_##name),
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
};

std::vector<Option> group_options(Language language, domain::Caller const& caller) {
  std::vector<Option> options;
  for (auto const& [group, label] : groupings) {
    if (!may_have(caller, group)) continue;
    options.push_back({std::string(word_of(group)), std::string(in(language, label))});
  }
  return options;
}

std::vector<Option> area_options(ledger::ReadTx& tx, Language language,
                                 domain::Caller const& caller) {
  std::vector<Option> options;
  if (!caller.is_national()) return options;
  options.push_back({"", std::string(in(language, Text::figures_all_areas))});
  for (auto const& area : tables::list_areas(tx)) {
    options.push_back({area.id.value, area.name.in(language)});
  }
  return options;
}

bool offers(std::vector<Option> const& options, std::string_view value) {
  return std::any_of(options.begin(), options.end(),
                     [&](Option const& option) { return option.value == value; });
}

// The end of the day that was typed; nullopt for now. An unreadable day is a fault.
std::optional<Instant> as_of_from(FiguresPage& page, Language language, access::Call const& call) {
  if (page.as_of.empty()) return std::nullopt;
  auto const day = day_from_typed(page.as_of, call.today());
  if (!day) {
    page.faults.push_back({"as_of", std::string(in(language, Text::figures_as_of_fault))});
    return std::nullopt;
  }
  auto const end = start_of(*day + 1) + -1;
  if (end >= call.now()) return std::nullopt;
  return end;
}

Result<void> draw(ledger::ReadTx& tx, FiguresPage& page, use_cases::UsageQuestion question,
                  domain::Caller const& caller) {
  auto whole = use_cases::draw_usage(tx, question, caller);
  if (!whole) return whole.error();
  if (!whole->rows.empty()) page.whole = std::move(*whole);
  auto const group = tables::group_by_from(page.group).value_or(GroupBy::none);
  if (group == GroupBy::none || !page.whole) return {};
  question.group_by = group;
  auto grouped = use_cases::draw_usage(tx, question, caller);
  if (!grouped) return grouped.error();
  page.grouped = std::move(*grouped);
  return {};
}

}  // namespace

Result<http::Response> get_figures(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx);
  auto const caller = caller_in(frame, call);
  auto const this_year = civil_of(call.today()).year;

  FiguresPage page;
  page.areas = area_options(tx, frame.language, caller);
  page.groups = group_options(frame.language, caller);
  page.area = offers(page.areas, values["area"]) ? values["area"] : "";
  page.group = offers(page.groups, values["group"]) ? std::string(values["group"])
                                                    : std::string(word_of(GroupBy::none));
  page.as_of = values["as_of"];
  auto const wanted = values.number("year").value_or(this_year);
  int const year =
      wanted < oldest_year || wanted > this_year ? this_year : static_cast<int>(wanted);
  page.year = std::to_string(year);
  for (int n = 0; n < years_offered; ++n) {
    page.years.push_back({std::to_string(this_year - n), std::to_string(this_year - n)});
  }
  if (!offers(page.years, page.year)) page.years.push_back({page.year, page.year});

  use_cases::UsageQuestion question;
  question.from = day_from(year, 1, 1).value();
  question.to = day_from(year, 12, 31).value();
  question.area = AreaId::parse(page.area);
  question.as_of = as_of_from(page, frame.language, call);
  if (auto const drawn = draw(tx, page, question, caller); !drawn) return drawn.error();
  return respond(frame, figures_page(frame, page));
}

}  // namespace kaiku::pages
