// Whom coordinators turn to at an office or a venue: theirs to keep and to see, and nobody else's.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char role[] = "hallimestari Qxq";
constexpr char number[] = "044 Zvz 123";

class ContactPersons : public NetworkPages {
 protected:
  std::string office_path() const { return "/offices/" + std::to_string(net.office.value); }
  std::string pool_path() const { return "/venues/" + std::to_string(net.pool.value); }
  // At both places, by their forms.
  void name_them() {
    for (auto const& path : {office_path(), pool_path()}) {
      auto const page =
          change("coordinator", path, {{"contact_role", role}, {"work_contact", number}});
      EXPECT_THAT(text_in(page.text), HasSubstr("Muutokset on tallennettu")) << path;
    }
  }
};

TEST_F(ContactPersons, are_kept_by_the_forms_of_offices_and_venues) {
  name_them();
  for (auto const& path : {office_path(), pool_path()}) {
    auto const form = fields_of_form(get(as("coordinator"), path).text, path);
    EXPECT_EQ(form.at("contact_role"), role) << path;
    EXPECT_EQ(form.at("work_contact"), number) << path;
    auto const body = get(as("coordinator"), "/api/v1" + path).body;
    EXPECT_EQ(body.at("contact_role"), role) << path;
    EXPECT_EQ(body.at("work_contact"), number) << path;
    change("coordinator", path, {{"work_contact", ""}});
    auto const after = get(as("coordinator"), "/api/v1" + path).body;
    EXPECT_EQ(after.at("work_contact"), nullptr) << path;
    EXPECT_EQ(after.at("contact_role"), role) << path;
  }
}

TEST_F(ContactPersons, are_kept_by_the_api_and_hold_no_identity_code) {
  auto const office = "/api/v1" + office_path();
  auto const etag = [&] { return get(as("coordinator"), office).header("etag"); };
  EXPECT_EQ(get(as("coordinator"), office).body.at("contact_role"), nullptr);
  auto const told = patch(as("coordinator"), office,
                          {{"contact_role", " johtaja "}, {"work_contact", "1"}}, etag());
  EXPECT_THAT(told.faults(), ElementsAre("/work_contact too_short"));
  EXPECT_EQ(patch(as("coordinator"), office, {{"contact_role", " johtaja "}}, etag())
                .body.at("contact_role"),
            "johtaja");
  EXPECT_THAT(patch(as("coordinator"), office, {{"contact_role", "131052-308T"}}, etag()).faults(),
              ElementsAre("/contact_role personal_identity_code"));
}

TEST_F(ContactPersons, are_told_to_coordinators_alone) {
  name_them();
  auto const nowhere = AllOf(Not(HasSubstr("Qxq")), Not(HasSubstr("Zvz")));
  auto const pool = std::to_string(net.pool.value);
  for (auto const& path : {std::string("/places"), "/places/" + pool, "/places/" + pool + ".ics",
                           std::string("/offers"), std::string("/me")}) {
    auto const page = get(nobody, path);
    ASSERT_EQ(page.status, 200) << page;
    EXPECT_THAT(page.text, nowhere) << path;
  }
  for (auto const* path : {"/venue", "/door/basic", "/events", "/devices", "/api/v1/venues"}) {
    EXPECT_THAT(get(as("pool_staff"), path).text, nowhere) << path;
  }
  auto const venue = get(as("pool_staff"), "/api/v1" + pool_path());
  EXPECT_EQ(venue.body.at("name"), "Rantakeitaan uimahalli");
  EXPECT_FALSE(venue.body.contains("contact_role")) << venue;
  EXPECT_THAT(get(agent(), "/api/v1" + pool_path()).text, nowhere);
  for (auto const* path : {"/cards/new", "/card", "/stock"}) {
    EXPECT_THAT(get(as("worker"), path).text, nowhere) << path;
  }
  auto const office = get(as("worker"), "/api/v1" + office_path());
  EXPECT_EQ(office.body.at("postcode"), "50100");
  EXPECT_FALSE(office.body.contains("work_contact")) << office;
}

TEST_F(ContactPersons, are_in_no_snapshot_of_a_door) {
  name_them();
  auto const device = enrol(net.pool_enrolment, "door");
  auto const snapshot = on_device_listener(device, "GET", "/door/v1/snapshot/venue");
  ASSERT_EQ(snapshot.status, 200) << snapshot;
  EXPECT_THAT(snapshot.text, HasSubstr("Rantakeitaan uimahalli"));
  EXPECT_THAT(snapshot.text, AllOf(Not(HasSubstr("Qxq")), Not(HasSubstr("Zvz"))));
}

}  // namespace
}  // namespace kaiku::test
