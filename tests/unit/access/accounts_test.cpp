#include <gtest/gtest.h>

#include "server/use_cases/change_account.hpp"
#include "server/use_cases/reset_account.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using domain::Role;

class Accounts : public IdentityTest {
 protected:
  use_cases::NewAccount worker(std::string const& name, OfficeId office) {
    use_cases::NewAccount wanted;
    wanted.username = name;
    wanted.office = office;
    return wanted;
  }
  Result<use_cases::CreatedAccount> create(use_cases::NewAccount const& wanted,
                                           domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) {
      return use_cases::create_account(tx, wanted, caller, random_);
    });
  }
  domain::Caller coordinator_ = caller_for(account_of(Role::area_coordinator, "koordinaattori"));
};

TEST_F(Accounts, are_made_by_the_coordinator_of_the_area_alone) {
  auto const made = create(worker("maija", office_), coordinator_);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->account.area, AreaId{"KEHA"});
  EXPECT_FALSE(made->account.set_up);
  EXPECT_EQ(create(worker("pekka", other_office_), coordinator_).error().problem,
            Problem::forbidden);
}

TEST_F(Accounts, above_the_maker_are_forbidden) {
  use_cases::NewAccount wanted;
  wanted.username = "somebody";
  auto const national = caller_for(account_of(Role::national_coordinator, "tukipalvelu"));
  auto const office_worker = caller_for(account_of(Role::issuer_worker, "maija"));
  for (auto const role : {Role::admin, Role::national_coordinator}) {
    wanted.role = role;
    EXPECT_EQ(create(wanted, coordinator_).error().problem, Problem::forbidden);
    EXPECT_EQ(create(wanted, national).error().problem, Problem::forbidden);
  }
  EXPECT_EQ(create(worker("pekka", office_), office_worker).error().problem, Problem::forbidden);
  wanted.role = Role::area_coordinator;
  wanted.area = AreaId{"KEHA"};
  EXPECT_EQ(create(wanted, coordinator_).error().problem, Problem::forbidden);
  EXPECT_TRUE(create(wanted, national));
}

TEST_F(Accounts, need_exactly_the_scope_of_their_role) {
  auto wanted = worker("maija", office_);
  wanted.venue = venue_;
  wanted.area = AreaId{"KEHA"};
  auto const made = create(wanted, the_command());
  ASSERT_FALSE(made);
  ASSERT_EQ(made.error().fields.size(), 2U);
  EXPECT_EQ(made.error().fields[0].pointer, "/area_id");
  EXPECT_EQ(made.error().fields[1].pointer, "/venue_id");
  wanted = worker("maija", OfficeId{99'999});
  EXPECT_EQ(create(wanted, the_command()).error().fields.at(0).pointer, "/office_id");
  for (auto const role : {Role::anonymous, Role::agent, Role::device}) {
    wanted = {};
    wanted.username = "somebody";
    wanted.role = role;
    EXPECT_EQ(create(wanted, the_command()).error().problem, Problem::validation_failed);
  }
}

TEST_F(Accounts, names_are_unique_without_case_and_plain) {
  ASSERT_TRUE(create(worker("Maija.M", office_), the_command()));
  EXPECT_EQ(create(worker("maija.m", office_), the_command()).error().problem, Problem::conflict);
  for (auto const* const name : {"", "ab", "two words", "ääkköset", "a/b", "x\ny"}) {
    EXPECT_EQ(create(worker(name, office_), the_command()).error().problem,
              Problem::validation_failed)
        << name;
  }
}

TEST_F(Accounts, of_another_area_look_as_if_they_did_not_exist) {
  auto const other = account_of(Role::issuer_worker, "muu", true);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(use_cases::find_visible_account(tx, other, coordinator_).error().problem,
              Problem::not_found);
    EXPECT_EQ(use_cases::change_account(tx, other, {}, coordinator_).error().problem,
              Problem::not_found);
    EXPECT_EQ(use_cases::reset_account(tx, other, coordinator_, random_).error().problem,
              Problem::not_found);
    for (auto const& account : tables::list_accounts(tx, coordinator_.area, {0, 200})) {
      EXPECT_NE(account.id, other);
    }
  });
}

