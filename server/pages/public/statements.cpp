#include "server/pages/public/statements.hpp"

#include "pages/embedded_assets.hpp"
#include "server/domain/message.hpp"
#include "server/domain/service_settings.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::pages {
namespace {

// Parts under headings, a paragraph a line.
class Statement {
 public:
  Statement(Frame const& frame, ServiceFacts const& facts) : frame_(frame), facts_(facts) {}

  std::string say(Text key) const { return std::string(in(frame_.language, key)); }
  std::string told(std::string_view word) const {
    auto const found = facts_.find(word);
    return found == facts_.end() ? say(Text::settings_missing) : found->second;
  }
  std::string told_or(std::string_view word, Text otherwise) const {
    auto const found = facts_.find(word);
    return found == facts_.end() ? say(otherwise) : found->second;
  }
  std::string filled(Text text, std::initializer_list<Filling> values) const {
    return fill(frame_.language, text, values);
  }
  void part(std::optional<Text> title, std::vector<std::string> const& lines) {
    std::vector<Data> paragraphs;
    for (auto const& line : lines) paragraphs.emplace_back("line", line);
    Data data("lines", list_of(paragraphs));
    data.set("title", title ? Data(say(*title)) : Data(false));
    data.set("link", false);
    data.set("inner", false);
    parts_.push_back(data);
  }
  // Below the last part, to the national authority. Whom the installation names instead has other
  // pages, and says so itself.
  void link_unless_told(std::string_view word, Text href, Text label) {
    if (facts_.contains(word)) return;
    Data data("href", say(href));
    data.set("label", say(label));
    parts_.back().set("link", data);
  }
  // The same within this service.
  void inner_link(std::string const& href, Text label) {
    Data data("href", href);
    data.set("label", say(label));
    parts_.back().set("inner", data);
  }
  Page page(Text heading) const {
    Page page{.title = say(heading), .body = embedded::statement};
    page.posts = false;
    page.values.set("heading", say(heading));
    page.values.set("parts", list_of(parts_));
    return page;
  }
  Frame const& frame() const { return frame_; }

 private:
  Frame const& frame_;
  ServiceFacts const& facts_;
  std::vector<Data> parts_;
};

Text state_of(std::span<AccessibilityGap const> gaps) {
  switch (compliance_with(gaps)) {
    case Compliance::fully: return Text::accessibility_fully;
    case Compliance::partly: return Text::accessibility_partly;
    case Compliance::not_met: break;
  }
  return Text::accessibility_not_met;
}

Text reason_of(AccessibilityGap const& gap) {
  switch (gap.reason) {
    case GapReason::shortcoming: return Text::accessibility_gap_shortcoming;
    case GapReason::burden: return Text::accessibility_gap_burden;
    case GapReason::beyond_law: break;
  }
  return Text::accessibility_gap_beyond_law;
}

void add_gaps(Statement& statement, std::span<AccessibilityGap const> gaps) {
  auto const language = statement.frame().language;
  auto const at = static_cast<std::size_t>(language);
  std::vector<std::string> lines;
  for (auto const& gap : gaps) {
    auto const day = day_text(language, day_from_iso(gap.mended_by).value());
    lines.push_back(std::string(gap.what[at]) + " " +
                    statement.filled(Text::accessibility_gap_where,
                                     {{"criterion", gap.criterion}, {"page", gap.page}}) +
                    " " + statement.say(reason_of(gap)) + " " + std::string(gap.way_round[at]) +
                    " " + statement.filled(Text::accessibility_gap_mended, {{"day", day}}));
  }
  if (!lines.empty()) statement.part(Text::accessibility_gaps_title, lines);
}

std::string assessment(Statement const& statement, ServiceFacts const& facts) {
  auto const found = facts.find("assessment");
  if (found == facts.end()) return statement.say(Text::accessibility_assessed_not);
  auto const day = statement.told("assessed_on");
  if (found->second == domain::assessed_by_self) {
    return statement.filled(Text::accessibility_assessed_self, {{"day", day}});
  }
  auto const who = statement.told("assessed_by");
  return statement.filled(Text::accessibility_assessed_outside, {{"day", day}, {"who", who}});
}

}  // namespace

