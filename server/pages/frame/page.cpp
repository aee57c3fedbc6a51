#include "server/pages/frame/page.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "pages/embedded_assets.hpp"
#include "server/access/identity/services.hpp"
#include "server/http/form.hpp"
#include "server/pages/frame/accepted.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/greeting.hpp"
#include "server/pages/frame/held.hpp"
#include "server/pages/frame/line_breaks.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"

namespace kaiku::pages {
namespace {

namespace mustache = kainjow::mustache;
using domain::Role;

// Finds {{t.key}} in the text table and partials among the embedded templates; all else in the
// values.
class PageContext : public mustache::context<std::string> {
 public:
  PageContext(Data const& values, Language language)
      : mustache::context<std::string>(&values), texts_(texts_in(language)) {}

  Data const* get(std::string const& name) const override {
    if (!name.starts_with("t.")) return mustache::context<std::string>::get(name);
    auto const found = texts_.find(name);
    if (found == texts_.end()) throw std::logic_error("a template names no text of ours: " + name);
    return &found->second;
  }
  Data const* get_partial(std::string const& name) const override {
    static std::map<std::string, Data> const partials{
        {"error_summary", std::string(embedded::error_summary)},
        {"text_field", std::string(embedded::text_field)},
        {"text_area", std::string(embedded::text_area)},
        {"given_rows", std::string(embedded::given_rows)},
        {"door_outcome", std::string(embedded::door_outcome)},
        {"menu", std::string(embedded::menu)},
        {"select_field", std::string(embedded::select_field)},
        {"radio_group", std::string(embedded::radio_group)},
        {"definitions", std::string(embedded::definitions)},
        {"tick_groups", std::string(embedded::tick_groups)},
        {"form_keys", std::string(embedded::form_keys)}};
    return &partials.at(name);
  }