TEST_F(Accounts, an_admins_is_reset_by_the_command_alone_and_nobody_disables_the_own) {
  auto const first = account_of(Role::admin, "admin.one");
  auto const second = caller_for(account_of(Role::admin, "admin.two"));
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(use_cases::reset_account(tx, first, second, random_).error().problem,
              Problem::forbidden);
    EXPECT_TRUE(use_cases::reset_account(tx, first, the_command(), random_));
    EXPECT_EQ(use_cases::change_account(tx, AccountId{second.actor.id},
                                        {.disabled = true, .language = {}}, second)
                  .error()
                  .problem,
              Problem::conflict);
  });
}

TEST_F(Accounts, of_the_last_admin_who_can_sign_in_are_not_disabled) {
  auto const first = ready_account(Role::admin, "admin.one");
  auto const second = account_of(Role::admin, "admin.two");  // never set up
  auto const disable = [&](AccountId id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) {
      return use_cases::change_account(tx, id, {.disabled = true, .language = {}}, caller);
    });
  };
  EXPECT_EQ(disable(first, the_command()).error().problem, Problem::conflict);
  EXPECT_TRUE(disable(second, the_command())) << "somebody is left";
  auto const third = ready_account(Role::admin, "admin.three");
  EXPECT_TRUE(disable(first, caller_for(third)));
  EXPECT_EQ(disable(third, the_command()).error().problem, Problem::conflict)
      << "who is disabled is no admin to fall back on";
  write([&](ledger::WriteTx& tx) {
    EXPECT_FALSE(tables::find_account(tx, third)->disabled);
    EXPECT_TRUE(use_cases::change_account(
        tx, third, {.disabled = {}, .language = contract::Language::sv}, the_command()));
  });
}

TEST_F(Accounts, have_no_name_that_holds_a_personal_identity_code) {
  for (auto const* const name : {"131052-308t", "maija.131052-308T"}) {
    auto const made = create(worker(name, office_), the_command());
    ASSERT_FALSE(made);
    ASSERT_EQ(made.error().fields.size(), 1U);
    EXPECT_EQ(made.error().fields[0].code, FaultCode::personal_identity_code) << name;
  }
}

TEST_F(Accounts, of_venue_staff_alone_may_be_set_up_without_a_second_factor) {
  use_cases::NewAccount wanted;
  wanted.role = Role::venue_staff;
  wanted.username = "uimahalli.kassa";
  wanted.venue = venue_;
  auto const staff = create(wanted, coordinator_).value();
  auto const other = create(worker("maija", office_), coordinator_).value();
  write([&](ledger::WriteTx& tx) {
    auto const skip = [&](use_cases::CreatedAccount const& made) {
      return use_cases::go_without_second_factor(tx, made.link.token);
    };
    EXPECT_EQ(skip(staff).error().problem, Problem::conflict) << "the password comes first";
    for (auto const& made : {staff, other}) {
      ASSERT_TRUE(use_cases::choose_password(tx, made.link.token, password_, secret_));
    }
    EXPECT_EQ(skip(other).error().problem, Problem::validation_failed);
    EXPECT_FALSE(tables::find_account(tx, other.account.id)->set_up);
    EXPECT_EQ(skip(staff).value(), staff.account.id);
    EXPECT_TRUE(tables::find_account(tx, staff.account.id)->set_up);
    auto const login = tables::find_login(tx, staff.account.id);
    EXPECT_EQ(login->totp_secret, std::nullopt);
    EXPECT_EQ(login->password->hash, password_.hash);
    EXPECT_EQ(skip(staff).error().problem, Problem::not_found) << "the link is closed";
  });
}

