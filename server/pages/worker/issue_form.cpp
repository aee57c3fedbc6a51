#include "server/pages/worker/issue_form.hpp"
#include "server/pages/frame/dates.hpp"

#include <algorithm>
#include <array>

#include "schema/contract/admission.hpp"
#include "schema/values/ascii.hpp"
#include "server/pages/worker/stock_card_text.hpp"
#include "server/pages/worker/typed_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t longest_kept = 40;  // of any field but the card: longer, it is no answer

// The fields whose text goes round with the form, by the name that they have in it.
struct KeptField {
  char const* name;
  std::string IssueForm::*text;
};
constexpr std::array<KeptField, 10> kept_fields{{{"issued_on", &IssueForm::issued_on},
                                                 {"card", &IssueForm::card},
                                                 {"birth_year", &IssueForm::birth_year},
                                                 {"children", &IssueForm::children},
                                                 {"postcode", &IssueForm::postcode},
                                                 {"municipality", &IssueForm::municipality},
                                                 {"asked", &IssueForm::asked},
                                                 {"life_situation", &IssueForm::life_situation},
                                                 {"gender", &IssueForm::gender},
                                                 {"language", &IssueForm::language}}};

void shorten_scan(ledger::ReadTx& tx, TypedIssue& typed, domain::GivenCard const& given) {
  auto card = typed_card(tx, typed.form.card, given);
  typed.form.card = std::move(card.text);
  typed.scan = card.scan;
}

void take_out_identity_codes(TypedIssue& typed, FormValues const& values) {
  for (auto const& [name, text] : kept_fields) {
    auto const what = text == &IssueForm::card ? FieldFor::card : FieldFor::text;
    if (!holds_identity_code(values, name, what)) continue;
    (typed.form.*text).clear();
    typed.identity_codes.emplace_back(name);
  }
}

bool is_digits(std::string_view text, std::size_t length) {
  return text.size() == length && ascii::is_digits(text);
}

// One judgement; each step adds what it finds, and the first fault of a field stays.
class Judge {
 public:
  Judge(ledger::ReadTx& tx, TypedIssue const& typed, tables::Office const& office,
        domain::Caller const& caller, Day today)
      : tx_(tx),
        typed_(typed),
        form_(typed.form),
        office_(office),
        caller_(caller),
        today_(today) {}

  JudgedIssue run() {
    for (auto const& field : typed_.identity_codes) add(field, Text::fault_identity_code);
    judged_.municipalities = choices_of_postcode(tx_, form_.postcode, caller_.language);
    look_at_card();
    if (!is_card_alone(typed_, office_)) look_at_the_rest();
    sort();
    return std::move(judged_);
  }

 private:
  void add(std::string field, std::string text) {
    if (!fault_of(judged_.faults, field).empty()) return;
    judged_.faults.push_back({std::move(field), std::move(text)});
  }
  void add(std::string field, Text text) {
    add(std::move(field), std::string(in(caller_.language, text)));
  }
  void add(std::vector<FieldFault> const& found) {
    for (auto const& fault : found) {
      auto field = fault.pointer.substr(fault.pointer.rfind('/') + 1);
      auto const text = text_of_issue_fault(field, fault.code);
      add(std::move(field), text);
    }
  }

  void look_at_card() {
    if (form_.make) return;
    auto card = judge_card(tx_, {form_.card, typed_.scan}, caller_, today_);
    judged_.given_here = card.given_here;
    judged_.is_unknown_card = card.is_unknown;
    if (!card.fault.empty()) add("card", std::move(card.fault));
  }

  void look_at_day() {
    day_ = day_back_from_typed(form_.issued_on, today_, use_cases::most_days_back);
    if (!day_)
      add("issued_on", Text::forms_fault_day);
    else if (*day_ > today_)
      add("issued_on", Text::forms_day_future);
    else if (today_ - *day_ > use_cases::most_days_back)
      add("issued_on", Text::forms_day_old);
  }

  void look_at_the_rest() {
    if (form_.paper) look_at_day();
    if (!is_birth_year(form_.birth_year)) add("birth_year", Text::fault_birth_year);
    if (!children_from(form_.children)) add("children", Text::fault_children);
    if (!is_postcode(form_.postcode)) add("postcode", Text::fault_postcode);
    auto const& options = judged_.municipalities;
    bool const chosen = is_among(options, form_.municipality);
    if (!options.empty() && !chosen) {
      bool const was_asked = form_.asked == form_.postcode;
      if (was_asked)
        add("municipality", Text::fault_municipality);
      else
        judged_.asks_municipality = judged_.faults.empty();
    }
    if (!judged_.faults.empty())
      ask_the_rules_of_the_holder();
    else if (!judged_.asks_municipality)
      ask_the_rules();
  }

  // What else is wrong is told along with it, so that a form comes back once. A field that has its
  // fault already keeps it, whatever stands in for its value.
  void ask_the_rules_of_the_holder() {
    auto request = request_of_form();
    request.card.reset();
    auto const allowed = use_cases::check_registration(tx_, request, caller_, today_);
    if (allowed) return;
    auto found = allowed.error().fields;
    std::erase_if(found, [](FieldFault const& fault) { return !is_of_holder(fault); });
    add(found);
  }

  void ask_the_rules() {
    auto const request = request_of_form();
    auto const allowed = use_cases::check_registration(tx_, request, caller_, today_);
    if (allowed) {
      judged_.request = request;
    } else if (allowed.error().problem == Problem::no_days_left) {
      add_no_days_left();
    } else {
      add(allowed.error().fields);
    }
  }

