#include "server/pages/worker/issue_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"

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

// Where the cursor goes when nothing is wrong: what was asked, else a paper form's day while nobody
// has said it, else the year when the card is read, else the card. One fault has it at its field,
// several at their list.
std::string_view focus_of(IssuePage const& model) {
  if (model.faults.size() == 1) return model.faults.front().field;
  if (!model.faults.empty()) return {};
  if (model.asks_municipality) return "municipality";
  if (model.form.paper && model.form.issued_on.empty()) return "issued_on";
  return model.card_was_read || model.form.make ? "birth_year" : "card";
}

Data municipality_field(Frame const& frame, IssuePage const& model, std::string_view focus) {
  return radio_group({.id = "municipality",
                      .label = in(frame.language, Text::municipality),
                      .options = model.municipalities,
                      .chosen = model.form.municipality,
                      .fault = fault_of(model.faults, "municipality"),
                      .autofocus = focus == "municipality",
                      .hint = in(frame.language, Text::issue_municipality_hint)});
}

void put_voluntary(Data& values, Frame const& frame, IssueForm const& form) {
  values.set("voluntary_open",
             !form.life_situation.empty() || !form.gender.empty() || !form.language.empty());
  values.set("life_situation", voluntary(frame, "life_situation", Text::issue_life_situation,
                                         life_situations, form.life_situation));
  values.set("gender", voluntary(frame, "gender", Text::issue_gender, genders, form.gender));
  values.set("language",
             voluntary(frame, "language", Text::issue_language, holder_languages, form.language));
}

struct Words {
  Text heading;
  Text submit;
};
Words words_of(IssueForm const& form) {
  if (form.paper) return {Text::forms_title, Text::forms_submit};
  if (form.make) return {Text::issue_make_title, Text::issue_make_submit};
  return {Text::issue_title, Text::issue_submit};
}

void put_day(Data& values, Frame const& frame, IssuePage const& model, bool has_cursor) {
  values.set("paper", model.form.paper);
  if (!model.form.paper) return;
  values.set("issued_on", text_field({.id = "issued_on",
                                      .label = in(frame.language, Text::card_registered_on),
                                      .hint = in(frame.language, Text::forms_issued_on_hint),
                                      .value = model.form.issued_on,
                                      .fault = fault_of(model.faults, "issued_on"),
                                      .maxlength = 20,
                                      .narrow = true,
                                      .autofocus = has_cursor}));
}

// After a card the count is the outcome, and the next card's field names it for screen readers.
void put_sitting(Page& page, Frame const& frame, PaperSitting const& sitting) {
  auto const count = fill(frame.language, Text::forms_count,
                          {{"n", number_text(frame.language, sitting.registered)}});
  bool const is_outcome = !sitting.last.empty();
  if (is_outcome) page.title = count;
  auto& values = page.values;
  values.set("outcome", is_outcome ? Data(count) : Data(false));
  values.set("last", sitting.last);
  values.set("last_address", sitting.last_address);
  values.set("last_label", sitting.last_label);
  bool const is_beside = !is_outcome && sitting.registered > 0;
  values.set("so_far", is_beside ? Data(count) : Data(false));
}

void put_card(Data& values, Frame const& frame, IssuePage const& model, bool has_cursor) {
  if (model.form.make) return;
  auto field = card_field(frame.language, model.form.card, model.faults, has_cursor);
  if (!model.sitting.last.empty()) field.set("described", "card-hint outcome outcome-card");
  values.set("card", field);
}

}  // namespace

bool is_life_situation(std::string_view word) { return is_among(life_situations, word); }
bool is_gender(std::string_view word) { return is_among(genders, word); }
bool is_holder_language(std::string_view word) { return is_among(holder_languages, word); }

Page issue_page(Frame const& frame, IssuePage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  auto const& form = model.form;
  auto const focus = focus_of(model);
  auto const words = words_of(form);
  auto const heading = text(words.heading);
  Page page{.title = std::string(heading), .body = embedded::issue};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("heading", std::string(heading));
  values.set("form_id", model.form_id);
  values.set("has_no_stock", model.has_no_stock);
  values.set("make", form.make);
  values.set("read", model.card_was_read);
  values.set("asks", model.asks_municipality);
  values.set("submit", std::string(text(words.submit)));
  values.set("action", model.action);
  put_sitting(page, frame, model.sitting);
  put_day(values, frame, model, focus == "issued_on");
  put_card(values, frame, model, focus == "card");
  values.set("given_here", model.given_here.has_value());
  if (model.given_here) {
    values.set("given_code", model.given_here->code);
    values.set("given_act", std::string(text(model.given_here->act)));
  }
  auto const number = [&](std::string_view id, Text label, std::string_view value, int length,
                          std::string_view hint = "") {
    values.set(std::string(id), text_field({.id = id,
                                            .label = text(label),
                                            .hint = hint,
                                            .value = value,
                                            .fault = fault_of(model.faults, id),
                                            .maxlength = length,
                                            .numeric = true,
                                            .narrow = true,
                                            .autofocus = focus == id}));
  };
  auto const under_age = fill(frame.language, Text::issue_children_hint,
                              {{"n", std::to_string(model.child_age_limit)}});
  number("birth_year", Text::issue_birth_year, form.birth_year, 4);
  number("children", Text::issue_children, form.children, 2, under_age);
  number("postcode", Text::issue_postcode, form.postcode, 5);
  if (!model.municipalities.empty()) {
    values.set("municipality", municipality_field(frame, model, focus));
    values.set("asked", form.postcode);
  }
  put_voluntary(values, frame, form);
  return page;
}

}  // namespace kaiku::pages
