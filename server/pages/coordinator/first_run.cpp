#include "server/pages/coordinator/first_run.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "server/pages/coordinator/typed_range.hpp"
#include "server/tables/first_steps.hpp"
#include "server/tables/network.hpp"
#include "server/tables/service_texts.hpp"
#include "server/tables/stock.hpp"

namespace kaiku::pages {
namespace {

struct Found {
  bool has_area = false;
  std::string area;  // empty while there is none
  tables::FirstSteps steps;

  std::string of_area(std::string_view page) const { return "/areas/" + area + std::string(page); }
  std::string in_area(std::string_view page) const {
    auto const joint = page.find('?') == std::string_view::npos ? "?area=" : "&area=";
    return std::string(page) + joint + area;
  }
};

class StepList {
 public:
  explicit StepList(Language language) : language_(language) {}

  // The first of those that has to come before; empty: nothing has.
  std::string missing(std::initializer_list<std::pair<bool, Text>> before) const {
    auto const* const found =
        std::ranges::find(before, false, [](auto const& one) { return one.first; });
    return found == before.end() ? std::string() : std::string(in(language_, found->second));
  }
  StartStep& add(Text name, bool is_done, std::string const& waits_for, std::string href,
                 Text label) {
    StartStep step;
    step.name = in(language_, name);
    step.is_done = is_done;
    step.waits = !is_done && !waits_for.empty();
    step.state = in(language_, is_done ? Text::start_done : Text::start_open);
    if (step.waits) step.state = waits_text(waits_for);
    if (!is_done && !step.waits) step.next = {std::move(href), std::string(in(language_, label))};
    return steps_.emplace_back(std::move(step));
  }
  std::string waits_text(std::string const& what) const {
    return fill(language_, Text::start_waits_for, {{"what", what}});
  }
  Language language() const { return language_; }
  std::vector<StartStep> take() { return std::move(steps_); }

