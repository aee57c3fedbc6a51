#include "server/access/call/fresh_code.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/approvals.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/approvals.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view new_path = "/batches/new";
constexpr std::string_view usual_count = "50";

// What somebody ordered; nullopt in a member: it stands there with a fault.
struct Order {
  std::optional<std::int64_t> count;
  std::optional<AreaId> area;
  std::optional<OfficeId> office;
  bool needs_approval = false;
  PageFaults faults;
};

Order judge_order(access::Call const& call, ledger::ReadTx& tx, FormValues const& typed,
                  Language language) {
  Order order;
  order.area = area_asked_for(tx, call.caller(), typed["area"]);
  auto const count = typed.number("count");
  if (!count || *count < 1 || *count > use_cases::most_cards_of_a_batch) {
    order.faults.push_back({"count", std::string(in(language, Text::batch_how_many_fault))});
  } else {
    order.count = count;
    order.needs_approval = !use_cases::may_stock(tx, *count, call.caller(), call.today());
  }
  if (typed["office"].empty()) return order;
  order.office = OfficeId{typed.number("office").value_or(0)};
  auto const area = use_cases::area_for_batch(tx, order.office, order.area, call.caller());
  if (!area)
    order.faults.push_back({"office", std::string(in(language, Text::batch_office_fault))});
  return order;
}

std::vector<Option> office_choices(ledger::ReadTx& tx, AreaId const& area, Language language) {
  std::vector<Option> options;
  for (auto const& office : tables::list_offices(tx, area, tables::every_row)) {
    options.push_back({std::to_string(office.id.value), office.name});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  options.insert(options.begin(), {"", std::string(in(language, Text::batch_no_office))});
  return options;
}

http::Response refused(access::Call const& call, FormValues const& form, std::string_view code) {
  return back_to(with_state(call, new_path, new_path,
                            {{"count", std::string(form["count"])},
                             {"office", std::string(form["office"])},
                             {"area", std::string(form["area"])},
                             {"code", std::string(code)}}));
}

}  // namespace

Result<http::Response> get_new_batch(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto frame = frame_of(call, address_of(call));
  auto const language = frame.language;
  auto const text = [&](Text key) { return in(language, key); };
  auto const state = state_of(call, new_path);
  bool const is_back = state && !state->is_old;
  if (state && state->is_old) frame.notice = text(Text::k_old);
  FormValues const typed(is_back ? state->told
                                 : http::FormPairs{{"count", std::string(usual_count)}});
  FormValues const asked(is_back ? state->told : std::move(*query));
  auto const area = area_asked_for(tx, call.caller(), asked["area"]);
  put_coordinator_header(frame, call, tx, area);
  if (!area) {
    return respond(frame, ask_for_area(tx, call.caller(), frame,
                                       std::string(text(Text::batches_new)), new_path));
  }
  PlaceForm form;
  form.title = text(Text::batches_new);
  form.about = area_name(tx, *area, language);
  form.action = new_path;
  form.form_id = new_form_id(call);
  form.hidden = {{"area", area->value}};
  if (is_back) form.faults = judge_order(call, tx, typed, language).faults;
  bool const asks_code = !access::has_fresh_code(call, tx);
  if (asks_code) add_code_fault(form.faults, language, typed["code"]);
  Filled const filled{typed, FormValues({}), form.faults, !is_back};
  FieldList list(filled);
  list.text({.id = "count",
             .label = text(Text::batch_how_many),
             .hint = text(Text::batch_how_many_hint),
             .maxlength = 5,
             .numeric = true,
             .narrow = true})
      .select({.id = "office",
               .label = text(Text::batch_for_office),
               .options = office_choices(tx, *area, language),
               .hint = text(Text::batch_for_office_hint)});
  if (asks_code) list.text(code_field(language));
  form.fields = list.list();
  form.submit = text(Text::batches_new);
  return respond(frame, place_form_page(frame, form));
}

Result<access::Work> prepare_new_batch(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const order = judge_order(call, tx, form, Language::fi);
  bool const is_good = order.faults.empty() && order.area;
  // What will be refused anyway is not drawn, and what waits for a second person is drawn then.
  if (!is_good || order.needs_approval || !access::would_take_code(call, tx, form[code_field_name]))
    return access::Work();
  auto const number = BatchId{tables::last_batch_number(tx) + 1};
  auto& services = call.services();
  return access::Work(
      [&services, number, area = *order.area, count = *order.count, now = call.now()] {
        return std::any(
            use_cases::draw_batch(services.keys, services.random, number, area, count, now));
      });
}

Result<http::Response> post_new_batch(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const work = [&]() -> Result<FormDone> {
    auto const order = judge_order(call, tx, form, language_of(call));
    if (!order.faults.empty() || !order.area) return FormDone{refused(call, form, "")};
    auto const wanted = use_cases::area_for_batch(tx, order.office, order.area, call.caller());
    if (!wanted) return wanted.error();
    auto const allowed = access::take_fresh_code(call, tx, form[code_field_name]);
    if (!allowed) {
      auto const word = code_fault_word(allowed.error());
      if (!word) return allowed.error();
      return FormDone{refused(call, form, *word)};
    }
    if (order.needs_approval) {
      use_cases::AskedBatch const batch{*wanted, order.office, *order.count};
      auto const asked = use_cases::ask_for_batch(tx, batch, call.caller());
      if (!asked) return asked.error();
      return FormDone{see_other(approval_path(*asked))};
    }
    // Judged otherwise a moment ago: it is asked again rather than drawn here.
    if (!call.prepared.has_value()) return FormDone{refused(call, form, "")};
    auto drawn = std::any_cast<use_cases::DrawnBatch>(std::move(call.prepared));
    auto const made = use_cases::stock_cards(tx, std::move(drawn), order.office, call.caller());
    if (!made) return made.error();
    auto const path = batch_path(made->batch);
    return FormDone{see_other(with_state(call, path, path, {{"did", "made"}}))};
  };
  return sent_once(call, tx, *pairs, new_path, work);
}

}  // namespace kaiku::pages
