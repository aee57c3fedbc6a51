// A form does its work once. Sent again unchanged (a double click, a reload) it leads to the first
// result; sent again changed (Back, edited) it says so, acts no more and hides neither.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/form.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// What came of a form's work: a 303 to its result, or back to the form (back_to), which counts as
// not sent. `left`: what the result's page may show though it stands nowhere else, such as a
// one-time link; it lies sealed in the vault for as long as answers are kept.
struct FormDone {
  http::Response answer;
  std::string left = {};
};
using FormWork = std::function<Result<FormDone>()>;

// Does the work of a form with `form_id` (form_id.hpp), by account and path. `fresh`: the address
// of a fresh form. malformed_request without an id of ours.
Result<http::Response> sent_once(access::Call& call, ledger::WriteTx& tx,
                                 http::FormPairs const& form, std::string_view fresh,
                                 FormWork const& work);
// What a form that was sent before leads to: its result, or the page that says that it was sent
// otherwise. nullopt for a new one. malformed_request without an id of ours.
Result<std::optional<http::Response>> sent_before(access::Call const& call, ledger::ReadTx& tx,
                                                  http::FormPairs const& form,
                                                  std::string_view fresh);
// nullopt when this account has sent no such form, or too long ago.
std::optional<std::string> left_by_form(access::Call const& call, ledger::ReadTx& tx,
                                        std::string_view form_id);

// GET /form-used: this form was sent already; its result, and a fresh one.
Result<http::Response> get_form_used(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
