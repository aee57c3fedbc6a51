// What a browser does between two pages: it keeps cookies, follows 303 and sends the forms that it
// was given, hidden fields and all.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "server/http/form.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {

class PageBrowser {
 public:
  // Sends one request: cookies and origin are the browser's, the rest is the fixture's.
  using Send = std::function<Reply(HttpHeaders const& headers, std::string_view method,
                                   std::string const& path, std::string const& body)>;
  PageBrowser(Send send, std::string origin) : send_(std::move(send)), origin_(std::move(origin)) {}

  // Opens an address and goes where it leads.
  Reply const& open(std::string const& path) {
    take(path, send_({{"Cookie", cookies()}}, "GET", path, ""));
    return page_;
  }
  // Sends the form that holds `mark` (its button's words, say) with what is typed into it.
  Reply const& submit(std::string_view mark, http::FormPairs typed = {}) {
    auto form = form_with(page_.text, mark);
    EXPECT_FALSE(form.action.empty()) << "no form with " << mark << " at " << address_;
    typed.insert(typed.end(), form.hidden.begin(), form.hidden.end());
    return resend(form.action, typed);
  }
  // Goes where the link [Takaisin] of the page leads.
  Reply const& go_back() {
    static std::string const start = "<a class=\"button second\" href=\"";
    auto const end = page_.text.rfind("\">Takaisin</a>");
    auto const at = end == std::string::npos ? end : page_.text.rfind(start, end);
    EXPECT_NE(at, std::string::npos) << "no way back at " << address_;
    if (at == std::string::npos) return page_;
    auto const from = at + start.size();
    return open(page_.text.substr(from, end - from));
  }
  // The hidden fields of that form.
  http::FormPairs hidden_of(std::string_view mark) const {
    return form_with(page_.text, mark).hidden;
  }
  // Sends what was sent before once more, or something like it.
  Reply const& resend(std::string const& action, http::FormPairs const& fields) {
    sent_ = {action, fields};
    std::string body;
    for (auto const& [name, value] : fields) {
      body += (body.empty() ? "" : "&") + http::percent_encode(name) + "=" +
              http::percent_encode(value);
    }
    first_ = send_({{"Cookie", cookies()},
                    {"Origin", origin_},
                    {"Content-Type", "application/x-www-form-urlencoded"}},
                   "POST", action, body);
    take(action, first_);
    return page_;
  }

  Reply const& page() const { return page_; }
  Reply const& first_answer() const { return first_; }  // to the last form, before it was followed
  std::string const& address() const { return address_; }
  std::pair<std::string, http::FormPairs> const& sent() const { return sent_; }
  std::string cookie(std::string const& name) const {
    auto const found = jar_.find(name);
    return found == jar_.end() ? std::string() : found->second;
  }
  // Takes over the cookies of somebody who is signed in by other means.
  void come_in(Sender const& who) {
    for (auto const& [name, value] : who) {
      if (name == "Cookie")
        jar_[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
    }
  }
  void forget(std::string const& name) { jar_.erase(name); }

 private:
  struct Form {
    std::string action;
    http::FormPairs hidden;
  };

  std::string cookies() const {
    std::string text;
    for (auto const& [name, value] : jar_) text += (text.empty() ? "" : "; ") + name + "=" + value;
    return text;
  }

  void take(std::string path, Reply reply) {
    for (int hops = 0; hops < 5; ++hops) {
      for (auto const& [name, value] : reply.headers) {
        if (name != "set-cookie") continue;
        auto const cut = value.find('=');
        auto const content = value.substr(cut + 1, value.find(';') - cut - 1);
        if (content.empty())
          jar_.erase(value.substr(0, cut));
        else
          jar_[value.substr(0, cut)] = content;
      }
      if (reply.status != 303) break;
      path = reply.header("location");
      reply = send_({{"Cookie", cookies()}}, "GET", path, "");
    }
    address_ = std::move(path);
    page_ = std::move(reply);
  }

  static std::string attribute_of(std::string_view tag, std::string const& name) {
    auto const begin = tag.find(" " + name + "=\"");
    if (begin == std::string_view::npos) return "";
    auto const from = begin + name.size() + 3;
    std::string text(tag.substr(from, tag.find('"', from) - from));
    for (auto at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;", at + 1)) {
      text.replace(at, 5, "&");
    }
    return text;
  }

  static Form form_with(std::string const& html, std::string_view mark) {
    static std::string const hidden = "<input type=\"hidden\"";
    for (auto at = html.find("<form"); at != std::string::npos; at = html.find("<form", at + 1)) {
      auto const text = html.substr(at, html.find("</form>", at) - at);
      if (text.find(mark) == std::string::npos) continue;
      Form form{attribute_of(text.substr(0, text.find('>')), "action"), {}};
      for (auto in = text.find(hidden); in != std::string::npos; in = text.find(hidden, in + 1)) {
        auto const tag = text.substr(in, text.find('>', in) - in);
        form.hidden.emplace_back(attribute_of(tag, "name"), attribute_of(tag, "value"));
      }
      return form;
    }
    return {};
  }

  Send send_;
  std::string origin_;
  std::map<std::string, std::string> jar_;
  Reply page_;
  Reply first_;
  std::string address_;
  std::pair<std::string, http::FormPairs> sent_;
};

}  // namespace kaiku::test
