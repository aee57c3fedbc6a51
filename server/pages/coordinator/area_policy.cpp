#include "server/pages/coordinator/area_policy.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "server/api/areas.hpp"
#include "server/pages/coordinator/area_form.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/tables/first_steps.hpp"

namespace kaiku::pages {
namespace {

using domain::Policy;

constexpr std::string_view months = "months";
constexpr std::string_view fixed = "fixed";
constexpr std::string_view yes = "yes";
constexpr std::string_view no = "no";

// A rule that is a number or a yes, under the name that it has in form, request and policy; how
// long a card holds is the one that is neither.
struct Rule {
  std::string_view name;
  Text label;
  Text hint;
  int Policy::*number = nullptr;
  bool Policy::*flag = nullptr;
  Text when_yes = Text::answer_yes;
  Text when_no = Text::answer_no;
};
constexpr std::array<Rule, 3> at_every_door{
    {{"child_age_limit", Text::policy_child, Text::policy_child_hint, &Policy::child_age_limit},
     {"companion_allowed", Text::policy_companion, Text::policy_companion_hint, nullptr,
      &Policy::companion_allowed},
     {"local_only", Text::policy_local, Text::policy_local_hint, nullptr, &Policy::local_only}}};
constexpr std::array<Rule, 6> without_network{
    {{"unknown_genuine_is_let_in", Text::policy_genuine, Text::policy_genuine_hint, nullptr,
      &Policy::unknown_genuine_is_let_in, Text::policy_let_in, Text::policy_not_let_in},
     {"unknown_genuine_daily_limit", Text::policy_daily, Text::policy_daily_hint,
      &Policy::unknown_genuine_daily_limit},
     {"unknown_typed_is_let_in", Text::policy_typed, Text::policy_typed_hint, nullptr,
      &Policy::unknown_typed_is_let_in, Text::policy_let_in, Text::policy_not_let_in},
     {"stale_warn_hours", Text::policy_warn, Text::policy_warn_hint, &Policy::stale_warn_hours},
     {"stale_stop_days", Text::policy_stop, Text::policy_stop_hint, &Policy::stale_stop_days},
     {"stale_may_be_overruled", Text::policy_overrule, Text::policy_overrule_hint, nullptr,
      &Policy::stale_may_be_overruled}}};

template <class Each>
void for_each_rule(Each each) {
  for (auto const& rule : at_every_door) each(rule);
  for (auto const& rule : without_network) each(rule);
}

std::vector<std::string_view> const& field_names() {
  static std::vector<std::string_view> const names = [] {
    std::vector<std::string_view> all{"validity", "validity_months", "fixed_end"};
    for_each_rule([&](Rule const& rule) { all.push_back(rule.name); });
    return all;
  }();
  return names;
}

std::string path_of(AreaId const& area) { return area_path(area) + "/policy"; }

http::FormPairs fields_of(Policy const& policy) {
  http::FormPairs fields{{"validity", std::string(policy.fixed_end ? fixed : months)},
                         {"validity_months", std::to_string(policy.validity_months)},
                         {"fixed_end", policy.fixed_end ? to_finnish(*policy.fixed_end) : ""}};
  for_each_rule([&](Rule const& rule) {
    auto value = rule.number != nullptr ? std::to_string(policy.*rule.number)
                                        : std::string(policy.*rule.flag ? yes : no);
    fields.emplace_back(rule.name, std::move(value));
  });
  return fields;
}

// What was typed for a day, as a request has it; what is no day stays as it is and is refused.
std::string day_member(std::string_view typed, Day today) {
  auto const day = day_from_typed(typed, today);
  return day ? to_iso(*day) : std::string(typed);
}

nlohmann::json members_of(http::FormPairs const& pairs, Day today) {
  FormValues const fields(pairs);
  nlohmann::json members{{"validity_months", number_or_text(fields["validity_months"])},
                         {"fixed_end", nullptr}};
  if (fields["validity"] == fixed) members["fixed_end"] = day_member(fields["fixed_end"], today);
  for_each_rule([&](Rule const& rule) {
    std::string const name(rule.name);
    if (rule.number != nullptr)
      members[name] = number_or_text(fields[name]);
    else
      members[name] = fields[name] == yes;
  });
  return members;
}

std::vector<Option> flag_options(Rule const& rule, Language language) {
  return {{std::string(yes), std::string(in(language, rule.when_yes))},
          {std::string(no), std::string(in(language, rule.when_no))}};
}

void add_rule(FieldList& list, Rule const& rule, Language language) {
  if (rule.flag != nullptr) {
    list.radios({.id = rule.name,
                 .label = in(language, rule.label),
                 .options = flag_options(rule, language),
                 .hint = in(language, rule.hint)});
    return;
  }
  list.text({.id = rule.name,
             .label = in(language, rule.label),
             .hint = in(language, rule.hint),
             .maxlength = 4,
             .numeric = true,
             .narrow = true});
}

std::vector<Data> fields_for(Filled const& filled, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  FieldList list(filled);
  list.radios({.id = "validity",
               .label = text(Text::policy_validity),
               .options = {{std::string(months), std::string(text(Text::policy_months))},
                           {std::string(fixed), std::string(text(Text::policy_fixed))}},
               .hint = text(Text::policy_validity_hint)})
      .text({.id = "validity_months",
             .label = text(Text::policy_months_field),
             .hint = text(Text::policy_months_hint),
             .maxlength = 2,
             .numeric = true,
             .narrow = true})
      .text({.id = "fixed_end",
             .label = text(Text::policy_end_field),
             .hint = text(Text::policy_end_hint),
             .maxlength = 10,
             .narrow = true});
  for (auto const& rule : at_every_door) add_rule(list, rule, language);
  list.heading(text(Text::policy_offline));
  for (auto const& rule : without_network) add_rule(list, rule, language);
  return list.list();
}

std::string validity_text(Policy const& policy, Language language) {
  if (policy.fixed_end) {
    return fill(language, Text::policy_ends_on, {{"day", day_text(language, *policy.fixed_end)}});
  }
  return count_text(language, static_cast<std::size_t>(policy.validity_months),
                    Text::policy_one_month, Text::policy_so_many_months);
}

std::string rule_text(Policy const& policy, Rule const& rule, Language language) {
  if (rule.number != nullptr) return std::to_string(policy.*rule.number);
  return std::string(in(language, policy.*rule.flag ? rule.when_yes : rule.when_no));
}

std::vector<ConfirmRow> changes_between(Policy const& now, Policy const& then, Language language) {
  std::vector<ConfirmRow> rows;
  auto const before = validity_text(now, language);
  auto const after = validity_text(then, language);
  if (before != after) {
    rows.push_back({std::string(in(language, Text::policy_validity)), before, after,
                    std::string(in(language, Text::policy_from_now))});
  }
  for_each_rule([&](Rule const& rule) {
    auto const old_text = rule_text(now, rule, language);
    auto const new_text = rule_text(then, rule, language);
    if (old_text == new_text) return;
    rows.push_back({std::string(in(language, rule.label)), old_text, new_text, ""});
  });
  return rows;
}

// The policy that a form asks for, which was read without a fault before it came here.
Policy asked_for(ledger::ReadTx& tx, tables::Area const& area, http::FormPairs const& typed,
                 Day today) {
  auto const now = fields_of(area.policy);
  auto const seen = FormValues(typed).number(seen_name).value_or(0);
  auto const then = area_as_of(tx, area.id, seen);
  auto const merge = merged(then ? fields_of(then->policy) : now, typed, now);
  nlohmann::json const request{{"policy", members_of(merge.fields, today)}};
  Faults faults;
  codec::JsonFields fields(request, faults);
  ledger::AreaSet entry;
  entry.policy = area.policy;
  api::read_area(fields, entry);
  return entry.policy;
}

}  // namespace

Result<http::Response> get_area_policy(access::Call const& call, ledger::ReadTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto frame = network_frame(call, tx, area->id);
  auto const language = frame.language;
  auto const path = path_of(area->id);
  auto const returned = returned_form(call, path, frame);
  if (returned.came == Came::to_confirm) {
    PlaceConfirm confirm;
    confirm.about = area->name.in(language);
    auto const asked = asked_for(tx, *area, returned.typed, call.today());
    confirm.rows = changes_between(area->policy, asked, language);
    confirm.submit = in(language, Text::policy_save);
    put_question(confirm, call, path, returned);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  auto const standing = standing_of(returned, fields_of(area->policy), area->seq, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = in(language, Text::policy_title);
  form.about = area->name.in(language);
  form.parts = {{area_path(area->id), area->name.in(language)}};
  if (!form.done.empty()) put_next_step(form.next, call, tx, language, area->id);
  form.fields = fields_for(standing.filled, language);
  form.submit = in(language, Text::policy_check);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_area_policy(access::Call& call, ledger::WriteTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  Change change;
  change.path = path_of(area->id);
  change.names = field_names();
  change.now = fields_of(area->policy);
  change.shown = [&](std::int64_t seen) -> std::optional<http::FormPairs> {
    auto const then = area_as_of(tx, area->id, seen);
    if (!then) return std::nullopt;
    return fields_of(then->policy);
  };
  change.members = [&](http::FormPairs const& pairs) { return members_of(pairs, call.today()); };
  change.keep = [&](nlohmann::json const& changes) -> Result<void> {
    auto kept = keep_area_changes(tx, *area, {{"policy", changes}}, call.caller());
    if (!kept) return api::of_policy_alone(kept.error());
    return {};
  };
  change.asks = [](nlohmann::json const&) { return true; };
  // Whoever sends the form and changes nothing finds that the rules will do.
  tables::accept_rules(tx, area->id, AccountId{call.caller().actor.id});
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
