// What the tests of a worker's pages do again and again.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>

#include "server/http/form.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {

class WorkerPages : public ServerTest {
 protected:
  using Fields = http::FormPairs;

  Reply form(std::string const& who, std::string const& path, Fields fields) {
    auto const sender = as(who);
    for (auto const& [name, value] : sender) {
      if (name == "X-CSRF-Token") fields.emplace_back("csrf", value);
    }
    std::string text;
    for (auto const& [name, value] : fields) {
      text += (text.empty() ? "" : "&") + name + "=" + http::percent_encode(value);
    }
    return send(sender, "POST", path, text,
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  // The page that a POST led to.
  Reply followed(std::string const& who, Reply const& reply) {
    EXPECT_EQ(reply.status, 303) << reply;
    return get(as(who), reply.header("location"));
  }
  std::string id() { return to_hex(SystemRandom().bytes<16>()); }
  Fields filled(std::string const& card, Fields const& more = {}) {
    Fields fields{{"form_id", id()},
                  {"card", card},
                  {"birth_year", "1985"},
                  {"children", "2"},
                  {"postcode", "50100"}};
    return with_fields(std::move(fields), more);
  }
  // The address of the result of giving a card of the office's stock.
  std::string given(std::size_t position) {
    auto const reply = form("worker", "/cards/new", filled(net.codes.at(position - 1)));
    EXPECT_EQ(reply.status, 303) << reply;
    return reply.header("location");
  }
  // The recovery code on the page of a waiting hand-over.
  static std::string recovery_code_on(std::string const& page) {
    std::string const before = "<code class=\"large secret\">";
    auto const at = page.rfind(before);
    if (at == std::string::npos) return "";
    auto const from = at + before.size();
    return page.substr(from, page.find('<', from) - from);
  }
};

}  // namespace kaiku::test
