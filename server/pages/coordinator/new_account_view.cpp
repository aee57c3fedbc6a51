#include "server/pages/coordinator/new_account_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/role_text.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;

Text place_label(Role role) {
  if (role == Role::issuer_worker) return Text::account_office;
  return role == Role::venue_staff ? Text::account_venue : Text::account_area;
}

Data place_field(Frame const& frame, NewAccountForm const& model) {
  if (model.places.empty()) return Data(false);
  ChoiceField field{.id = "place", .label = in(frame.language, place_label(model.role))};
  field.options = model.places;
  field.options.insert(field.options.begin(),
                       {"", std::string(in(frame.language, Text::new_account_choose))});
  field.chosen = model.place;
  field.fault = fault_of(model.faults, "place");
  field.autofocus = takes_cursor(model.faults, "place");
  return select_field(field);
}

}  // namespace

Page account_choice_page(Frame const& frame, AccountChoice const& model) {
  std::string const question(in(frame.language, model.question));
  Page page{.title = std::string(in(frame.language, Text::new_account_title)) + " – " + question,
            .body = embedded::account_choice};
  auto& values = page.values;
  values.set("question", question);
  std::vector<Data> answers;
  for (auto const& answer : model.answers) {
    Data item;
    item.set("href", answer.href);
    item.set("label", answer.label);
    item.set("hint", text_or_nothing(answer.hint));
    answers.push_back(item);
  }
  values.set("answers", list_of(answers));
  values.set("empty", text_or_nothing(model.missing));
  return page;
}

Page new_account_page(Frame const& frame, NewAccountForm const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  std::string const role_label(role_text(frame.language, model.role));
  Page page{.title = std::string(text(Text::new_account_title)) + " – " + role_label,
            .body = embedded::new_account};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("form_id", model.form_id);
  values.set("role", std::string(domain::word_of(model.role)));
  values.set("role_label", role_label);
  values.set("area", model.area);
  values.set("username",
             text_field({.id = "username",
                         .label = text(Text::login_username),
                         .hint = text(Text::account_hint),
                         .value = model.username,
                         .fault = fault_of(model.faults, "username"),
                         .maxlength = 64,
                         .autofocus = !page.faulty || takes_cursor(model.faults, "username")}));
  values.set("place", place_field(frame, model));
  values.set("language",
             radio_group({.id = "language",
                          .label = text(Text::account_language),
                          .options = {{"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}},
                          .chosen = model.language}));
  return page;
}

}  // namespace kaiku::pages
