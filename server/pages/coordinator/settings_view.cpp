#include "server/pages/coordinator/settings_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {
namespace {

using domain::ServiceFieldKind;

constexpr std::array<Text, domain::service_fields.size()> labels{
    Text::settings_name,
    Text::settings_provider,
    Text::settings_email,
    Text::settings_phone,
    Text::settings_post,
    Text::settings_controller,
    Text::settings_officer,
    Text::settings_legal_basis,
    Text::settings_processor,
    Text::settings_retention,
    Text::settings_accessibility_authority,
    Text::settings_accessibility_checked,
    Text::settings_privacy_authority,
    Text::settings_privacy_checked,
    Text::settings_assessment,
    Text::settings_assessed_by,
    Text::settings_assessed_on};

std::string_view hint_of(Language language, domain::ServiceField const& field) {
  if (field.kind == ServiceFieldKind::day) return in(language, Text::settings_day_hint);
  if (field.word.ends_with("_authority")) return in(language, Text::settings_authority_hint);
  if (field.word == "retention") return in(language, Text::settings_retention_hint);
  return field.word == "controller" ? in(language, Text::settings_controller_hint)
                                    : std::string_view();
}

std::vector<Data> links(std::vector<Link> const& all) {
  std::vector<Data> items;
  for (auto const& link : all) {
    Data item("href", link.href);
    item.set("label", link.label);
    items.push_back(item);
  }
  return items;
}

}  // namespace

std::string_view label_of_setting(Language language, std::string_view word) {
  auto const field = std::ranges::find(domain::service_fields, word, &domain::ServiceField::word);
  return in(language, labels.at(static_cast<std::size_t>(field - domain::service_fields.begin())));
}

std::vector<Data> settings_fields(Language language, bool common, Filled const& filled,
                                  bool asks_code) {
  FieldList list(filled);
  for (auto const& field : domain::service_fields) {
    if ((field.kind != ServiceFieldKind::text) != common) continue;
    auto const label = label_of_setting(language, field.word);
    if (field.kind == ServiceFieldKind::assessor) {
      auto const option = [&](std::string_view word, Text text) {
        return Option{std::string(word), std::string(in(language, text))};
      };
      list.radios(
          {.id = field.word,
           .label = label,
           .options = {option("", Text::settings_assessment_none),
                       option(domain::assessed_by_self, Text::settings_assessment_self),
                       option(domain::assessed_outside, Text::settings_assessment_outside)}});
    } else {
      list.text({.id = field.word,
                 .label = label,
                 .hint = hint_of(language, field),
                 .maxlength = 300,
                 .narrow = field.kind == ServiceFieldKind::day});
    }
  }
  if (asks_code) list.text(code_field(language));
  return list.list();
}

Page settings_page(Frame const& frame, SettingsPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::settings_title)),
            .body = embedded::settings};
  page.posts = false;
  page.values.set("has_missing", !model.missing.empty());
  page.values.set("missing", list_of(links(model.missing)));
  page.values.set("parts", list_of(links(model.parts)));
  return page;
}

}  // namespace kaiku::pages
