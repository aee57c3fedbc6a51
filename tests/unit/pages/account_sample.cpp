#include "tests/unit/pages/account_sample.hpp"

#include "server/pages/coordinator/account_view.hpp"
#include "server/pages/coordinator/accounts_view.hpp"
#include "server/pages/coordinator/new_account_view.hpp"
#include "server/pages/public/set_up_view.hpp"

namespace kaiku::pages::sample {
namespace {

using domain::Role;

constexpr char link[] = "https://kaiku.example/set-up/Q0hBTkdFTUVDSEFOR0VNRUNIQU5HRU1FQ0hBTkdFTUU";

SetUpCode code(bool may_skip) {
  SetUpCode model;
  model.username = "maija.meikalainen";
  model.link = "0123456789abcdef";
  model.form_id = "f1";
  if (may_skip) model.skip_form_id = "f2";
  model.secret = Bytes(20, 0x5a);
  model.otpauth_uri =
      "otpauth://totp/Kaiku:maija.meikalainen?secret=LJNFUWS2LJNFUWS2LJNFUWS2LJNFUWS2"
      "&issuer=Kaiku";
  return model;
}

AccountFacts facts() {
  return {"/accounts/12", "maija.meikalainen", "Työntekijä", "Aikuissosiaalityö"};
}

AccountsPage accounts(bool national) {
  AccountsPage page;
  if (national) page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.count = 2;
  page.rows = {
      {"12", "maija.meikalainen", "Työntekijä", "Aikuissosiaalityö", "Käytössä", "22.11.2026"},
      {"13", "uimahalli.kassa", "Kohteen henkilökunta", "Uimahalli", "Ei vielä otettu käyttöön",
       "Ei vielä"}};
  page.next = "/accounts?after=13";
  return page;
}

NewAccountForm form() {
  NewAccountForm form;
  form.role = Role::issuer_worker;
  form.area = "KAINUU";
  form.places = {{"5", "Aikuissosiaalityö"}, {"6", "Nuorten talo"}};
  form.language = "fi";
  form.form_id = "f3";
  return form;
}

AccountPage account() {
  AccountPage page;
  page.facts = facts();
  page.language = "Suomi";
  page.state = "Käytössä";
  page.last_sign_in = "22.11.2026";
  page.reset = "20.11.2026 klo 12.00, tekijä: koordinaattori";
  page.may_reset = ResetLabel::reset;
  page.may_disable = true;
  page.seen = "812u";
  page.form_id = "f4";
  return page;
}

}  // namespace

std::vector<Drawn> set_up_pages(Language language) {
  auto const nobody = frame_for(Role::anonymous, language);
  SetUpPassword const password{"maija.meikalainen", "0123456789abcdef", "f0", {}};
  auto faulty = password;
  faulty.faults = {{"password", "Salasanassa on oltava vähintään 12 merkkiä."},
                   {"again", "Salasanat eivät ole samat."}};
  auto wrong = code(false);
  wrong.faults = {{"totp", "Kertakoodi ei täsmää."}};
  return {
      {"set_up", render(nobody, set_up_password_page(nobody, password))},
      {"set_up_faulty", render(nobody, set_up_password_page(nobody, faulty))},
      {"set_up_code", render(nobody, set_up_code_page(nobody, code(false)))},
      {"set_up_code_wrong", render(nobody, set_up_code_page(nobody, wrong))},
      {"set_up_may_skip", render(nobody, set_up_code_page(nobody, code(true)))},
      {"set_up_over", render(nobody, set_up_over_page(nobody))},
  };
}

std::vector<Drawn> account_pages(Language language) {
  auto const frame = frame_for(Role::national_coordinator, language);
  AccountChoice roles;
  roles.answers = {{"/accounts/new?role=issuer_worker", "Työntekijä", "Antaa kortteja."},
                   {"/accounts/new?role=venue_staff", "Kohteen henkilökunta", ""}};
  AccountChoice none;
  none.missing = "Alueella ei ole vielä kohteita. Lisää ensimmäinen.";
  auto faulty = form();
  faulty.username = "kaksi sanaa";
  faulty.faults = {{"username", "Käytä 3–64 merkkiä."}, {"place", "Valitse paikka listasta."}};
  auto own = account();
  own.may_reset = ResetLabel::none;
  own.may_disable = false;
  own.why_not = "Tämä on oma käyttäjätunnuksesi.";
  own.by_command = "Ylläpitäjän kirjautuminen palautetaan palvelimella.";
  auto disabled = own;
  disabled.may_enable = true;
  disabled.done = "Käyttäjätunnus on poistettu käytöstä.";
  AccountConfirm confirm;
  confirm.facts = facts();
  confirm.lines = {Text::account_reset_will, Text::account_reset_then, Text::account_keeps};
  confirm.action = "/accounts/12/reset";
  confirm.form_id = "f5";
  AccountLink made;
  made.facts = facts();
  made.link = link;
  made.until = "23.11.2026 klo 17.42";
  made.next = "/accounts/new?role=issuer_worker&office=5";
  return {
      {"accounts", render(frame, accounts_page(frame, accounts(true)))},
      {"accounts_of_an_area", render(frame, accounts_page(frame, accounts(false)))},
      {"accounts_none", render(frame, accounts_page(frame, {}))},
      {"new_account_role", render(frame, account_choice_page(frame, roles))},
      {"new_account_no_place", render(frame, account_choice_page(frame, none))},
      {"new_account", render(frame, new_account_page(frame, form()))},
      {"new_account_faulty", render(frame, new_account_page(frame, faulty))},
      {"account", render(frame, account_page(frame, account()))},
      {"account_own", render(frame, account_page(frame, own))},
      {"account_disabled", render(frame, account_page(frame, disabled))},
      {"account_confirm", render(frame, account_confirm_page(frame, confirm))},
      {"account_link", render(frame, account_link_page(frame, made))},
  };
}

}  // namespace kaiku::pages::sample