Page accessibility_page(Frame const& frame, ServiceFacts const& facts,
                        std::span<AccessibilityGap const> gaps) {
  Statement s(frame, facts);
  auto const checked = s.told("accessibility_checked");
  s.part(std::nullopt, {s.filled(Text::accessibility_scope,
                                 {{"name", s.told("name")}, {"provider", s.told("provider")}})});
  s.part(Text::accessibility_state_title, {s.say(state_of(gaps)), s.say(Text::accessibility_aim)});
  add_gaps(s, gaps);
  s.part(Text::accessibility_assessed_title,
         {assessment(s, facts), s.filled(Text::accessibility_made, {{"day", checked}})});
  s.part(Text::accessibility_feedback_title,
         {s.filled(Text::accessibility_feedback,
                   {{"email", s.told("email")}, {"phone", s.told("phone")}})});
  s.inner_link(public_address(frame, "/feedback", {{"from", "/accessibility"}}),
               Text::footer_feedback);
  s.part(Text::accessibility_authority_title,
         {s.say(Text::accessibility_complaint),
          s.told_or("accessibility_authority", Text::accessibility_authority_default),
          s.filled(Text::statement_checked, {{"day", checked}})});
  s.link_unless_told("accessibility_authority", Text::accessibility_authority_href,
                     Text::accessibility_authority);
  return s.page(Text::accessibility_title);
}

Page privacy_page(Frame const& frame, ServiceFacts const& facts) {
  Statement s(frame, facts);
  s.part(Text::privacy_controller_title,
         {s.filled(Text::privacy_controller, {{"controller", s.told("controller")}}),
          s.filled(Text::privacy_officer, {{"officer", s.told("officer")}}),
          s.filled(
              Text::privacy_contact,
              {{"email", s.told("email")}, {"phone", s.told("phone")}, {"post", s.told("post")}})});
  s.part(Text::privacy_purpose_title,
         {s.say(Text::privacy_purpose),
          s.filled(Text::privacy_basis, {{"basis", s.told("legal_basis")}}),
          s.say(Text::privacy_basis_whose), s.say(Text::privacy_health),
          s.say(Text::privacy_consent), s.say(Text::privacy_automatic)});
  s.part(Text::privacy_stored_title, {s.say(Text::privacy_stored), s.say(Text::privacy_needed)});
  s.part(Text::privacy_never_title, {s.say(Text::privacy_never)});
  s.part(Text::privacy_who_title,
         {s.say(Text::privacy_who),
          s.filled(Text::privacy_processor, {{"processor", s.told("processor")}})});
  s.part(Text::privacy_kept_title,
         {s.say(Text::privacy_kept_holder),
          s.filled(Text::privacy_kept_decided, {{"retention", s.told("retention")}}),
          s.filled(Text::privacy_kept_sign_in,
                   {{"days", std::to_string(use_cases::sessions_kept_days)}}),
          s.filled(Text::privacy_kept_contact,
                   {{"days", std::to_string(domain::contact_kept_days)}})});
  s.part(Text::privacy_cookies_title, {s.say(Text::privacy_cookies)});
  s.part(Text::privacy_erased_title, {s.say(Text::privacy_erased), s.say(Text::privacy_ledger)});
  s.part(
      Text::privacy_rights_title,
      {s.say(Text::privacy_rights),
       s.filled(Text::privacy_complaint,
                {{"authority", s.told_or("privacy_authority", Text::privacy_authority_default)}}),
       s.filled(Text::statement_checked, {{"day", s.told("privacy_checked")}})});
  s.link_unless_told("privacy_authority", Text::privacy_authority_href,
                     Text::privacy_authority_link);
  return s.page(Text::privacy_title);
}

}  // namespace kaiku::pages