 private:
  using Texts = std::unordered_map<std::string, Data>;
  static Texts const& texts_in(Language language) {
    static std::array<Texts, 3> const all{make(Language::fi), make(Language::sv),
                                          make(Language::en)};
    return all[static_cast<std::size_t>(language)];
  }
  static Texts make(Language language) {
    Texts texts;
    for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
      auto const text = static_cast<Text>(n);
      texts.emplace("t." + std::string(key_of(text)), std::string(in(language, text)));
    }
    return texts;
  }
  Texts const& texts_;
};

std::string render_template(std::string_view text, Data const& values, Language language) {
  mustache::mustache page{std::string(text)};
  PageContext context(values, language);
  auto rendered = page.render(context);
  if (!page.is_valid()) throw std::logic_error("a template is broken: " + page.error_message());
  return rendered;
}

// In the page itself: one request fewer.
std::string const& icon() {
  static auto const address =
      "data:image/svg+xml;base64," + to_base64(bytes_of(embedded::svg_text));
  return address;
}

struct NavigationItem {
  std::string_view href;
  Text label;
  bool has_area_filter = false;                // the choice of an area goes along to it
  std::optional<Text> when_waiting = {};       // its label with how much waits
  std::vector<std::string_view> beneath = {};  // pages of other addresses that it leads to
};

// The page of one office lies under the list of offices.
bool lies_under(std::string_view path, std::string_view href) {
  return !href.empty() && path.starts_with(href) &&
         (path.size() == href.size() || path[href.size()] == '/');
}

// Of those who keep the network; national roles take their choice of an area along.
std::vector<NavigationItem> navigation_of_network(bool is_national) {
  auto const start = is_national ? Text::nav_start : Text::nav_area;
  auto const waiting = is_national ? Text::nav_start_waiting : Text::nav_area_waiting;
  return {{"/area",
           start,
           is_national,
           waiting,
           {"/start", "/areas", "/judged", "/undo-requests", "/approvals", "/reads", "/messages",
            "/settings"}},
          {"/figures", Text::nav_figures, is_national},
          {"/batches", Text::nav_batches, is_national},
          {"/offices", Text::nav_offices, is_national},
          {"/venues", Text::nav_venues, is_national, {}, {"/events"}},
          {"/accounts", Text::nav_accounts, is_national, {}, {"/agents"}},
          {"/devices", Text::nav_devices, is_national}};
}

std::vector<NavigationItem> navigation_of(Role role) {
  switch (role) {
    case Role::issuer_worker:
      return {{"/cards/new", Text::nav_issue},
              {.href = "/card", .label = Text::nav_card, .beneath = {"/cards/lost"}},
              {.href = "/cards/handovers",
               .label = Text::nav_cards,
               .when_waiting = Text::nav_cards_waiting,
               .beneath = {"/cards/expiring", "/cards/unused", "/cards/community"}},
              {"/cards/forms", Text::nav_forms},
              {"/stock", Text::nav_stock}};
    case Role::venue_staff:
      return {{"/door/basic", Text::nav_venue},
              {.href = "/venue",
               .label = Text::nav_today,
               .beneath = {"/undo-requests", "/paper-uses"}},
              {"/events", Text::nav_events},
              {"/reservations", Text::nav_reservations},
              {"/figures", Text::nav_figures},
              {"/devices", Text::nav_devices}};
    case Role::admin:
    case Role::national_coordinator: return navigation_of_network(true);
    case Role::area_coordinator: return navigation_of_network(false);
    case Role::anonymous:
      return {{"/places", Text::nav_public_places},
              {"/offers", Text::nav_public_offers},
              {"/me", Text::nav_public_own},
              {"/login", Text::nav_public_staff}};
    case Role::agent:
    case Role::device: return {};
  }
  return {};
}

// The language that was chosen in the address, for links of the frame: "?lang=sv"; else empty.
std::string lang_of(Frame const& frame) {
  return frame.lang.empty() ? std::string() : "?lang=" + frame.lang;
}

// "?area=KAINUU" of a page that national roles have narrowed to an area, or of a thing that lies
// in one; else empty.
std::string area_filter_of(Frame const& frame) {
  bool const is_national = domain::is_national(frame.role);
  if (is_national && !frame.area.empty()) return "?area=" + frame.area;
  auto const cut = frame.here.find('?');
  if (!is_national || cut == std::string::npos) return {};
  auto const query = http::parse_query(std::string_view(frame.here).substr(cut + 1));
  auto const area = query ? http::form_value(*query, "area") : std::nullopt;
  return area && AreaId::parse(*area) ? "?area=" + std::string(*area) : std::string();
}

std::string label_of(Frame const& frame, NavigationItem const& item) {
  if (!item.when_waiting || frame.waiting == 0) {
    return std::string(in(frame.language, item.label));
  }
  return fill(frame.language, *item.when_waiting,
              {{"n", number_text(frame.language, frame.waiting)}});
}

Data navigation(Frame const& frame) {
  std::vector<Data> items;
  auto const path = std::string_view(frame.here).substr(0, frame.here.find('?'));
  bool const is_public = frame.role == Role::anonymous;
  auto const filter = is_public ? lang_of(frame) : area_filter_of(frame);
  for (auto const& item : navigation_of(frame.role)) {
    Data entry;
    bool const takes_along = item.has_area_filter || is_public;
    entry.set("href", std::string(item.href) + (takes_along ? filter : std::string()));
    entry.set("label", label_of(frame, item));
    auto const leads_to = [&](std::string_view page) { return lies_under(path, page); };
    entry.set("current", leads_to(item.href) || std::ranges::any_of(item.beneath, leads_to));
    items.push_back(entry);
  }
  return list_of(items);
}

// Tells where a message is begun, by the first part of the address alone: it names nobody.
std::string feedback_of(Frame const& frame) {
  auto const end = frame.here.find_first_of("/?", 1);
  http::FormPairs pairs{{"from", frame.here.substr(0, std::min(end, frame.here.size()))}};
  if (!frame.lang.empty()) pairs.emplace_back("lang", frame.lang);
  return "/feedback?" + encoded(pairs);
}

Data opened_text(Frame const& frame) {
  if (frame.at.us == 0) return Data(false);
  auto const when = moment_text(frame.language, frame.at);
  return Data(fill(frame.language, Text::page_opened, {{"when", when}}));
}

// What a query says but for one name; nothing where it cannot be read.
http::FormPairs without(Result<http::FormPairs> query, std::string_view name) {
  auto pairs = query ? *std::move(query) : http::FormPairs{};
  std::erase_if(pairs, [&](auto const& pair) { return pair.first == name; });
  return pairs;
}

// This very page in another language.
std::string here_in(Frame const& frame, std::string const& code) {
  if (!frame.language_by_address) {
    return "/language?lang=" + code + "&next=" + http::percent_encode(frame.here);
  }
  auto const cut = std::min(frame.here.find('?'), frame.here.size());
  auto pairs = without(
      http::parse_query(cut < frame.here.size() ? frame.here.substr(cut + 1) : std::string()),
      "lang");
  pairs.emplace_back("lang", code);
  return frame.here.substr(0, cut) + "?" + encoded(pairs);
}

Data language_links(Frame const& frame) {
  static constexpr std::array<std::string_view, 3> names{"Suomi", "Svenska", "English"};
  std::vector<Data> items;
  for (auto const language : contract::languages) {
    std::string const code(contract::code_of(language));
    Data entry;
    entry.set("href", here_in(frame, code));
    entry.set("code", code);
    entry.set("name", std::string(names[static_cast<std::size_t>(language)]));
    entry.set("current", language == frame.language);
    items.push_back(entry);
  }
  return list_of(items);
}

std::string joined(std::vector<std::string> const& parts) {
  std::string text;
  for (auto const& part : parts) text += (text.empty() ? "" : " · ") + part;
  return text;
}

Text notice_of(Held const& held, std::string_view path) {
  if (!held.is_ours) return held.is_old ? Text::k_old : Text::held_other;
  bool const is_empty = held.typed.empty();
  if (path.starts_with("/door/")) return is_empty ? Text::held_ticket : Text::held_undo;
  return is_empty ? Text::held_too_long : Text::held_back;
}

}  // namespace

