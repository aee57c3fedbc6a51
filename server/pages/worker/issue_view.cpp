#include "server/pages/worker/issue_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

struct Word {
  std::string_view word;
  Text label;
};
constexpr std::array<Word, 6> life_situations{{{"working", Text::situation_working},
                                               {"unemployed", Text::situation_unemployed},
                                               {"student", Text::situation_student},
                                               {"pensioner", Text::situation_pensioner},
                                               {"family_leave", Text::situation_family_leave},
                                               {"other", Text::situation_other}}};
constexpr std::array<Word, 3> genders{
    {{"woman", Text::gender_woman}, {"man", Text::gender_man}, {"other", Text::gender_other}}};
constexpr std::array<Word, 4> holder_languages{{{"fi", Text::language_finnish},
                                                {"sv", Text::language_swedish},
                                                {"se", Text::language_sami},
                                                {"other", Text::language_other}}};

template <std::size_t N>
bool is_among(std::array<Word, N> const& words, std::string_view asked) {
  return std::any_of(words.begin(), words.end(),
                     [&](Word const& word) { return word.word == asked; });
}

template <std::size_t N>
Data voluntary(Frame const& frame, std::string_view id, Text label,
               std::array<Word, N> const& words, std::string_view chosen) {
  ChoiceField field{.id = id, .label = in(frame.language, label), .chosen = chosen};
  field.options.push_back({"", std::string(in(frame.language, Text::no_answer))});
  for (auto const& word : words) {
    field.options.push_back({std::string(word.word), std::string(in(frame.language, word.label))});
  }
  return select_field(field);
}

Data children_field(IssueForm const& form, std::string_view fault, bool focused) {
  Data field;
  std::vector<Data> options;
  for (std::string const count : {"0", "1", "2", "3", "4"}) {
    Data option;
    option.set("id", count == "0" ? "children" : "children-" + count);
    option.set("value", count);
    option.set("label", count);
    option.set("selected", form.children == count);
    option.set("autofocus", focused && options.empty());
    options.push_back(option);
  }
  field.set("options", list_of(options));
  field.set("more", form.children == "more");
  field.set("count", form.children_count);
  field.set("fault", text_or_nothing(fault));
  return field;
}

// Where the cursor goes: the first fault, else the year when the card is read, else the first
// field.
std::string_view focus_of(IssuePage const& model) {
  if (!model.faults.empty()) return model.faults.front().field;
  return model.card_was_read || model.form.make ? "birth_year" : "card";
}

}  // namespace

bool is_life_situation(std::string_view word) { return is_among(life_situations, word); }
bool is_gender(std::string_view word) { return is_among(genders, word); }
bool is_holder_language(std::string_view word) { return is_among(holder_languages, word); }

Page issue_page(Frame const& frame, IssuePage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  auto const& form = model.form;
  auto const focus = focus_of(model);
  auto const heading = text(form.make ? Text::issue_make_title : Text::issue_title);
  Page page{.title = std::string(heading), .body = embedded::issue};
  page.faulty = !model.faults.empty();
  page.status = page.faulty ? 422 : 200;
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("heading", std::string(heading));
  values.set("form_id", form.form_id);
  values.set("make", form.make);
  values.set("read", model.card_was_read);
  values.set("submit", std::string(text(form.make ? Text::issue_make_submit : Text::issue_submit)));
  if (!form.make) {
    values.set("card", card_field(frame.language, form.card, model.faults, focus == "card"));
  }
  values.set("birth_year", text_field({.id = "birth_year",
                                       .label = text(Text::issue_birth_year),
                                       .value = form.birth_year,
                                       .fault = fault_of(model.faults, "birth_year"),
                                       .maxlength = 4,
                                       .numeric = true,
                                       .narrow = true,
                                       .autofocus = focus == "birth_year"}));
  values.set("postcode", text_field({.id = "postcode",
                                     .label = text(Text::issue_postcode),
                                     .value = form.postcode,
                                     .fault = fault_of(model.faults, "postcode"),
                                     .maxlength = 5,
                                     .numeric = true,
                                     .narrow = true,
                                     .autofocus = focus == "postcode"}));
  if (!model.municipalities.empty()) {
    values.set("municipality", select_field({.id = "municipality",
                                             .label = text(Text::issue_municipality_ask),
                                             .options = model.municipalities,
                                             .chosen = form.municipality,
                                             .fault = fault_of(model.faults, "municipality"),
                                             .autofocus = focus == "municipality"}));
  }
  values.set("children",
             children_field(form, fault_of(model.faults, "children"), focus == "children"));
  values.set("voluntary_open",
             !form.life_situation.empty() || !form.gender.empty() || !form.language.empty());
  values.set("life_situation", voluntary(frame, "life_situation", Text::issue_life_situation,
                                         life_situations, form.life_situation));
  values.set("gender", voluntary(frame, "gender", Text::issue_gender, genders, form.gender));
  values.set("language",
             voluntary(frame, "language", Text::issue_language, holder_languages, form.language));
  return page;
}

Page issue_done_page(Frame const& frame, IssueDone const& done) {
  Page page{.title = std::string(in(frame.language, Text::done_title)), .body = embedded::done};
  auto& values = page.values;
  values.set("last_valid", done.last_valid);
  values.set("children", done.children);
  values.set("municipality", done.municipality);
  values.set("recovery_code", done.recovery_code);
  values.set("made", !done.code.empty());
  values.set("code", done.code);
  if (!done.token.empty()) {
    values.set("qr", qr_svg(done.token, in(frame.language, Text::done_qr_label)));
  }
  return page;
}

}  // namespace kaiku::pages
