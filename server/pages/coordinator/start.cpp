#include "server/pages/coordinator/start.hpp"

#include <array>
#include <utility>

#include "server/domain/commitment.hpp"
#include "server/pages/coordinator/approval_words.hpp"
#include "server/pages/coordinator/approvals.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/start_view.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/first_steps.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/tables/messages.hpp"
#include "server/tables/service_texts.hpp"
#include "server/tables/undo_requests.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/area";
constexpr int own_requests_shown = 5;

struct LookedAfter {
  std::string_view list;
  Text label;
};
constexpr std::array<LookedAfter, 4> looked_after{{{"/judged", Text::judged},
                                                   {"/undo-requests", Text::undo_requests_title},
                                                   {"/approvals", Text::approvals_title},
                                                   {"/reads", Text::reads_title}}};

std::string of_area(std::string_view list, std::optional<AreaId> const& area) {
  return std::string(list) + (area ? "?area=" + area->value : std::string());
}

// What others have asked for and the caller may decide.
void put_requests(access::Call const& call, ledger::ReadTx& tx, Language language,
                  std::optional<AreaId> const& area, StartPage& page) {
  if (auto const undos = tables::count_waiting_undo_requests(tx, area)) {
    page.tasks.push_back(
        {count_text(language, static_cast<std::size_t>(undos), Text::start_undo_one,
                    Text::start_undo_many),
         {of_area("/undo-requests", area), std::string(in(language, Text::start_undo_open))}});
  }
  auto const& who = call.caller().actor;
  if (auto const approvals = tables::count_approvals_for(tx, area, who, call.now())) {
    page.tasks.push_back(
        {count_text(language, static_cast<std::size_t>(approvals), Text::start_approval_one,
                    Text::start_approval_many),
         {of_area("/approvals", area), std::string(in(language, Text::start_approval_open))}});
  }
}

// What the caller has asked for: it waits, or an answer came in the last days.
void put_own_requests(access::Call const& call, ledger::ReadTx& tx, Language language,
                      StartPage& page) {
  auto const since = call.now() + -domain::approval_open_days * day_us;
  for (auto const& approval :
       tables::own_approvals(tx, call.caller().actor, since, own_requests_shown)) {
    auto const state = tables::state_of(approval, call.today());
    auto const until = day_text(language, domain::approval_open_until(approval.asked_at));
    auto const standing = state == domain::ApprovalState::open
                              ? fill(language, Text::approval_waits, {{"day", until}})
                              : std::string(state_text(language, state));
    page.own_requests.push_back(
        {standing, {approval_path(approval.id), approval_text(language, approval)}});
  }
}

// Places that have still to accept the commitment: with whom to talk is on their own pages.
void put_commitments(ledger::ReadTx& tx, Language language, std::optional<AreaId> const& area,
                     StartPage& page) {
  auto const open = tables::count_open_commitments(tx, area, domain::commitment_version);
  auto const query = area ? "?area=" + area->value : std::string();
  auto const add = [&](std::int64_t count, Text one, Text many, char const* list, Text label) {
    if (count == 0) return;
    page.tasks.push_back({count_text(language, static_cast<std::size_t>(count), one, many),
                          {list + query, std::string(in(language, label))}});
  };
  add(open.offices, Text::start_open_office, Text::start_open_offices, "/offices",
      Text::start_show_offices);
  add(open.venues, Text::start_open_venue, Text::start_open_venues, "/venues",
      Text::start_show_venues);
}

void put_tasks(access::Call const& call, ledger::ReadTx& tx, Language language,
               std::optional<AreaId> const& area, StartPage& page) {
  auto const query = area ? "&area=" + area->value : std::string();
  tables::JudgedQuestion waiting;
  waiting.area = area;
  waiting.standing = tables::Standing::waiting;
  std::size_t uses = 0;
  for (auto const& count : tables::count_judged_uses(tx, waiting)) {
    uses += static_cast<std::size_t>(count.uses);
  }
  if (uses > 0) {
    page.tasks.push_back(
        {count_text(language, uses, Text::start_judged_one, Text::start_judged_many),
         {"/judged" + (area ? "?area=" + area->value : std::string()),
          std::string(in(language, Text::start_judged_open))}});
  }
  put_requests(call, tx, language, area, page);
  tables::AccountQuestion links;
  links.area = area;
  links.state = tables::AccountState::not_set_up;
  if (auto const accounts = static_cast<std::size_t>(tables::count_accounts(tx, links))) {
    page.tasks.push_back(
        {count_text(language, accounts, Text::start_links_one, Text::start_links_many),
         {"/accounts?state=not_set_up" + query,
          std::string(in(language, Text::start_links_open))}});
  }
}