Data text_or_nothing(std::string_view text) {
  if (text.empty()) return Data(false);
  return Data(std::string(text));
}

Data list_of(std::vector<Data> const& items) {
  Data list{Data::type::list};
  for (auto const& item : items) list.push_back(item);
  return list;
}

Language language_of(access::Call const& call) {
  auto const chosen = contract::language_from(call.request().cookie("kaiku_lang"));
  if (chosen) return *chosen;
  if (call.session()) return call.caller().language;
  return accepted_language(call.request().list_header("accept-language")).value_or(Language::fi);
}

Frame frame_of(access::Call const& call, std::string here) {
  Frame frame;
  frame.role = call.caller().role;
  if (call.session()) frame.csrf = call.session()->csrf_token;
  frame.owner = form_owner(call);
  frame.here = without_identity_codes(std::move(here));
  frame.demo = call.services().site.demo;
  frame.at = call.now();
  frame.language = language_of(call);
  frame.greeting = greeting_of(call, frame.language);
  if (auto const held = held_of(call)) {
    frame.notice = in(frame.language, notice_of(*held, call.request().path));
  }
  return frame;
}

std::optional<Language> language_asked(access::Call const& call) {
  auto const query = call.query();
  auto const asked = query ? http::form_value(*query, "lang") : std::nullopt;
  return asked ? contract::language_from(*asked) : std::nullopt;
}

Frame frame_by_address(access::Call const& call, std::string here) {
  auto frame = frame_of(call, std::move(here));
  frame.language_by_address = true;
  if (auto const language = language_asked(call)) {
    frame.language = *language;
    frame.lang = contract::code_of(*language);
  }
  return frame;
}

std::string address_of(access::Call const& call) {
  auto const& path = call.request().path;
  auto query = call.request().query;
  // A page in place of a redirect has no address: links lead to it without what was typed.
  if (path.size() + query.size() > longest_address) query = encoded(without(call.query(), "k"));
  return without_identity_codes(own_path(query.empty() ? path : path + "?" + query, path));
}

domain::Caller caller_in(Frame const& frame, access::Call const& call) {
  auto caller = call.caller();
  caller.language = frame.language;
  return caller;
}

