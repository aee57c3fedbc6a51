// The longer ways to the pages of every_page_table.mjs, role by role.
import assert from 'node:assert/strict';
import { birth_year, link_in_pdf, password, Stage } from './every_page_stage.mjs';
import { scan } from './pages_browser.mjs';

const once = () => `${Date.now() % 100_000_000}`;

export class Ways extends Stage {
  two_uses = { venue: { index: 1 }, uses: '2' };

  // everybody
  look_at({ code }) {
    return this.at('/me', { card: code, birth_year });
  }
  async report_lost() {
    await this.at('/me/lost', { code: this.lost.recovery });
    await this.send({});
  }
  // By the link that is on paper alone.
  read_letter() {
    return this.at(this.own.letter);
  }
  async type_a_year(year) {
    await this.read_letter();
    await this.follow(/puhel/);
    await this.send({ birth_year: year });
  }
  async choose_password() {
    await this.at(this.set_up, { password, again: password });
  }
  async type_a_wrong_code() {
    await this.choose_password();
    await this.send({ totp: '1' });
  }

  // a worker
  register(card) {
    return this.at('/cards/new', { card });
  }
  async make_a_card() {
    await this.at('/cards/new?make=1');
    this.postcode = await this.page.locator('#postcode').inputValue();
    await this.send({ birth_year, children: '2' });
    assert.match(this.page.url(), /\/cards\/handovers\//);
    this.made = {
      code: await this.text('#outcome-card code'),
      recovery: await this.text('.secret'),
      print: await this.page.locator('main a[href*="/letter"]').first().getAttribute('href'),
    };
    return this.made;
  }
  // Those that an earlier run has issued are passed over.
  async card_in_stock() {
    while (this.stock.length > 2) {
      const card = this.stock.pop();
      await this.register(card.code);
      if ((await this.page.locator('#card-fault').count()) === 0) return card;
    }
    return assert.fail('the office has no stock');
  }
  // What a telephone reads off the letter of a card that was made here.
  async link_on_paper({ print }) {
    const { base_url } = this.demo.credentials;
    const letter = await this.page.context().request.get(new URL(print, base_url).href);
    assert.equal(letter.headers()['content-type'], 'application/pdf');
    return link_in_pdf(await letter.body());
  }
  async issue_a_stock_card() {
    this.issued = await this.card_in_stock();
    await this.at('/cards/new', { card: this.issued.code, birth_year, children: '0' });
    assert.match(this.page.url(), /\/cards\/handovers\//);
  }
  async made_and(button) {
    await this.make_a_card();
    await this.press(button);
  }
  two_cards() {
    return this.stock[0].code + this.stock[1].code;
  }
  foreign() {
    const { cards } = this.demo.credentials;
    return cards.find((card) => card.state === 'valid' && card.office !== this.office).code;
  }
  facts() {
    return { birth_year, postcode: this.postcode, month: this.month() };
  }
  month() {
    const today = new Date();
    return `${today.getMonth() + 1}.${today.getFullYear()}`;
  }
  async correct(values) {
    await this.make_a_card();
    await this.follow('Korjaa tiedot');
    if (values) await this.send(values);
  }
  change_children(children) {
    return this.act(this.made.code, 'Muuta lasten määrä', { children });
  }
  async replace() {
    await this.act(this.made.code, 'Korvaa kortti');
    await this.fill({ reason: 'lost' });
    await this.press('[name=make]');
    this.made = { code: await this.text('#outcome-card code') };
  }
  async replace_and_undo() {
    await this.replace();
    await this.press('Peru korvaaminen');
  }
  async new_letter() {
    await this.made_and('Kirje luovutettu');
    await this.follow('Tee uusi kirje');
  }
  block() {
    return this.act(this.made.code, 'Estä kortti', { reason: 'lost' });
  }
  find(values) {
    return this.at('/cards/lost', values, 'form[action="/cards/lost"] button');
  }
  // The form sent, then sent again with another number of children.
  async send_an_old_form() {
    const { page } = this;
    await this.at('/cards/new?make=1');
    const old = await this.form_id();
    await this.send({ birth_year, children: '2' });
    await page.goBack();
    await this.form_id(old);
    await this.send({ birth_year, children: '3' });
    assert.match(page.url(), /\/form-used/);
  }

  async key_in_a_form() {
    const card = (await this.card_in_stock()).code;
    const issued_on = new Date().toISOString().slice(0, 10);
    await this.at('/cards/forms', { issued_on, card, birth_year, children: '1' });
  }
  make_a_community_card() {
    return this.at('/cards/community/new', { people: '8' }, '[name=make]');
  }

  // a venue
  // The first ticket of the days before that may still be asked for.
  async ask_late_undo(values) {
    for (let days = 1; days < 60; ++days) {
      const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
      await this.at(`/venue?day=${day}`);
      if ((await this.page.getByRole('link', { name: 'Pyydä perumista' }).count()) > 0) break;
    }
    await this.follow('Pyydä perumista');
    if (values) await this.send(values);
  }
  async reserve() {
    const id = await this.make_event();
    const { code } = this.demo.credentials.cards.find((card) => card.state === 'valid');
    await this.at(`/reservations/new?event=${id}`, { card: code });
  }
  async make_two_events() {
    await this.make_event();
    await this.make_event();
    await this.at('/door/basic');
  }
  offer_with_children() {
    return this.offer(undefined, (card) => card.children > 1);
  }
  async offer_and_scan(card) {
    await this.offer();
    await scan(this.page, card);
  }
  async offer_at(event) {
    const id = await this.make_event(event);
    await this.scan(
      this.demo.credentials.cards.find((card) => card.state === 'valid').code,
      `/door/basic?event=${id}&fast=0`,
    );
  }
  async give_twice() {
    const address = `/door/basic?event=${await this.make_event()}&fast=0`;
    const { code } = await this.offer(address);
    await this.give();
    await scan(this.page, code);
  }
  async overrule() {
    await this.give_twice();
    await this.give('P1');
  }
  async give_with_a_child() {
    await this.offer_with_children();
    await this.give('1');
  }
  async give_one() {
    await this.offer();
    await this.give();
  }
  async give_and_undo() {
    await this.give_one();
    await this.press('.panel button');
  }
  async give_fast() {
    const { code } = await this.offer();
    await this.scan(code, '/door/basic?event=0&fast=1');
    return code;
  }
  async give_fast_twice() {
    await scan(this.page, await this.give_fast());
  }
  async at_event(act = '', values = undefined) {
    await this.at('/events');
    const path = await this.page.locator('main table a').first().getAttribute('href');
    await this.at(`${path}${act}`, values);
  }
  async at_door(act, values) {
    await this.at('/devices');
    await this.follow('Lipunmyynti');
    await this.at(`${new URL(this.page.url()).pathname}${act}`, values);
  }

  // who manages
  area(part, values) {
    return this.at(`/areas/${this.place}${part}`, values);
  }
  async untick_all() {
    await this.area('/municipalities');
    const ticked = this.page.locator('main input:checked');
    while ((await ticked.count()) > 0) await ticked.first().uncheck();
    await this.send({});
  }
  async make_office(values) {
    const name = `Toimisto ${once()}`;
    await this.at('/offices/new', { name, municipality: { index: 1 }, postcode: '87100' });
    if (values) await this.send(values);
  }
  async make_venue(values) {
    const name = `Sali ${once()}`;
    await this.at('/venues/new', { name, municipality: { index: 1 }, sector: 'sport' });
    if (values) await this.send(values);
  }
  account_for(role, values) {
    return this.at(`/accounts/new?role=${role}`, values);
  }
  // Its link is told once, to whoever made the account.
  async make_an_account(role = 'issuer_worker') {
    await this.account_for(role, { username: `uusi.${once()}`, place: { index: 1 } });
    return this.page.inputValue('#link');
  }
  async open_an_account() {
    await this.make_an_account();
    await this.follow('Näytä käyttäjä');
  }
  async open_own_account() {
    await this.at('/accounts');
    await this.follow(this.account.username);
  }
  async at_account(act, values) {
    await this.open_an_account();
    await this.at(`${new URL(this.page.url()).pathname}${act}`, values);
  }
  async make_a_key() {
    const one_time_code = this.code();
    await this.at('/agents/new?area=KAINUU');
    await this.page.locator('[name=venue]').first().check();
    await this.send({ name: `Lippukauppa ${once()}`, one_time_code });
  }
  async at_key(act) {
    await this.at('/agents');
    await this.follow('Demo');
    await this.at(`${new URL(this.page.url()).pathname}${act}`);
  }
  async make_a_batch() {
    await this.at('/batches/new', { count: '20', one_time_code: this.code() });
    this.batch = new URL(this.page.url()).pathname;
  }
  async ask_for_a_large_batch() {
    await this.at('/batches/new', { count: '600' });
    if (/\/batches\/new/.test(this.page.url())) await this.send({ one_time_code: this.code() });
  }
  at_batch(act, values) {
    return this.at(`${this.batch}${act}`, values);
  }
  async void_some(values) {
    await this.at_batch('/void', { from: '6', to: '9', reason: 'misprint' });
    if (values) await this.send(values);
  }
}
