#include "server/pages/coordinator/print_layout.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace kaiku::pages {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string tenths_text(int tenths, Language language) {
  auto const size = std::abs(tenths);
  auto text = (tenths < 0 ? "−" : "") + std::to_string(size / 10);
  if (size % 10 != 0) {
    text += language == Language::en ? "." : ",";
    text += std::to_string(size % 10);
  }
  return text;
}

}  // namespace

std::optional<int> tenths_from(std::string_view typed) {
  std::string text(typed);
  replace_all(text, "−", "-");
  replace_all(text, "–", "-");
  replace_all(text, ",", ".");
  if (text.starts_with('+')) text.erase(0, 1);
  if (text.empty()) return 0;
  double mm = 0;
  auto const* const end = text.data() + text.size();
  auto const [at, fault] = std::from_chars(text.data(), end, mm, std::chars_format::fixed);
  if (fault != std::errc() || at != end || !(std::abs(mm) <= print::largest_offset_mm)) {
    return std::nullopt;
  }
  return static_cast<int>(std::lround(mm * 10));
}

http::FormPairs pairs_of(tables::PrintForm const& form, Language language) {
  return {{"spacing", form.has_gaps ? "gaps" : "no_gaps"},
          {"right", tenths_text(form.right_tenths, language)},
          {"down", tenths_text(form.down_tenths, language)}};
}

tables::PrintForm layout_of(FormValues const& typed, std::string_view prefix,
                            tables::PrintForm const& otherwise) {
  auto const named = [&](std::string_view name) {
    return typed[std::string(prefix) + std::string(name)];
  };
  tables::PrintForm form = otherwise;
  if (!named("spacing").empty()) form.has_gaps = named("spacing") != "no_gaps";
  if (!named("right").empty())
    form.right_tenths = tenths_from(named("right")).value_or(form.right_tenths);
  if (!named("down").empty())
    form.down_tenths = tenths_from(named("down")).value_or(form.down_tenths);
  return form;
}

print::SheetForm sheet_form_of(tables::PrintForm const& form) {
  return {form.has_gaps ? print::Spacing::gaps : print::Spacing::no_gaps,
          {form.right_tenths / 10.0, form.down_tenths / 10.0}};
}

TypedPrint judge_typed_print(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             FormValues const& typed, Language language) {
  TypedPrint result;
  auto judged = judge_typed_range(tx, batch, typed, RangeUse::any, language);
  result.range = judged.range;
  result.in_stock = judged.in_stock;
  result.faults = std::move(judged.faults);
  result.printed_as = domain::printed_as_from(typed["as"]).value_or(domain::PrintedAs::cards);
  for (char const* const field : {"right", "down"}) {
    if (!tenths_from(typed[field]))
      result.faults.push_back({field, std::string(in(language, Text::print_offset_fault))});
  }
  result.layout = layout_of(typed, "", {});
  return result;
}

}  // namespace kaiku::pages
