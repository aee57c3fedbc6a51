// Form fields as the templates take them, with label, hint and fault wired for screen readers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/form.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// The most that fingers type of a card: beyond, a scanner was at work, and a faulty field is
// emptied for the next scan instead of shown again.
inline constexpr std::size_t longest_typed_code = 16;

// The longest text that is looked at as a card.
inline constexpr std::size_t longest_reading = 1024;
// Why a text cannot be read as a card, as a word: "two" cards in a row, or "unreadable"; empty when
// it can.
std::string_view unreadable_word(std::string_view text);

// A fault as it stands at a field and in the summary; `field` is the field's id.
struct PageFault {
  std::string field;
  std::string text;
};
using PageFaults = std::vector<PageFault>;
// The text of the first fault of a field, empty when it has none.
std::string_view fault_of(PageFaults const& faults, std::string_view field);
// Where the cursor of a page with several faults goes: to its fields' first, or to the list of
// them.
enum class SummaryFocus { never, of_several };
// Sets `has_faults` and `faults` for the error_summary partial. `target_of` a group is its first
// input.
void put_summary(Data& values, PageFaults const& faults, SummaryFocus focus = SummaryFocus::never);
// With SummaryFocus::of_several: whether the field is the one that has a fault.
bool takes_cursor(PageFaults const& faults, std::string_view field);

struct TextField {
  std::string_view id;
  std::string_view label;
  std::string_view hint = "";
  std::string_view value = "";
  std::string_view fault = "";
  std::string_view type = "text";
  std::string_view autocomplete = "off";
  int maxlength = 200;
  bool numeric = false;  // a keyboard of digits on phones
  bool code = false;     // a card code: capitals, no spelling help
  bool narrow = false;
  bool optional = false;
  bool autofocus = false;
  std::string_view yours = "";  // what was typed where somebody else's change stands now
};
Data text_field(TextField const& field);
// Of several lines.
Data text_area(TextField const& field, int rows);
// Where a card is scanned or typed: a code or the text of a QR; its id is "card".
Data card_field(contract::Language language, std::string_view value, PageFaults const& faults,
                bool autofocus);

struct Option {
  std::string value;
  std::string label;
};
// The id of an option's input is "<id>-<value>".
struct ChoiceField {
  std::string_view id;
  std::string_view label;
  std::vector<Option> options = {};
  std::string_view chosen = "";
  std::string_view fault = "";
  bool autofocus = false;
  std::string_view hint = "";
  std::string_view yours = "";  // as of a text field: the option's label
};
Data select_field(ChoiceField const& field);
Data radio_group(ChoiceField const& field);
// The same fields above a list; what is chosen is told on paper too.
Data filter_choice(Page& page, ChoiceField const& field);
Data filter_text(Page& page, TextField const& field);

// What every field has; `described` names its parts for screen readers.
struct FieldParts {
  std::string_view id;
  std::string_view label;
  std::string_view hint = "";
  std::string_view yours = "";
  std::string_view fault = "";
};
Data field_parts(FieldParts const& parts);

// A number of digits alone, at most 18 of them; nullopt for anything else.
std::optional<std::int64_t> number_from(std::string_view text);

// A posted form or a query: first values, absent ones empty, white space at the ends taken off.
class FormValues {
 public:
  explicit FormValues(http::FormPairs pairs) : pairs_(std::move(pairs)) {}
  std::string_view operator[](std::string_view name) const;
  // As number_from reads it.
  std::optional<std::int64_t> number(std::string_view name) const;

 private:
  http::FormPairs pairs_;
};

// What a scanner typed into a card field. A field that kept a faulty code has the cursor before it,
// so the next scan stands glued to the old text, which the form names beside it as "<name>_was".
std::string_view scanned(FormValues const& form, std::string_view name);

// What a field is for. What can be read as a card is never a personal identity code there, whatever
// stands inside it.
enum class FieldFor : std::uint8_t { text, card };
// Whether somebody typed such a code into the field: into this form, or into the one that its
// address tells of.
bool holds_identity_code(FormValues const& form, std::string_view field,
                         FieldFor what = FieldFor::text);
// A field as it goes along in an address, of so many characters. Of a personal identity code only
// that there was one.
void keep_typed(http::FormPairs& told, FormValues const& form, std::string_view field,
                std::size_t longest);
// That there was one in the field.
void tell_identity_code(http::FormPairs& told, std::string_view field);

// "ABCD EFGH IJ": what has to be read off a screen and compared or typed.
std::string in_groups_of_four(std::string_view text);

}  // namespace kaiku::pages