TEST_F(Accounts, are_listed_by_name_and_narrowed_to_area_role_and_state) {
  auto const maija = ready_account(Role::issuer_worker, "maija");
  account_of(Role::issuer_worker, "aino");
  ready_account(Role::venue_staff, "kassa");
  ready_account(Role::issuer_worker, "muu", true);
  write([&](ledger::WriteTx& tx) {
    ASSERT_TRUE(
        use_cases::change_account(tx, maija, {.disabled = true, .language = {}}, the_command()));
    using Names = std::vector<std::string>;
    auto const names = [&](tables::AccountQuestion const& question, std::string_view after = "",
                           int limit = 50) {
      Names found;
      for (auto const& account : tables::accounts_by_name(tx, question, after, limit)) {
        found.push_back(account.username);
      }
      if (after.empty() && limit == 50) {
        EXPECT_EQ(tables::count_accounts(tx, question), static_cast<std::int64_t>(found.size()));
      }
      return found;
    };
    AreaId const area{"KEHA"};
    EXPECT_EQ(names({}), (Names{"aino", "kassa", "koordinaattori", "maija", "muu"}));
    EXPECT_EQ(names({}, "kassa", 2), (Names{"koordinaattori", "maija"}));
    EXPECT_EQ(names({.area = area, .role = Role::issuer_worker, .state = {}}),
              (Names{"aino", "maija"}));
    using tables::AccountState;
    auto const in_state = [&](AccountState state) {
      return names({.area = area, .role = {}, .state = state});
    };
    EXPECT_EQ(in_state(AccountState::not_set_up), (Names{"aino", "koordinaattori"}));
    EXPECT_EQ(tables::count_open_links(tx, area), 2);
    EXPECT_EQ(tables::count_open_links(tx, {}), 2);
    EXPECT_EQ(tables::count_open_links(tx, AreaId{"MUU"}), 0);
    EXPECT_EQ(in_state(AccountState::in_use), Names{"kassa"});
    EXPECT_EQ(in_state(AccountState::disabled), Names{"maija"});
  });
}

TEST_F(Accounts, are_set_up_by_password_then_code_and_the_link_works_once) {
  auto const made = create(worker("maija", office_), coordinator_).value();
  auto const step = domain::one_time_step_at(database_.clock.now());
  write([&](ledger::WriteTx& tx) {
    auto const& token = made.link.token;
    EXPECT_EQ(use_cases::confirm_second_factor(tx, token, step).error().problem, Problem::conflict);
    EXPECT_EQ(use_cases::choose_password(tx, token, password_, std::nullopt).error().problem,
              Problem::validation_failed);  // a worker has to have a second factor
    EXPECT_TRUE(use_cases::choose_password(tx, token, password_, secret_));
    EXPECT_FALSE(tables::find_account(tx, made.account.id)->set_up);
    EXPECT_EQ(use_cases::confirm_second_factor(tx, token, std::nullopt).error().problem,
              Problem::validation_failed);
    EXPECT_TRUE(use_cases::confirm_second_factor(tx, token, step));
    EXPECT_TRUE(tables::find_account(tx, made.account.id)->set_up);
    EXPECT_EQ(use_cases::choose_password(tx, token, password_, secret_).error().problem,
              Problem::not_found);
    EXPECT_EQ(tables::find_login(tx, "MAIJA")->totp_secret, secret_);
  });
}

TEST_F(Accounts, the_link_dies_after_a_day_and_with_the_account) {
  auto const made = create(worker("maija", office_), coordinator_).value();
  auto const open = [&] {
    return write([&](ledger::WriteTx& tx) {
      return use_cases::find_set_up(tx, made.link.token, tx.now()).has_value();
    });
  };
  EXPECT_TRUE(open());
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(use_cases::change_account(tx, made.account.id, {.disabled = true, .language = {}},
                                          coordinator_));
  });
  EXPECT_FALSE(open());
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(use_cases::change_account(tx, made.account.id, {.disabled = false, .language = {}},
                                          coordinator_));
  });
  EXPECT_TRUE(open());
  database_.clock.advance(24 * hour_us);
  EXPECT_FALSE(open());
}

}  // namespace
}  // namespace kaiku::access
