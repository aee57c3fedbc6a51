// Coordinators who fill in the forms of the network's pages, in one browser each.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "server/use_cases/keep_network.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {

class NetworkPages : public ServerTest {
 protected:
  // The form of a page, as it stands there, with some fields filled in.
  FormFields filled(std::string const& who, std::string const& path, FormFields const& changes) {
    auto const page = get(as(who), path);
    EXPECT_EQ(page.status, 200) << page;
    auto fields = fields_of_form(page.text, path.substr(0, path.find('?')));
    EXPECT_TRUE(fields.contains("form_id")) << path << ": " << text_in(page.text);
    for (auto const& [name, value] : changes) fields[name] = value;
    return fields;
  }
  Reply send_form(std::string const& who, std::string const& path, FormFields const& fields) {
    return send(as(who), "POST", path, encoded_form(fields),
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  // Where a 303 leads.
  Reply follow(std::string const& who, Reply const& sent) {
    EXPECT_EQ(sent.status, 303) << sent;
    auto page = get(as(who), sent.header("location"));
    EXPECT_EQ(page.status, 200) << page;
    return page;
  }
  // Fills in, sends and looks at what comes.
  Reply change(std::string const& who, std::string const& path, FormFields const& changes) {
    return follow(who, send_form(who, path, filled(who, path, changes)));
  }
  // The address of the first link of that name.
  static std::string link_named(std::string const& html, std::string const& name) {
    auto const end = html.find(">" + name + "</a>");
    EXPECT_NE(end, std::string::npos) << name;
    if (end == std::string::npos) return "/";
    auto const begin = html.rfind("href=\"", end) + 6;
    auto address = html.substr(begin, html.find('"', begin) - begin);
    for (auto at = address.find("&amp;"); at != std::string::npos; at = address.find("&amp;")) {
      address.erase(at + 1, 4);
    }
    return address;
  }
  static int times(std::string_view html, std::string_view part) {
    int found = 0;
    for (auto at = html.find(part); at != html.npos; at = html.find(part, at + 1)) ++found;
    return found;
  }
  void make_area(std::string const& id, std::string const& municipality) {
    Json const town{{"code", municipality}, {"name", {{"fi", "Uusikylä"}}}};
    Json const area{{"id", id}, {"name", {{"fi", "Uusi alue"}}}, {"municipalities", {town}}};
    auto const made = post(as("national"), "/api/v1/areas", area);
    ASSERT_EQ(made.status, 201) << made;
  }
};

}  // namespace kaiku::test
