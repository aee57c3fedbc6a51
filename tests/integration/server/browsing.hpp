// Somebody of the fixture's in front of a browser.
#pragma once

#include "tests/support/page_browser.hpp"

namespace kaiku::test {

class Browsing : public ServerTest {
 protected:
  PageBrowser browser_of(std::string const& account) {
    PageBrowser browser(
        [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
               std::string const& body) { return send(headers, method, path, body); },
        origin());
    browser.come_in(as(account));
    return browser;
  }
};

}  // namespace kaiku::test
