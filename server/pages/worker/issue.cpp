#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/identity/services.hpp"
#include "server/domain/policy.hpp"
#include "server/pages/frame/flash.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/worker/issue.hpp"
#include "server/pages/worker/issue_view.hpp"
#include "server/pages/worker/stock_card_text.hpp"
#include "server/tables/idempotent_answers.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view flash_page = "/cards/done";

Frame issue_frame(access::Call const& call, tables::Office const& office, bool make) {
  auto frame = frame_of(call, make ? "/cards/new?make=1" : "/cards/new");
  frame.place = office.name;
  return frame;
}

Result<tables::Office> own_office(access::Call const& call, ledger::ReadTx& tx) {
  if (!call.caller().office) return Error(Problem::forbidden);
  auto office = tables::find_office(tx, *call.caller().office);
  if (!office) return Error(Problem::forbidden);
  return std::move(*office);
}

// The municipalities to choose from when a postcode lies in several; empty otherwise.
std::vector<Option> choices(ledger::ReadTx& tx, std::string const& postcode, Language language) {
  auto const codes = tables::municipalities_of_postcode(tx, postcode);
  std::vector<Option> options;
  if (codes.size() < 2) return options;
  for (auto const& code : codes) {
    auto const municipality = tables::find_municipality(tx, code);
    options.push_back({code, municipality ? municipality->name.in(language) : code});
  }
  return options;
}

bool among(std::vector<Option> const& options, std::string_view value) {
  return std::any_of(options.begin(), options.end(),
                     [&](Option const& option) { return option.value == value; });
}

IssueForm read_form(FormValues const& values) {
  IssueForm form;
  form.make = values["make"] == "1";
  form.card = scanned(values, "card");
  form.birth_year = values["birth_year"];
  form.postcode = values["postcode"];
  form.municipality = values["municipality"];
  form.children = values["children"];
  form.children_count = values["children_count"];
  form.life_situation = values["life_situation"];
  form.gender = values["gender"];
  form.language = values["language"];
  form.form_id = values["form_id"];
  return form;
}

bool is_digits(std::string_view text, std::size_t length) {
  return text.size() == length && ascii::is_digits(text);
}

// The number chosen, "more" with its field (5 when that is empty); nullopt when nothing fits.
std::optional<int> children_of(IssueForm const& form) {
  std::string_view const text = form.children != "more" ? std::string_view(form.children)
                                : form.children_count.empty()
                                    ? std::string_view("5")
                                    : std::string_view(form.children_count);
  if (!is_digits(text, 1) && !is_digits(text, 2)) return std::nullopt;
  int const number = std::stoi(std::string(text));
  if (number > domain::most_children) return std::nullopt;
  return number;
}

// The fault texts of one answer, in the frame's language.
class FaultList {
 public:
  explicit FaultList(Language language) : language_(language) {}
  void add(std::string field, Text text) {
    if (fault_of(faults_, field).empty()) {
      faults_.push_back({std::move(field), std::string(in(language_, text))});
    }
  }
  // What the use case found, by pointer and code.
  void add(std::vector<FieldFault> const& found);
  PageFaults in_order() &&;
  bool empty() const { return faults_.empty(); }

 private:
  Language language_;
  PageFaults faults_;
};

Text text_of_fault(std::string_view field, FaultCode code) {
  if (code == FaultCode::personal_identity_code) return Text::fault_identity_code;
  if (field == "card") return text_of_stock_card(code);
  if (field == "birth_year")
    return code == FaultCode::under_age ? Text::fault_under_age : Text::fault_birth_year;
  if (field == "postcode") {
    if (code == FaultCode::unknown_postcode) return Text::fault_postcode_unknown;
    return code == FaultCode::outside_network ? Text::fault_postcode_outside : Text::fault_postcode;
  }
  if (field == "municipality") return Text::fault_municipality;
  if (field == "children") return Text::fault_children;
  return Text::fault_other;
}

void FaultList::add(std::vector<FieldFault> const& found) {
  for (auto const& fault : found) {
    auto field = fault.pointer.substr(fault.pointer.rfind('/') + 1);
    auto const text = text_of_fault(field, fault.code);
    add(std::move(field), text);
  }
}

// As the fields stand on the page, so that the summary and the cursor follow the page.
PageFaults FaultList::in_order() && {
  static constexpr std::array<std::string_view, 5> order{"card", "birth_year", "postcode",
                                                         "municipality", "children"};
  std::stable_sort(faults_.begin(), faults_.end(), [](PageFault const& a, PageFault const& b) {
    return std::find(order.begin(), order.end(), a.field) <
           std::find(order.begin(), order.end(), b.field);
  });
  return std::move(faults_);
}

// A henkilötunnus is neither used nor shown again.
void refuse_identity_codes(IssueForm& form, FaultList& faults) {
  auto const look = [&](std::string& value, char const* field) {
    if (!codec::contains_personal_identity_code(value)) return;
    value.clear();
    faults.add(field, Text::fault_identity_code);
  };
  look(form.card, "card");
  look(form.birth_year, "birth_year");
  look(form.postcode, "postcode");
  look(form.children_count, "children");
}

void check_form(IssueForm const& form, FaultList& faults) {
  if (!form.make && form.card.empty()) faults.add("card", Text::fault_card_required);
  if (!is_digits(form.birth_year, 4) || form.birth_year < "1900") {
    faults.add("birth_year", Text::fault_birth_year);
  }
  if (!is_digits(form.postcode, 5)) faults.add("postcode", Text::fault_postcode);
  if (!children_of(form)) faults.add("children", Text::fault_children);
}

