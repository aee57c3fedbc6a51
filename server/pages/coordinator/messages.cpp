#include "server/pages/coordinator/messages.hpp"

#include <algorithm>

#include "server/pages/coordinator/messages_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/send_feedback.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view pattern = "/messages/{id}";
constexpr std::int64_t rows_a_page = 50;

using MessageId = Id<struct MessageTag>;

std::string path_of(std::int64_t number) { return "/messages/" + std::to_string(number); }

}  // namespace

Result<http::Response> get_messages(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const count = tables::count_messages(tx);
  auto const last = std::max<std::int64_t>(1, (count + rows_a_page - 1) / rows_a_page);
  auto const number = std::clamp<std::int64_t>(values.number("page").value_or(1), 1, last);
  auto const other = [](std::int64_t page) { return "/messages?page=" + std::to_string(page); };
  MessageList list;
  list.rows = tables::list_messages(tx, (number - 1) * rows_a_page, rows_a_page);
  list.open = tables::count_open_messages(tx);
  list.today = call.today();
  if (number > 1) list.earlier = other(number - 1);
  if (number < last) list.later = other(number + 1);
  auto const frame = network_frame(call, tx);
  return respond(frame, message_list_page(frame, list));
}

Result<http::Response> get_message(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<MessageId>(0);
  if (!id) return id.error();
  auto const message = tables::find_message(tx, id->value);
  if (!message) return Error(Problem::not_found);
  auto frame = frame_of(call, path_of(id->value));
  put_coordinator_header(frame, call, tx);
  OneMessage page{*message, {}, new_form_id(call), call.today()};
  page.may_be_unmarked = use_cases::may_be_unmarked(*message, call.now());
  if (auto const state = state_of(call, pattern)) {
    FormValues const told(state->told);
    if (told["marked"] == "1") page.told = Text::messages_marked;
    if (told["marked"] == "0") page.told = Text::messages_unmarked;
    if (told["marked"] == "other") frame.notice = in(frame.language, Text::changed_meanwhile);
    if (state->is_old) frame.notice = in(frame.language, Text::k_old);
  }
  return respond(frame, one_message_page(frame, page));
}

Result<http::Response> post_message(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<MessageId>(0);
  if (!id) return id.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  auto const path = path_of(id->value);
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    FormValues const form(*pairs);
    auto const told = [&](char const* word) {
      return with_state(call, path, pattern, {{"marked", word}});
    };
    if (form["act"] != "undo") {
      auto const marked = use_cases::mark_answered(tx, id->value, call.caller());
      if (!marked) return marked.error();
      return FormDone{see_other(told("1"))};
    }
    auto const undone =
        use_cases::unmark_answered(tx, id->value, {form.number("seen").value_or(0)});
    if (undone) return FormDone{see_other(told("0"))};
    if (undone.error().problem != Problem::conflict) return undone.error();
    return FormDone{back_to(told("other"))};
  });
}

}  // namespace kaiku::pages
