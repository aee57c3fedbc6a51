#include "server/use_cases/sign_in.hpp"

#include <gmock/gmock.h>

#include "server/ledger/entry_codec.hpp"
#include "server/tables/sessions.hpp"
#include "server/use_cases/change_account.hpp"
#include "server/use_cases/reset_account.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using domain::Role;
using ::testing::HasSubstr;

class SigningIn : public IdentityTest {
 protected:
  Problem fails_with(tables::CheckedLogin const& checked) {
    auto const id = new_session_id(random_);
    auto const account = write(
        [&](ledger::WriteTx& tx) { return use_cases::sign_in(tx, checked, session_lookup(id)); });
    EXPECT_FALSE(account);
    return account.error().problem;
  }
  static ledger::Recorded newest(ledger::ReadTx& tx) {
    std::optional<ledger::Recorded> last;
    ledger::for_each_entry(tx, 1, [&](ledger::Recorded const& one) { last = one; });
    return last.value();
  }
  static int newest_kind(ledger::ReadTx& tx) { return ledger::kind_of(newest(tx).entry); }
  Role role_of(std::string const& session) {
    return who(with_cookie(session), route_for(anybody)).value().caller.role;
  }
};

TEST_F(SigningIn, opens_a_session_that_says_who_calls) {
  auto const worker = ready_account(Role::issuer_worker, "maija");
  auto const session = sign_in(worker);
  auto const found = who(with_cookie(session), route_for(anybody)).value();
  EXPECT_EQ(found.caller.role, Role::issuer_worker);
  EXPECT_EQ(found.caller.actor, (domain::Actor{domain::ActorKind::account, worker.value}));
  EXPECT_TRUE(found.caller.works_at(office_));
  EXPECT_FALSE(found.caller.covers(AreaId{"KEHA"}));  // an office is not the area around it
  ASSERT_TRUE(found.session);
  EXPECT_EQ(found.session->csrf_token, csrf_token_of(database_.keys, session));
}

TEST_F(SigningIn, fails_in_the_same_words_for_every_reason) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  auto checked = right_login(id);
  checked.password_right = false;
  EXPECT_EQ(fails_with(checked), Problem::wrong_credentials);
  checked = right_login(id);
  checked.account.reset();
  EXPECT_EQ(fails_with(checked), Problem::wrong_credentials);
  checked = right_login(id);
  checked.totp_step.reset();
  EXPECT_EQ(fails_with(checked), Problem::wrong_credentials);
  EXPECT_EQ(fails_with(right_login(account_of(Role::issuer_worker, "new.one"))),
            Problem::wrong_credentials);
}

TEST_F(SigningIn, takes_a_code_once_and_no_earlier_one) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  sign_in(id);
  EXPECT_EQ(fails_with(right_login(id)), Problem::code_already_used);
  auto earlier = right_login(id);
  *earlier.totp_step -= 1;
  EXPECT_EQ(fails_with(earlier), Problem::code_already_used);
  database_.clock.advance(30 * second_us);
  EXPECT_FALSE(sign_in(id).empty());
}

TEST_F(SigningIn, a_wrong_password_does_not_use_up_the_code) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  auto wrong = right_login(id);
  wrong.password_right = false;
  EXPECT_EQ(fails_with(wrong), Problem::wrong_credentials);
  EXPECT_FALSE(sign_in(id).empty());
}

TEST_F(SigningIn, a_password_changed_during_the_slow_work_does_not_come_in) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  auto checked = right_login(id);
  checked.against->hash[0] ^= 1;
  EXPECT_EQ(fails_with(checked), Problem::wrong_credentials);
}

TEST_F(SigningIn, venue_staff_need_no_second_factor) {
  auto const id = ready_account(Role::venue_staff, "uimahalli");
  auto checked = right_login(id);
  checked.totp_step.reset();
  EXPECT_TRUE(write(
      [&](ledger::WriteTx& tx) { return use_cases::sign_in(tx, checked, session_lookup("s")); }));
}

TEST_F(SigningIn, sessions_end_when_idle) {
  auto const session = sign_in(ready_account(Role::issuer_worker, "maija"));
  for (int i = 0; i < 4; ++i) {
    database_.clock.advance(14 * minute_us);
    EXPECT_EQ(role_of(session), Role::issuer_worker);
    if (i == 1) write([&](ledger::WriteTx& tx) { activity_.flush(tx); });
  }
  database_.clock.advance(15 * minute_us);
  EXPECT_EQ(role_of(session), Role::anonymous);
}