// What concerns the whole service, whatever the area.
void put_service_tasks(access::Call const& call, ledger::ReadTx& tx, Language language,
                       StartPage& page) {
  if (auto const open = static_cast<std::size_t>(tables::count_open_messages(tx))) {
    page.tasks.push_back(
        {count_text(language, open, Text::start_messages_one, Text::start_messages_many),
         {"/messages", std::string(in(language, Text::start_messages_open))}});
  }
  page.lists.push_back({"/messages", std::string(in(language, Text::messages_title))});
  if (call.caller().is_national()) {
    page.more.push_back({"/areas", std::string(in(language, Text::nav_areas))});
  }
  if (call.caller().role != domain::Role::admin) return;
  if (!domain::missing_in(tables::service_texts(tx).texts).empty()) {
    page.tasks.push_back({std::string(in(language, Text::start_settings_missing)),
                          {"/settings", std::string(in(language, Text::start_settings_do))}});
  }
  page.more.push_back({"/settings", std::string(in(language, Text::settings_title))});
}

void put_steps(access::Call const& call, ledger::ReadTx& tx, Language language,
               std::optional<AreaId> const& area, StartPage& page) {
  auto const areas = own_areas(tx, call.caller(), language);
  if (area) {
    page.more.push_back(
        {"/areas/" + area->value, std::string(in(language, Text::start_area_details))});
  }
  if (area || areas.empty()) {
    auto run = first_run_of(call, tx, language, area);
    page.steps_are_hidden = run.is_hidden && !run.is_done;
    if (!run.is_hidden && !run.is_done) page.steps = std::move(run.steps);
    return;
  }
  for (auto const& one : areas) {
    auto const run = first_run_of(call, tx, language, one.id);
    if (run.is_done || run.is_hidden) continue;
    page.other_areas.push_back({of_area(path, one.id), one.name.in(language)});
  }
}

}  // namespace

Result<http::Response> get_start(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = network_frame(call);
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto area = area_asked_for(tx, call.caller(), asked["area"]);
  StartPage page;
  page.areas = area_choices(tx, call.caller(), frame.language);
  auto const areas = own_areas(tx, call.caller(), frame.language);
  if (areas.size() == 1) {
    area = areas.front().id;
    page.areas.clear();
  }
  if (areas.empty()) page.areas.clear();
  if (area) page.area = area->value;
  page.title = area ? area_name(tx, *area, frame.language)
                    : std::string(in(frame.language, Text::start_title_all));
  put_tasks(call, tx, frame.language, area, page);
  put_commitments(tx, frame.language, area, page);
  put_own_requests(call, tx, frame.language, page);
  for (auto const& [list, label] : looked_after) {
    page.lists.push_back({of_area(list, area), std::string(in(frame.language, label))});
  }
  put_steps(call, tx, frame.language, area, page);
  put_service_tasks(call, tx, frame.language, page);
  return respond(frame, start_page(frame, page));
}

Result<http::Response> post_start(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const area = area_asked_for(tx, call.caller(), form["area"]);
  AccountId const account{call.caller().actor.id};
  auto const act = form["act"];
  if (act == "hide" || act == "show") {
    tables::set_first_run_hidden(tx, area, account, act == "hide");
  } else if (act == "rules" && area) {
    tables::accept_rules(tx, *area, account);
  } else {
    return Error(Problem::malformed_request);
  }
  return see_other(of_area(path, call.caller().is_national() ? area : std::nullopt));
}

http::Response get_start_list(access::Call const&) { return see_other(std::string(path)); }

}  // namespace kaiku::pages
