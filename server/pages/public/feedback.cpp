#include "server/pages/public/feedback.hpp"

#include <algorithm>
#include <array>

#include "schema/codec/personal_identity_code.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/public/feedback_view.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/use_cases/send_feedback.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/feedback";
constexpr std::array<std::string_view, 3> subject_words{"accessibility", "privacy", "other"};

std::optional<tables::MessageSubject> subject_of(std::string_view word) {
  auto const found = std::ranges::find(subject_words, word);
  if (found == subject_words.end()) return std::nullopt;
  return static_cast<tables::MessageSubject>(found - subject_words.begin());
}

// Where it was begun: an address of ours without what it asked for.
std::string page_of(FormValues const& values) {
  auto const asked = own_path(values["from"], "");
  return asked.substr(0, asked.find('?'));
}

std::string fault_text(Language language, FieldFault const& fault) {
  auto const text = fault.code == FaultCode::required   ? Text::feedback_text_fault
                    : fault.code == FaultCode::too_long ? Text::feedback_long_fault
                                                        : Text::fault_identity_code;
  return std::string(in(language, text));
}

// What was typed, but nothing that is shaped like a personal identity code.
FeedbackPage page_with(FormValues const& form) {
  auto const typed = [&](std::string_view field) {
    auto const text = form[field];
    return codec::contains_personal_identity_code(text) ? std::string() : std::string(text);
  };
  FeedbackPage page;
  page.subject = typed("subject");
  page.text = typed("text");
  page.contact = typed("contact");
  page.from = page_of(form);
  return page;
}

use_cases::Feedback feedback_in(FormValues const& form) {
  return {subject_of(form["subject"]).value_or(tables::MessageSubject::other),
          std::string(form["text"]), std::string(form["contact"]), page_of(form)};
}

http::FormPairs told_of(FeedbackPage const& page) {
  http::FormPairs told{{"subject", page.subject},
                       {"text", page.text},
                       {"contact", page.contact},
                       {"from", page.from}};
  for (auto const& fault : page.faults) told.emplace_back("fault_" + fault.field, fault.text);
  return told;
}

http::Response refused(access::Call const& call, Frame const& frame, FeedbackPage const& page) {
  return back_to(with_state(call, public_address(frame, path), path, told_of(page)));
}

void add_faults(FeedbackPage& page, Language language, std::vector<FieldFault> const& found) {
  for (auto const& fault : found) {
    page.faults.push_back({fault.pointer.substr(1), fault_text(language, fault)});
  }
}

// The form with what stands against it; without faults it may be sent.
FeedbackPage judged(access::Call const& call, Frame const& frame, FormValues const& form) {
  auto page = page_with(form);
  if (auto const allowed = access::may_try(call, access::Brake::feedback); !allowed) {
    auto const wait_us = allowed.error().retry_after_s.value_or(1) * second_us;
    auto const until = end_text(frame.language, call.now() + wait_us, call.today());
    page.faults = {{"text", fill(frame.language, Text::me_wait, {{"t", until}})}};
    return page;
  }
  if (!subject_of(form["subject"])) {
    page.faults.push_back(
        {"subject", std::string(in(frame.language, Text::feedback_subject_fault))});
  }
  if (auto const faults = use_cases::faults_of(feedback_in(form)); !faults.empty()) {
    add_faults(page, frame.language, faults.error().fields);
  }
  return page;
}

}  // namespace

Result<http::Response> get_feedback(access::Call const& call, ledger::ReadTx&) {
  auto query = call.query();
  if (!query) return query.error();
  auto frame = public_frame(call);
  FeedbackPage page;
  page.from = page_of(FormValues(std::move(*query)));
  if (auto const state = state_of(call, path)) {
    FormValues const told(state->told);
    if (state->is_old) frame.notice = in(frame.language, Text::k_old);
    if (!state->is_old) page = page_with(told);
    page.sent = told["sent"];
    for (auto const* field : {"subject", "text", "contact"}) {
      auto const text = told["fault_" + std::string(field)];
      if (!text.empty()) page.faults.push_back({field, std::string(text)});
    }
  }
  page.form_id = new_form_id(call);
  return respond(frame, feedback_page(frame, page));
}

// Anybody may send this form: what is refused does not reach the writer.
Result<std::optional<http::Response>> look_at_feedback(access::Call const& call,
                                                       ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  auto before = sent_before(call, tx, *pairs, path);
  if (!before || *before) return before;
  auto const frame = public_frame(call);
  auto const page = judged(call, frame, FormValues(*pairs));
  if (page.faults.empty()) return std::optional<http::Response>();
  return std::optional(refused(call, frame, page));
}

Result<http::Response> post_feedback(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const frame = public_frame(call);
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const page = judged(call, frame, form);
    if (!page.faults.empty()) return FormDone{refused(call, frame, page)};
    auto const sent = use_cases::send_feedback(tx, feedback_in(form));
    if (!sent) return sent.error();
    access::note_miss(call, access::Brake::feedback);
    return FormDone{see_other(
        with_state(call, public_address(frame, path), path, {{"sent", std::to_string(*sent)}}))};
  });
}

}  // namespace kaiku::pages