use_cases::RegisterCard request_of(IssueForm const& form,
                                   std::vector<Option> const& municipalities) {
  use_cases::RegisterCard request;
  if (!form.make) request.card = form.card;
  request.holder.birth_year = std::stoi(form.birth_year);
  request.holder.postcode = form.postcode;
  request.holder.children = children_of(form).value();
  if (is_life_situation(form.life_situation)) request.holder.life_situation = form.life_situation;
  if (is_gender(form.gender)) request.holder.gender = form.gender;
  if (is_holder_language(form.language)) request.holder.language = form.language;
  if (among(municipalities, form.municipality)) request.municipality = form.municipality;
  return request;
}

http::FormPairs told_of(use_cases::Registered const& registered, ledger::ReadTx& tx,
                        Language language) {
  auto const municipality = tables::find_municipality(tx, registered.municipality);
  return {
      {"last_valid", to_finnish(registered.last_valid)},
      {"children", std::to_string(registered.children)},
      {"municipality", municipality ? municipality->name.in(language) : registered.municipality},
      {"recovery_code", registered.recovery_code},
      {"code", registered.token.empty() ? "" : registered.code.text()},
      {"token", registered.token}};
}

http::Response done(access::Call const& call, http::FormPairs const& told) {
  auto response = see_other(std::string(flash_page));
  response.with("Set-Cookie", flash_cookie(call, flash_page, told));
  return response;
}

// A form sent twice (a double click) registers once: the second gets the first one's answer.
std::string idempotency_key_of(access::Call const& call) {
  auto const mac = crypto::hmac_sha256(call.services().keys.body_mac,
                                       bytes_of("/cards/new\n" + call.request().body));
  return "f:" + to_hex(ByteView(mac).first(16));
}

}  // namespace

Result<http::Response> get_new_card(access::Call const& call, ledger::ReadTx& tx) {
  auto const office = own_office(call, tx);
  if (!office) return office.error();
  auto query = call.query();
  if (!query) return query.error();
  IssuePage page;
  page.form.make = FormValues(std::move(*query))["make"] == "1";
  page.form.postcode = office->postcode;
  page.form.municipality = office->municipality;
  page.form.form_id = new_form_id(call);
  auto frame = issue_frame(call, *office, page.form.make);
  page.municipalities = choices(tx, page.form.postcode, frame.language);
  if (!call.request().cookie(flash_cookie_name).empty()) frame.cookie = ended_flash_cookie();
  return respond(frame, issue_page(frame, page));
}

Result<http::Response> post_new_card(access::Call& call, ledger::WriteTx& tx) {
  auto const office = own_office(call, tx);
  if (!office) return office.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  IssuePage page;
  page.form = read_form(FormValues(std::move(*pairs)));
  auto const frame = issue_frame(call, *office, page.form.make);
  auto const key = idempotency_key_of(call);
  if (auto const kept = tables::find_idempotent_answer(tx, call.caller().actor, key)) {
    return done(call, http::parse_form(kept->body).value());
  }
  FaultList faults(frame.language);
  refuse_identity_codes(page.form, faults);
  page.municipalities = choices(tx, page.form.postcode, frame.language);
  bool const asked_for_one = among(page.municipalities, page.form.municipality);
  if (!asked_for_one) page.form.municipality = office->municipality;  // the choice offered first

  if (auto const allowed = access::may_type(call, page.form.card); !allowed) return allowed.error();
  if (!page.form.make && !page.form.card.empty()) {
    auto const found = use_cases::find_registrable(tx, page.form.card, call.caller());
    if (!found) faults.add(found.error().fields);
    if (!found && found.error().fields.front().code == FaultCode::unknown_card)
      access::note_miss(call, page.form.card);
    page.card_was_read =
        found.has_value() && page.form.birth_year.empty() && page.form.children.empty();
  }
  if (!page.card_was_read) check_form(page.form, faults);
  if (!page.municipalities.empty() && !asked_for_one && !page.card_was_read) {
    faults.add("municipality", Text::fault_municipality);
  }
  if (faults.empty() && !page.card_was_read) {
    auto const registered =
        use_cases::register_card(tx, request_of(page.form, page.municipalities), call.caller());
    if (registered) {
      auto const told = told_of(*registered, tx, frame.language);
      tables::IdempotentAnswer const kept{{}, 303, std::string(flash_page), encoded(told)};
      tables::insert_idempotent_answer(tx, call.caller().actor, key, kept);
      return done(call, told);
    }
    if (registered.error().problem == Problem::no_days_left) {
      faults.add("card", Text::fault_no_days_left);
    } else if (registered.error().problem != Problem::validation_failed) {
      return registered.error();
    }
    faults.add(registered.error().fields);
  }
  page.faults = std::move(faults).in_order();
  return respond(frame, issue_page(frame, page));
}

Result<http::Response> get_card_done(access::Call const& call, ledger::ReadTx& tx) {
  auto const office = own_office(call, tx);
  if (!office) return office.error();
  auto told = flash_of(call, flash_page);
  if (!told) return see_other("/cards/new");
  FormValues const values(std::move(*told));
  auto frame = issue_frame(call, *office, false);
  frame.here = flash_page;
  auto const text = [&](char const* name) { return std::string(values[name]); };
  IssueDone const model{text("last_valid"),    text("children"), text("municipality"),
                        text("recovery_code"), text("code"),     text("token")};
  return respond(frame, issue_done_page(frame, model));
}

}  // namespace kaiku::pages
