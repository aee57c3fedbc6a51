// Pages drawn from sample values, for the tests and for looking at them in a browser.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"
#include "server/pages/public/statements.hpp"

namespace kaiku::pages::sample {

struct Drawn {
  std::string name;
  std::string html;
};
// All that an installation may say of itself.
ServiceFacts service_facts();
Frame frame_for(domain::Role role, Language language);
// Every page in every state worth looking at, in one language.
std::vector<Drawn> every_page(Language language);

}  // namespace kaiku::pages::sample