TEST_F(SigningIn, use_is_remembered_over_a_restart_by_the_flush) {
  auto const session = sign_in(ready_account(Role::issuer_worker, "maija"));
  database_.clock.advance(14 * minute_us);
  EXPECT_EQ(role_of(session), Role::issuer_worker);
  write([&](ledger::WriteTx& tx) { activity_.flush(tx); });
  activity_.forget(session_lookup(session));  // as a new process
  database_.clock.advance(10 * minute_us);
  EXPECT_EQ(role_of(session), Role::issuer_worker);
}

TEST_F(SigningIn, sessions_end_after_ten_hours_whatever_happens_and_a_venues_after_a_day) {
  auto const worker = sign_in(ready_account(Role::issuer_worker, "maija"));
  auto const venue = sign_in(ready_account(Role::venue_staff, "uimahalli"));
  for (int i = 0; i < 59; ++i) {
    database_.clock.advance(10 * minute_us);
    ASSERT_EQ(role_of(worker), Role::issuer_worker) << i;
  }
  database_.clock.advance(10 * minute_us);
  EXPECT_EQ(role_of(worker), Role::anonymous);
  EXPECT_EQ(role_of(venue), Role::venue_staff);
  database_.clock.advance(14 * hour_us);
  EXPECT_EQ(role_of(venue), Role::anonymous);
}

TEST_F(SigningIn, signing_out_ends_the_session_on_the_server) {
  auto const session = sign_in(ready_account(Role::issuer_worker, "maija"));
  write([&](ledger::WriteTx& tx) { use_cases::sign_out(tx, session_lookup(session)); });
  EXPECT_EQ(role_of(session), Role::anonymous);
}

TEST_F(SigningIn, disabling_an_account_ends_its_sessions_at_once_and_it_stays_out) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  auto const session = sign_in(id);
  auto const changed = write([&](ledger::WriteTx& tx) {
    return use_cases::change_account(tx, id, {.disabled = true, .language = {}}, the_command());
  });
  EXPECT_TRUE(changed.value().disabled);
  EXPECT_EQ(role_of(session), Role::anonymous);
  database_.clock.advance(minute_us);
  EXPECT_EQ(fails_with(right_login(id)), Problem::wrong_credentials);
}

TEST_F(SigningIn, hands_back_the_time_of_the_sign_in_before) {
  auto const id = ready_account(Role::venue_staff, "uimahalli");
  auto const last = [&] {
    return write([&](ledger::WriteTx& tx) {
             return use_cases::sign_in(tx, right_login(id),
                                       session_lookup(new_session_id(random_)));
           })
        .value()
        .last_sign_in;
  };
  EXPECT_EQ(last(), std::nullopt);
  auto const first = database_.clock.now();
  database_.clock.advance(hour_us);
  EXPECT_EQ(last(), first);
}

TEST_F(SigningIn, a_set_up_is_an_entry_of_the_account_itself) {
  auto const id = account_of(Role::venue_staff, "uimahalli");
  write([&](ledger::WriteTx& tx) {
    auto const link = use_cases::reset_account(tx, id, the_command(), random_).value();
    EXPECT_TRUE(use_cases::choose_password(tx, link.token, password_, std::nullopt));
    EXPECT_EQ(newest_kind(tx), ledger::AccountSetUp::kind);
    EXPECT_EQ(newest(tx).actor, (domain::Actor{domain::ActorKind::account, id.value}));
  });
}

TEST_F(SigningIn, a_reset_ends_sessions_and_takes_password_and_code_away) {
  auto const id = ready_account(Role::issuer_worker, "maija");
  auto const session = sign_in(id);
  auto const link = write([&](ledger::WriteTx& tx) {
                      return use_cases::reset_account(tx, id, the_command(), random_);
                    }).value();
  EXPECT_EQ(role_of(session), Role::anonymous);
  database_.clock.advance(minute_us);
  EXPECT_EQ(fails_with(right_login(id)), Problem::wrong_credentials);
  write([&](ledger::WriteTx& tx) {
    auto const account = tables::find_account(tx, id).value();
    EXPECT_EQ(account.reset_by, the_command().actor);
    EXPECT_EQ(account.reset_at, tx.now() + -minute_us);
    EXPECT_EQ(newest_kind(tx), ledger::AccountReset::kind);
    EXPECT_TRUE(use_cases::find_set_up(tx, link.token, tx.now()));
    EXPECT_FALSE(use_cases::find_set_up(tx, link.token, tx.now() + 24 * hour_us));
  });
}

TEST(SessionCookie, has_what_the_host_prefix_demands) {
  auto const cookie = session_cookie("abc");
  EXPECT_EQ(cookie, "__Host-kaiku=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_THAT(ended_session_cookie(), HasSubstr("Max-Age=0"));
  SystemRandom random;
  EXPECT_EQ(new_session_id(random).size(), 43U);
  EXPECT_NE(new_session_id(random), new_session_id(random));
}

}  // namespace
}  // namespace kaiku::access
