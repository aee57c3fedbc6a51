// The text that offices and venues accept, and the page on which they do.
#include <gmock/gmock.h>

#include "schema/crypto/crypto.hpp"
#include "server/domain/commitment.hpp"
#include "server/pages/frame/commitment_view.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Who has accepted a version has accepted these words. Another digest is another version.
TEST(Commitment, says_under_its_version_what_it_said) {
  std::string said;
  for (bool const of_venue : {false, true}) {
    for (auto const line : commitment_lines(of_venue)) {
      for (auto const language : {Language::fi, Language::sv, Language::en}) {
        said += std::string(in(language, line)) + "\n";
      }
    }
  }
  EXPECT_EQ(domain::commitment_version, 1);
  EXPECT_EQ(to_iso(domain::commitment_day), "2026-11-29");
  EXPECT_EQ(to_hex(crypto::sha256(bytes_of(said))),
            "a1d8d5f5ec34d6468e93a021a59e8e74328260fe7d9a0398e20d0909cae0461b");
}

std::string drawn(Role role, CommitmentPage const& page) {
  auto const frame = sample::frame_for(role, Language::fi);
  return render(frame, commitment_page(frame, page));
}

TEST(CommitmentPage, of_an_office_asks_for_its_own_and_leads_nowhere_before) {
  auto const html = drawn(Role::issuer_worker, {false, false, "f1", "/cards/new"});
  EXPECT_THAT(html, AllOf(HasSubstr("jonka taloudellinen tilanne on tiukka"),
                          HasSubstr("Versio 1, 29.11.2026"),
                          HasSubstr("<button>Hyväksymme sitoumuksen</button>"),
                          Not(HasSubstr("Anna lippuja ensin")), Not(HasSubstr("emmekä kuvaa"))));
}

TEST(CommitmentPage, of_a_venue_lets_tickets_go_first) {
  auto const html = drawn(Role::venue_staff, {true, false, "f1", "/door/basic"});
  EXPECT_THAT(html, AllOf(HasSubstr("Emme kopioi emmekä kuvaa kortteja."),
                          HasSubstr("href=\"/door/basic\">Anna lippuja ensin</a>"),
                          Not(HasSubstr("postinumeron"))));
}

TEST(CommitmentPage, once_accepted_says_so_and_leads_on) {
  auto const html = drawn(Role::issuer_worker, {false, true, "f1", "/cards/new"});
  EXPECT_THAT(html, AllOf(HasSubstr("<h1>Sitoumus on hyväksytty</h1>"),
                          HasSubstr("<title>Sitoumus on hyväksytty"),
                          HasSubstr("href=\"/cards/new\">Jatka</a>"),
                          Not(HasSubstr("Hyväksymme sitoumuksen"))));
}

}  // namespace
}  // namespace kaiku::pages
