#include "server/pages/frame/accepted.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

using contract::Language;

TEST(AcceptLanguage, is_weighed) {
  struct Row {
    char const* header;
    std::optional<Language> wanted;
  };
  for (auto const& [header, wanted] : std::initializer_list<Row>{
           {"fi;q=0.1, sv;q=0.9", Language::sv},
           {"sv, fi", Language::sv},
           {"fi;q=0.5, en;q=0.5", Language::fi},
           {"de, sv-FI;q=0.8, en;q=0.7", Language::sv},
           {"EN-gb", Language::en},
           {"sv;q=0, fi;q=0.001", Language::fi},
           {"sv;q=0", std::nullopt},
           {"*", std::nullopt},
           {"", std::nullopt},
           {"fil, svx;q=1, english", std::nullopt},
           {"sv;q=x, fi;q=0.1", Language::fi},
           {"sv;q=1.000;x=y, fi", Language::sv},
           {" ,;q=1,, en ; q=0.3 ", Language::en},
       }) {
    EXPECT_EQ(accepted_language(header), wanted) << header;
  }
}

TEST(Accept, names_a_page_when_html_is_wanted_more_than_json) {
  auto const wants = [](char const* accept, http::Listener listener = http::Listener::everybody) {
    http::Request request;
    request.listener = listener;
    request.headers = {{"accept", accept}};
    return wants_page(request);
  };
  EXPECT_TRUE(wants("text/html"));
  EXPECT_TRUE(wants("application/json;q=0.5, text/html"));
  EXPECT_TRUE(wants("text/html;level=1, */*;q=0.1"));
  EXPECT_FALSE(wants("text/html;q=0.5, application/json"));
  EXPECT_FALSE(wants("text/html, application/problem+json"));
  EXPECT_FALSE(wants("*/*"));
  EXPECT_FALSE(wants("text/htmlx"));
  EXPECT_FALSE(wants(""));
  EXPECT_FALSE(wants("text/html", http::Listener::device));
}

}  // namespace
}  // namespace kaiku::pages