 private:
  Language language_;
  std::vector<StartStep> steps_;
};

// What somebody does who keeps the whole network.
void add_network(StepList& list, access::Call const& call, ledger::ReadTx& tx, Found const& found) {
  if (call.caller().role == domain::Role::admin) {
    bool const is_whole = !tables::lacks_service_texts(tx);
    // Told among what waits, too, for as long as something is missing: it holds no area up.
    list.add(Text::settings_title, is_whole, "", "/settings", Text::start_settings_do).holds_up =
        false;
  }
  auto const language = list.language();
  list.add(Text::step_area, found.has_area, "", "/areas/new", Text::step_area_do);
  auto& towns = list.add(Text::step_municipalities, found.steps.has_municipalities,
                         list.missing({{found.has_area, Text::step_area}}),
                         found.of_area("/municipalities"), Text::step_municipalities_do);
  if (towns.is_done && !found.steps.has_postcodes) {
    towns.state = in(language, Text::step_postcodes_optional);
    towns.next = {found.of_area("/postcodes"), std::string(in(language, Text::step_postcodes_do))};
  }
}

void add_rules(StepList& list, ledger::ReadTx& tx, Found const& found) {
  auto const language = list.language();
  auto& rules = list.add(Text::step_policy, found.steps.has_rules,
                         list.missing({{found.has_area, Text::step_area}}),
                         found.of_area("/policy"), Text::step_policy_do);
  if (!found.has_area) return;
  rules.next = {found.of_area("/policy"), std::string(in(language, Text::step_policy_do))};
  rules.state = in(language, Text::step_policy_state);
  if (rules.is_done) return;
  auto const policy = tables::find_area(tx, AreaId{found.area}).value().policy;
  rules.state = fill(language, Text::step_policy_defaults,
                     {{"months", std::to_string(policy.validity_months)},
                      {"age", std::to_string(policy.child_age_limit)}});
  rules.act = "rules";
  rules.act_label = in(language, Text::step_policy_accept);
}

void add_places(StepList& list, Found const& found) {
  auto const& steps = found.steps;
  auto const before = list.missing(
      {{found.has_area, Text::step_area}, {steps.has_municipalities, Text::step_municipalities}});
  list.add(Text::step_office, steps.has_office, before, found.in_area("/offices/new"),
           Text::step_office_do);
  list.add(Text::step_venue, steps.has_venue, before, found.in_area("/venues/new"),
           Text::step_venue_do);
  list.add(Text::step_worker, steps.has_worker,
           list.missing({{steps.has_office, Text::step_office}}),
           found.in_area("/accounts/new?role=issuer_worker"), Text::step_account_do);
  list.add(Text::step_staff, steps.has_venue_staff,
           list.missing({{steps.has_venue, Text::step_venue}}),
           found.in_area("/accounts/new?role=venue_staff"), Text::step_account_do);
}

void add_cards(StepList& list, ledger::ReadTx& tx, Found const& found) {
  auto const& steps = found.steps;
  list.add(Text::step_batch, steps.has_batch, list.missing({{found.has_area, Text::step_area}}),
           found.in_area("/batches/new"), Text::step_batch_do);
  std::string batch;
  if (steps.has_batch) {
    auto const newest = tables::newest_batches(tx, AreaId{found.area}, std::nullopt, 1);
    if (!newest.empty()) batch = batch_path(newest.front().id);
  }
  list.add(Text::step_print, steps.has_printed, list.missing({{steps.has_batch, Text::step_batch}}),
           batch + "#print", Text::step_print_do);
  list.add(
      Text::step_hand, steps.has_stock,
      list.missing({{steps.has_batch, Text::step_batch}, {steps.has_office, Text::step_office}}),
      batch + "/hand", Text::step_hand_do);
  // The office's workers give it: nobody does it from here.
  auto waits_for = list.missing({{steps.has_office, Text::step_office}});
  if (steps.has_office) {
    waits_for = tables::list_offices(tx, AreaId{found.area}, {0, 1}).front().name;
  }
  list.add(Text::step_card, steps.has_given_card, waits_for, "", Text::step_card);
  auto& device = list.add(Text::step_device, steps.has_device,
                          list.missing({{steps.has_venue, Text::step_venue}}),
                          found.in_area("/devices/new"), Text::step_device_do);
  device.holds_up = false;
  bool const is_open = !device.is_done && steps.has_venue;
  if (is_open) device.state = in(list.language(), Text::start_optional);
}

}  // namespace

FirstRun first_run_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                      std::optional<AreaId> const& area) {
  Found found;
  if (area) found = {true, area->value, tables::first_steps_of(tx, *area)};
  StepList list(language);
  if (call.caller().is_national()) add_network(list, call, tx, found);
  add_rules(list, tx, found);
  add_places(list, found);
  add_cards(list, tx, found);
  FirstRun run{list.take()};
  run.is_done = std::ranges::all_of(
      run.steps, [](StartStep const& step) { return step.is_done || !step.holds_up; });
  run.is_hidden = tables::hides_first_run(tx, area, AccountId{call.caller().actor.id});
  return run;
}

std::optional<Link> next_step(access::Call const& call, ledger::ReadTx& tx, Language language,
                              std::optional<AreaId> const& area) {
  auto const run = first_run_of(call, tx, language, area);
  if (run.is_hidden) return std::nullopt;
  auto const next = std::ranges::find_if(run.steps, [](StartStep const& step) {
    return !step.is_done && step.holds_up && !step.next.href.empty();
  });
  if (next == run.steps.end()) return std::nullopt;
  return Link{next->next.href, fill(language, Text::next_step, {{"step", next->name}})};
}

void put_next_step(std::vector<Link>& next, access::Call const& call, ledger::ReadTx& tx,
                   Language language, std::optional<AreaId> const& area) {
  auto link = next_step(call, tx, language, area);
  if (link) next.insert(next.begin(), std::move(*link));
}

}  // namespace kaiku::pages