std::string with_outcome(std::string_view outcome, std::string title) {
  return outcome.empty() ? title : std::string(outcome) + " – " + title;
}

std::string render(Frame const& frame, Page const& page) {
  Data values = page.values;
  values.set("csrf", frame.csrf);
  values.set("owner", frame.owner);
  Data whole;
  whole.set("body", render_template(page.body, values, frame.language));
  whole.set("lang", std::string(contract::code_of(frame.language)));
  auto const prefix = page.faulty ? in(frame.language, Text::error_prefix) : std::string_view();
  whole.set("title", std::string(prefix) + page.title);
  whole.set("css", "/assets/" + std::string(embedded::css_name));
  whole.set("icon", icon());
  whole.set("demo", frame.demo);
  whole.set("place", text_or_nothing(frame.place));
  whole.set("narrowed_to", text_or_nothing(joined(page.narrowed_to)));
  whole.set("opened", opened_text(frame));
  whole.set("has_nav", !navigation_of(frame.role).empty());
  whole.set("nav", navigation(frame));
  whole.set("languages", language_links(frame));
  whole.set("lang_query", lang_of(frame));
  whole.set("feedback", feedback_of(frame));
  whole.set("answers_messages", domain::coordinates(frame.role));
  whole.set("help", std::string(help_of(frame.role)) + lang_of(frame));
  whole.set("signed_in", !frame.csrf.empty());
  whole.set("csrf", frame.csrf);
  whole.set("greeting", text_or_nothing(frame.greeting));
  whole.set("closed", frame.closed);
  whole.set("notice", text_or_nothing(frame.notice));
  return with_line_breaks(render_template(embedded::base, whole, frame.language));
}

http::Response respond(Frame const& frame, Page page) {
  bool const has_form = page.posts || !frame.csrf.empty();  // who is signed in can sign out
  http::Response response;
  response.status = page.status;
  response.tells_faults = page.faulty;
  response.content_type = "text/html; charset=utf-8";
  response.with("Content-Security-Policy", std::string(content_security_policy))
      .with("Referrer-Policy", has_form ? "same-origin" : "no-referrer")
      .with("Content-Language", std::string(contract::code_of(frame.language)))
      .with("Cross-Origin-Opener-Policy", "same-origin")
      .with("X-Frame-Options", "DENY");
  if (!frame.greeting.empty()) response.with("Set-Cookie", ended_greeting_cookie());
  if (!frame.cookie.empty()) response.with("Set-Cookie", frame.cookie);
  response.body_to_draw = [frame, page = std::move(page)] { return render(frame, page); };
  return response;
}

http::Response respond_in_frame(Frame const& frame, Page page) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.with("Content-Security-Policy", std::string(framed_content_security_policy))
      .with("Referrer-Policy", "same-origin")
      .with("Content-Language", std::string(contract::code_of(frame.language)))
      .with("X-Frame-Options", "SAMEORIGIN");
  page.values.set("lang", std::string(contract::code_of(frame.language)));
  page.values.set("css", "/assets/" + std::string(embedded::css_name));
  page.values.set("csrf", frame.csrf);
  response.body_to_draw = [language = frame.language, page = std::move(page)] {
    return render_template(page.body, page.values, language);
  };
  return response;
}

http::Response see_other(std::string to) {
  http::Response response;
  response.status = 303;
  response.with("Location", std::move(to));
  return response;
}

http::Response back_to(std::string to) {
  auto response = see_other(std::move(to));
  response.keeps_nothing = true;
  return response;
}

std::string_view help_of(Role role) {
  if (role == Role::issuer_worker) return "/help/worker";
  if (role == Role::venue_staff) return "/help/venue";
  if (role == Role::admin) return "/help/administrator";
  return domain::coordinates(role) ? "/help/coordinator" : "/help/holder";
}

std::string_view home_of(Role role) {
  auto const items = navigation_of(role);
  if (domain::coordinates(role)) return "/area";
  return items.empty() || role == Role::anonymous ? "/" : items.front().href;
}

}  // namespace kaiku::pages
