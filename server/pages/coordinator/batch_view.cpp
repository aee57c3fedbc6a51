#include "server/pages/coordinator/batch_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {
namespace {

std::vector<Option> spacings(Language language) {
  return {{"gaps", std::string(in(language, Text::print_gaps))},
          {"no_gaps", std::string(in(language, Text::print_no_gaps))}};
}

TextField position_field(std::string_view id, std::string_view label) {
  return {.id = id, .label = label, .maxlength = 6, .numeric = true, .narrow = true};
}

TextField offset_field(std::string_view id, std::string_view label, std::string_view hint) {
  return {.id = id, .label = label, .hint = hint, .maxlength = 6, .narrow = true};
}

std::vector<Data> print_fields(BatchPage const& model, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  FieldList list(model.print);
  list.text(position_field("from", text(Text::range_from)))
      .text(position_field("to", text(Text::range_to)))
      .radios({.id = "as",
               .label = text(Text::print_as),
               .options = {{"cards", std::string(text(Text::print_cards))},
                           {"stickers", std::string(text(Text::print_stickers))}},
               .hint = text(Text::print_as_hint)})
      .radios({.id = "spacing", .label = text(Text::print_spacing), .options = spacings(language)})
      .text(offset_field("right", text(Text::print_right), text(Text::print_offset_hint)))
      .text(offset_field("down", text(Text::print_down), text(Text::print_offset_hint)));
  if (model.asks_code) list.text(code_field(language));
  return list.list();
}

void put_test(Data& values, PrintLayout const& layout, Language language) {
  values.set("test_spacing", radio_group({.id = "test_spacing",
                                          .label = in(language, Text::print_spacing),
                                          .options = spacings(language),
                                          .chosen = layout.spacing}));
  auto right = offset_field("test_right", in(language, Text::print_right), "");
  right.value = layout.right;
  values.set("test_right", text_field(right));
  auto down = offset_field("test_down", in(language, Text::print_down), "");
  down.value = layout.down;
  values.set("test_down", text_field(down));
}

}  // namespace

Page batch_page(Frame const& frame, BatchPage const& model) {
  auto const language = frame.language;
  Page page{.title = fill(language, Text::batch_name, {{"batch", model.name}}),
            .body = embedded::batch};
  auto& values = page.values;
  values.set("heading", page.title);
  page.title = with_outcome(model.done, page.title);
  page.faulty = !model.print.faults.empty();
  put_summary(values, model.print.faults, SummaryFocus::of_several);
  values.set("path", model.path);
  values.set("area", model.area);
  values.set("made_on", model.made_on);
  values.set("count", model.count);
  values.set("left", model.left);
  values.set("done", text_or_nothing(model.done));
  values.set("next_step", link_data(model.next_step));
  values.set("may_be_handed", model.may_be_handed);
  values.set("may_be_printed", model.may_be_printed);
  std::vector<Data> ranges;
  for (auto const& range : model.ranges) {
    Data data;
    data.set("cards", range.cards);
    data.set("office", range.office.empty() ? std::string(in(language, Text::batch_with_nobody))
                                            : range.office);
    data.set("handed_on", range.handed_on.empty() ? std::string("–") : range.handed_on);
    data.set("left", range.left);
    data.set("note", text_or_nothing(range.note));
    data.set("note_of", fill(language, Text::batch_note_of, {{"range", range.cards}}));
    ranges.push_back(data);
  }
  values.set("ranges", list_of(ranges));
  values.set("fields", list_of(print_fields(model, language)));
  put_test(values, model.test, language);
  return page;
}

Page delivery_note_page(Frame const& frame, DeliveryNote const& model) {
  auto const language = frame.language;
  Page page{.title = std::string(in(language, Text::batch_note)) + " – " + model.cards,
            .body = embedded::delivery_note};
  page.title = with_outcome(model.done, page.title);
  auto& values = page.values;
  values.set("path", model.path);
  values.set("office", model.office);
  values.set("area", model.area);
  values.set("batch", model.batch);
  values.set("cards", model.cards);
  values.set("count", model.count);
  values.set("handed_on", model.handed_on);
  values.set("printed", fill(language, Text::note_printed, {{"when", model.printed}}));
  values.set("done", text_or_nothing(model.done));
  values.set("next_step", link_data(model.next_step));
  return page;
}

}  // namespace kaiku::pages
