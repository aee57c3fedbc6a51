#include "server/pages/coordinator/value_form.hpp"

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"
#include "schema/values/spaces.hpp"
#include "server/reports/value_document.hpp"

namespace kaiku::pages {
namespace {

using domain::ValueLine;
using use_cases::GivenValue;

struct NumberPart {
  std::string_view name;
  std::optional<std::int64_t> GivenValue::*number;
  std::int64_t domain::ValueRange::*end;
};
constexpr std::array number_parts{NumberPart{"low", &GivenValue::low, &domain::ValueRange::low},
                                  NumberPart{"base", &GivenValue::base, &domain::ValueRange::base},
                                  NumberPart{"high", &GivenValue::high, &domain::ValueRange::high}};
struct TextPart {
  std::string_view name;
  std::string GivenValue::*text;
};
constexpr std::array text_parts{TextPart{"source", &GivenValue::source},
                                TextPart{"note", &GivenValue::note}};
constexpr std::size_t longest_number = 30;
constexpr std::size_t most_digits = 12;

std::size_t decimals_of(ValueLine line) { return domain::is_share(line) ? 1 : 2; }

template <class Visit>
void for_each_line(Visit visit) {
  for (std::size_t at = 0; at < domain::value_line_count; ++at) visit(static_cast<ValueLine>(at));
}

std::string without(std::string_view text, std::string_view mark) {
  std::string left(text);
  for (auto at = left.find(mark); at != std::string::npos; at = left.find(mark)) {
    left.erase(at, mark.size());
  }
  return left;
}

Text text_of(ValueLine line, FaultCode code) {
  switch (code) {
    case FaultCode::required: return Text::value_fault_missing;
    case FaultCode::wrong_type:
      return domain::is_share(line) ? Text::value_fault_percent : Text::value_fault_money;
    case FaultCode::out_of_range: return Text::value_fault_range;
    case FaultCode::personal_identity_code: return Text::fault_identity_code;
    default: return Text::fault_too_long;
  }
}

class Reader {
 public:
  Reader(FormValues const& form, Language language) : form_(form), language_(language) {}

  ReadValues run() {
    for_each_line([this](ValueLine line) { read(line); });
    auto const settled = use_cases::settle_values(read_.lines);
    if (!settled) {
      for (auto const& fault : settled.error().fields) add(fault);
    }
    sort();
    return std::move(read_);
  }

 private:
  void read(ValueLine line) {
    GivenValue given{.line = line};
    for (auto const& part : number_parts) {
      auto const field = value_field(line, part.name);
      auto const typed = form_[field];
      given.*part.number = value_from_typed(line, typed);
      if (!typed.empty() && !(given.*part.number)) add(line, part.name, FaultCode::wrong_type);
    }
    for (auto const& part : text_parts) {
      auto const field = value_field(line, part.name);
      given.*part.text = form_[field];
      if (holds_identity_code(form_, field)) {
        given.*part.text = "";
        add(line, part.name, FaultCode::personal_identity_code);
      }
    }
    read_.lines.push_back(std::move(given));
  }

  // "/rows/adult_culture/low".
  void add(FieldFault const& fault) {
    constexpr std::string_view stem = "/rows/";
    std::string_view const pointer = std::string_view(fault.pointer).substr(stem.size());
    auto const cut = pointer.find('/');
    auto const line = domain::value_line_from(pointer.substr(0, cut));
    if (line) add(*line, pointer.substr(cut + 1), fault.code);
  }

  void add(ValueLine line, std::string_view part, FaultCode code) {
    auto field = value_field(line, part);
    if (!fault_of(read_.faults, field).empty()) return;
    std::int64_t const least = line == ValueLine::costs ? 1 : 0;
    auto text = fill(language_, text_of(line, code),
                     {{"name", reports::name_in(language_, line)},
                      {"least", typed_value(line, least)},
                      {"most", typed_value(line, domain::most_of(line))}});
    read_.faults.push_back({std::move(field), std::move(text)});
  }

  void sort() {
    std::vector<std::string> order;
    for_each_line([&order](ValueLine line) {
      for (auto const* part : {"low", "base", "high", "source", "note"}) {
        order.push_back(value_field(line, part));
      }
    });
    std::ranges::stable_sort(read_.faults, {}, [&order](PageFault const& fault) {
      return std::ranges::find(order, fault.field) - order.begin();
    });
  }

  FormValues const& form_;
  Language language_;
  ReadValues read_;
};

}  // namespace

std::string typed_value(ValueLine line, std::int64_t number) {
  auto const decimals = decimals_of(line);
  auto digits = std::to_string(number);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, ",");
  bool const is_whole =
      digits.substr(digits.size() - decimals).find_first_not_of('0') == std::string::npos;
  return is_whole ? digits.substr(0, digits.size() - decimals - 1) : digits;
}

std::optional<std::int64_t> value_from_typed(ValueLine line, std::string_view text) {
  auto plain = without_spaces(text);
  for (auto const* mark : {"€", "%"}) plain = without(plain, mark);
  auto const cut = std::min(plain.find_first_of(",."), plain.size());
  auto const whole = std::string_view(plain).substr(0, cut);
  std::string part = plain.substr(std::min(cut + 1, plain.size()));
  auto const decimals = decimals_of(line);
  bool const has_mark = cut < plain.size();
  bool const is_whole = !whole.empty() && whole.size() <= most_digits && ascii::is_digits(whole);
  bool const is_part =
      !has_mark || (!part.empty() && part.size() <= decimals && ascii::is_digits(part));
  if (!is_whole || !is_part) return std::nullopt;
  part.append(decimals - part.size(), '0');
  return number_from(std::string(whole) + part);
}

std::string value_field(ValueLine line, std::string_view part) {
  return std::string(word_of(line)) + "_" + std::string(part);
}

http::FormPairs value_fields_of(std::vector<domain::ValueRow> const& rows) {
  http::FormPairs pairs;
  for (auto const& row : rows) {
    for (auto const& part : number_parts) {
      pairs.emplace_back(value_field(row.line, part.name),
                         row.range ? typed_value(row.line, (*row.range).*part.end) : "");
    }
    pairs.emplace_back(value_field(row.line, "source"), row.source);
    pairs.emplace_back(value_field(row.line, "note"), row.note);
  }
  return pairs;
}

http::FormPairs kept_value_fields(FormValues const& form) {
  http::FormPairs kept;
  for_each_line([&](ValueLine line) {
    for (auto const& part : number_parts) {
      keep_typed(kept, form, value_field(line, part.name), longest_number);
    }
    for (auto const& part : text_parts) {
      keep_typed(kept, form, value_field(line, part.name), use_cases::longest_value_text);
    }
  });
  return kept;
}

ReadValues read_values(FormValues const& form, Language language) {
  return Reader(form, language).run();
}

}  // namespace kaiku::pages
