#include "server/use_cases/set_settings.hpp"

#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/faults.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/service_texts.hpp"

namespace kaiku::use_cases {
namespace {

using domain::ServiceFieldKind;

constexpr std::size_t longest_text = 600;  // bytes

bool is_email(std::string_view text) {
  auto const at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

void settle_text(std::string const& pointer, std::string const& text, Faults& faults) {
  if (text.size() > longest_text) faults.add(pointer, FaultCode::too_long);
  if (ascii::has_control(text)) faults.add(pointer, FaultCode::control_character);
  if (codec::contains_personal_identity_code(text)) {
    faults.add(pointer, FaultCode::personal_identity_code);
  }
}

void settle(domain::ServiceText const& told, Day today, Faults& faults) {
  auto const field =
      std::ranges::find(domain::service_fields, told.word, &domain::ServiceField::word);
  auto const pointer = "/" + told.word;
  if (field == domain::service_fields.end()) {
    faults.add(pointer, FaultCode::unknown_field);
    return;
  }
  for (auto const* text : {&told.text.fi, &told.text.sv, &told.text.en}) {
    settle_text(pointer, *text, faults);
  }
  auto const& line = told.text.fi;
  if (line.empty()) return;
  if (field->kind == ServiceFieldKind::email && !is_email(line)) {
    faults.add(pointer, FaultCode::wrong_type);
  }
  if (field->kind == ServiceFieldKind::assessor && line != domain::assessed_by_self &&
      line != domain::assessed_outside) {
    faults.add(pointer, FaultCode::not_an_option);
  }
  if (field->kind == ServiceFieldKind::day) {
    auto const day = day_from_iso(line);
    if (!day || *day > today) faults.add(pointer, FaultCode::not_a_day);
  }
}

bool is_same(std::vector<domain::ServiceText> const& one,
             std::vector<domain::ServiceText> const& other) {
  return std::ranges::equal(one, other, [](auto const& a, auto const& b) {
    return a.word == b.word && a.text == b.text;
  });
}

}  // namespace

Result<void> set_settings(ledger::WriteTx& tx, std::vector<domain::ServiceText> texts,
                          domain::Caller const& caller) {
  Faults faults;
  for (auto const& told : texts) settle(told, helsinki_day(tx.now()), faults);
  if (!faults.empty()) return faults.error();
  std::erase_if(texts, [](auto const& told) { return told.text == domain::LocalText{}; });
  std::ranges::sort(texts, {}, &domain::ServiceText::word);
  if (is_same(tables::service_texts(tx).texts, texts)) return {};
  ledger::append(tx, caller.actor, ledger::SettingsSet{std::move(texts)});
  return {};
}

}  // namespace kaiku::use_cases