  void add_no_days_left() {
    if (form_.paper) return add("issued_on", Text::forms_already_over);
    add(form_.make ? "birth_year" : "card", Text::fault_no_days_left);
  }

  use_cases::RegisterCard request_of_form() const {
    use_cases::RegisterCard request;
    if (!form_.make) request.card = domain::GivenCard(form_.card);
    if (is_birth_year(form_.birth_year)) request.holder.birth_year = std::stoi(form_.birth_year);
    request.holder.postcode = form_.postcode;
    request.holder.children = children_from(form_.children).value_or(0);
    if (is_life_situation(form_.life_situation))
      request.holder.life_situation = form_.life_situation;
    if (is_gender(form_.gender)) request.holder.gender = form_.gender;
    if (is_holder_language(form_.language)) request.holder.language = form_.language;
    if (is_among(judged_.municipalities, form_.municipality))
      request.municipality = form_.municipality;
    request.issued_on = day_;
    request.code_waits = true;
    return request;
  }

  // As the fields stand on the page, so that the summary follows the page.
  void sort() {
    static constexpr std::array<std::string_view, 6> order{"issued_on", "card",     "birth_year",
                                                           "children",  "postcode", "municipality"};
    auto const place = [](PageFault const& fault) {
      return std::find(order.begin(), order.end(), fault.field);
    };
    std::ranges::stable_sort(judged_.faults, {}, place);
  }

  ledger::ReadTx& tx_;
  TypedIssue const& typed_;
  IssueForm const& form_;
  tables::Office const& office_;
  domain::Caller const& caller_;
  Day today_;
  std::optional<Day> day_;  // of a paper form
  JudgedIssue judged_;
};

}  // namespace

TypedIssue posted_issue(ledger::ReadTx& tx, FormValues const& values,
                        domain::GivenCard const& given) {
  TypedIssue typed;
  typed.form.make = values["make"] == "1";
  for (auto const& [name, text] : kept_fields) {
    auto const value = values[name];
    if (value.size() <= longest_kept) typed.form.*text = value;
  }
  typed.form.card = scanned(values, "card");
  take_out_identity_codes(typed, values);
  shorten_scan(tx, typed, given);
  return typed;
}

http::FormPairs told_of(TypedIssue const& typed) {
  http::FormPairs told;
  auto const put = [&](char const* name, std::string value) {
    if (!value.empty()) told.emplace_back(name, std::move(value));
  };
  for (auto const& [name, text] : kept_fields) put(name, typed.form.*text);
  put("make", typed.form.make ? "1" : "");
  put("scan", std::string(word_of(typed.scan)));
  for (auto const& field : typed.identity_codes) tell_identity_code(told, field);
  return told;
}

TypedIssue told_issue(FormValues const& told) {
  TypedIssue typed;
  for (auto const& [name, text] : kept_fields) typed.form.*text = told[name];
  take_out_identity_codes(typed, told);
  typed.form.make = told["make"] == "1";
  typed.scan = scan_from(told["scan"]);
  return typed;
}

bool is_of_holder(FieldFault const& fault) {
  return fault.pointer == "/birth_year" || fault.pointer == "/postcode";
}

bool is_birth_year(std::string_view text) { return is_digits(text, 4) && text >= "1900"; }

bool is_postcode(std::string_view text) { return is_digits(text, 5); }

std::optional<int> children_from(std::string_view text) {
  if (!is_digits(text, 1) && !is_digits(text, 2)) return std::nullopt;
  int const number = static_cast<int>(number_from(text).value_or(0));
  return number > contract::most_children ? std::nullopt : std::optional(number);
}

bool is_among(std::vector<Option> const& options, std::string_view value) {
  return std::any_of(options.begin(), options.end(),
                     [&](Option const& option) { return option.value == value; });
}

Text text_of_issue_fault(std::string_view field, FaultCode code) {
  if (code == FaultCode::personal_identity_code) return Text::fault_identity_code;
  if (field == "card") {
    bool const elsewhere = code == FaultCode::card_already_registered;
    return elsewhere ? Text::fault_card_used : text_of_stock_card(code);
  }
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

std::vector<Option> choices_of_postcode(ledger::ReadTx& tx, std::string const& postcode,
                                        Language language) {
  auto const codes = tables::municipalities_of_postcode(tx, postcode);
  std::vector<Option> options;
  if (codes.size() < 2) return options;
  for (auto const& code : codes) {
    auto const municipality = tables::find_municipality(tx, code);
    options.push_back({code, municipality ? municipality->name.in(language) : code});
  }
  return options;
}

bool is_card_alone(TypedIssue const& typed, tables::Office const& office) {
  auto const& form = typed.form;
  auto const& identity_codes = typed.identity_codes;
  bool const is_about_card =
      std::ranges::all_of(identity_codes, [](std::string const& field) { return field == "card"; });
  bool const has_card = !form.card.empty() || typed.scan != Scan::none || !identity_codes.empty();
  bool const rest_is_empty = form.birth_year.empty() && form.children.empty() &&
                             form.life_situation.empty() && form.gender.empty() &&
                             form.language.empty() && is_about_card &&
                             (form.postcode.empty() || form.postcode == office.postcode);
  return !form.make && has_card && rest_is_empty;
}

JudgedIssue judge_issue(ledger::ReadTx& tx, TypedIssue const& typed, tables::Office const& office,
                        domain::Caller const& caller, Day today) {
  return Judge(tx, typed, office, caller, today).run();
}

}  // namespace kaiku::pages
