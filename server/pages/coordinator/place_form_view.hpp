// The page of a place's form, and the one that asks before what cannot be taken back, from plain
// values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/coordinator/tick_groups.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct Link {
  std::string href;
  std::string label;
};
// For a section of a template; false for an empty one.
Data link_data(Link const& link);

// What stands in the fields of a form.
struct Filled {
  FormValues values;
  FormValues yours;  // what was typed where somebody else's change stands in the field now
  PageFaults faults;
  bool starts_empty = false;  // the cursor stands in the first field
};

// The fields of a form, one after the other: each takes its value, its fault and the cursor from
// what is filled in.
class FieldList {
 public:
  explicit FieldList(Filled const& filled) : filled_(filled) {}
  FieldList& text(TextField field);
  FieldList& lines(TextField field, int rows);
  FieldList& select(ChoiceField field);
  FieldList& radios(ChoiceField field);
  FieldList& ticks(TickField field);
  FieldList& file(FieldParts parts);
  FieldList& heading(std::string_view text);
  std::vector<Data> list() { return std::move(fields_); }

 private:
  template <class Field>
  void fill(Field& field);
  void add(char const* kind, Data field);

  Filled const& filled_;
  std::vector<Data> fields_;
};

// Whom coordinators turn to at an office or a venue: two fields under a heading of their own.
void add_contact_person(FieldList& list, Language language);

struct PlaceForm {
  std::string title;
  std::string about;   // the name of what is changed, over the title of a part of it
  std::string action;  // the address of the form, too
  std::string form_id;
  std::string seen;  // the entry that last changed it; empty for a new one
  std::string done;  // told first: what happened
  std::vector<Link> next;
  std::string warning;  // told first: why it is not stored
  std::vector<std::string> intro;
  std::vector<Link> parts;  // other pages of it
  std::vector<Data> fields;
  std::string submit;
  std::string also;  // a second button that sends then=copy; empty for none
  PageFaults faults;
  std::vector<std::pair<std::string, std::string>> hidden;
  bool takes_file = false;  // one of the fields is a file
};
Page place_form_page(Frame const& frame, PlaceForm const& model);

struct ConfirmRow {
  std::string name;
  std::string before;
  std::string after;
  std::string note;
};
struct PlaceConfirm {
  std::string about;
  std::vector<std::string> lines;  // what will happen, what will not
  std::vector<ConfirmRow> rows;
  std::string action;
  std::string form_id;
  http::FormPairs hidden;       // the form once more
  std::optional<Data> field{};  // what has to be typed before, where something has
  PageFaults faults{};
  std::string submit;
  std::string back;
};
Page place_confirm_page(Frame const& frame, PlaceConfirm const& model);

// A question whose answers are links: "Which area?"
struct PlaceChoice {
  std::string title;
  std::string question;
  std::vector<Link> answers;
};
Page place_choice_page(PlaceChoice const& model);

}  // namespace kaiku::pages
