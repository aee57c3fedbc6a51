#include "server/pages/frame/commitment.hpp"

#include "server/domain/commitment.hpp"
#include "server/pages/frame/commitment_view.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/accept_commitment.hpp"

namespace kaiku::pages {
namespace {

Frame frame_at_own_place(access::Call const& call, ledger::ReadTx& tx) {
  auto frame = frame_at_place(call, tx, std::string(commitment_path));
  if (auto const id = call.caller().office) {
    if (auto office = tables::find_office(tx, *id)) frame.place = std::move(office->name);
  }
  return frame;
}

}  // namespace

std::string first_page(ledger::ReadTx& tx, domain::Caller const& caller) {
  if (use_cases::owes_commitment(tx, caller)) return std::string(commitment_path);
  return std::string(home_of(caller.role));
}

std::optional<http::Response> commitment_first(ledger::ReadTx& tx, domain::Caller const& caller,
                                               bool is_begun) {
  if (is_begun || !use_cases::owes_commitment(tx, caller)) return std::nullopt;
  return see_other(std::string(commitment_path));
}

Result<http::Response> get_commitment(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = frame_at_own_place(call, tx);
  CommitmentPage page;
  page.of_venue = call.caller().is_staff();
  page.accepted = !use_cases::owes_commitment(tx, call.caller());
  page.form_id = new_form_id(call);
  page.start = home_of(call.caller().role);
  return respond(frame, commitment_page(frame, page));
}

Result<http::Response> post_commitment(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  return sent_once(call, tx, *pairs, commitment_path, [&]() -> Result<FormDone> {
    auto const accepted =
        use_cases::accept_commitment(tx, form.number("version").value_or(0), call.caller());
    // Another text stands there now: it is shown, and nothing is accepted unread.
    if (!accepted && accepted.error().problem == Problem::conflict) {
      return FormDone{back_to(std::string(commitment_path))};
    }
    if (!accepted) return accepted.error();
    return FormDone{see_other(std::string(commitment_path))};
  });
}

}  // namespace kaiku::pages
