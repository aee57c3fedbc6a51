// Who walks to the pages of every_page_table.mjs, and what has to be there before.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fresh_page, one_time_code, press_and_load, sign_in } from './pages_browser.mjs';

const roles = {
  admin: 'admin',
  national: 'national_coordinator',
  area: 'area_coordinator',
  worker: 'issuer_worker',
  staff: 'venue_staff',
};
// A demo gives its cards out without telling a year; cards that are made here have this one.
export const birth_year = '1985';
export const password = 'kolme keltaista kanootia';

// A demo tells of each stock card the place of its office in the list of workers.
const stock_of = ({ credentials }, office) =>
  credentials.cards.filter((card) => card.state === 'stock' && card.office === office);
function best_stocked(demo, offices) {
  const by_stock = [...Array(offices).keys()].sort(
    (a, b) => stock_of(demo, b).length - stock_of(demo, a).length,
  );
  return by_stock[0];
}

// One role's browser, and the ways to its pages. Each way leaves the page where it belongs.
export class Stage {
  constructor(demo, page, account) {
    this.demo = demo;
    this.page = page;
    this.account = account;
  }

  static async open(demo, browser, role) {
    const page = await fresh_page(browser, demo);
    const { accounts } = demo.credentials;
    const of_role = accounts.filter((one) => one.role === roles[role]);
    const office = role === 'worker' ? best_stocked(demo, of_role.length) : 0;
    const account = of_role[office];
    const stage = new this(demo, page, account);
    if (account) {
      await sign_in(page, account);
      stage.place = account.scope.split(':')[1];
      stage.office = office;
      stage.stock = stock_of(demo, office);
    }
    return stage;
  }

  // Each role waits for its turn, and a sign-in that nobody uses ends.
  async wake() {
    if (!this.account) return;
    await this.page.goto('/');
    if (new URL(this.page.url()).pathname === '/') await sign_in(this.page, this.account);
  }

  // The form's one-time id; with `id`, a form as a browser that went Back may keep it: some of them
  // ask for the page anew.
  form_id(id = '') {
    const field = this.page.locator('main [name=form_id]').first();
    return field.evaluate((input, value) => (input.value = value || input.value), id);
  }

  card(state) {
    return this.demo.credentials.cards.find((card) => card.state === state).code;
  }

  // The next step's code: the account's sign-in may have used this one's.
  code() {
    return one_time_code(this.account.totp_secret, Date.now() + 30_000);
  }

  // To an address; with `values` its form is filled in and sent.
  async at(address, values, button) {
    await this.page.goto(address);
    if (values) await this.send(values, button);
  }

  async fill(values) {
    const { page } = this;
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    for (const [name, value] of Object.entries(values)) {
      const field = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
      const kind = await field.evaluate(({ localName, type }) =>
        localName === 'select' ? 'select' : type,
      );
      if (kind === 'radio' || kind === 'checkbox')
        await page.check(`main [name="${name}"][value="${value}"]`);
      else if (kind === 'select') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async send(values, button = 'main form[method=post] button:not(.for-readers)') {
    await this.fill(values);
    await this.press(button);
  }

  async press(button) {
    const { page } = this;
    const named = page.getByRole('button', { name: button, exact: true });
    const target = /[[.#]|^main/.test(button) ? page.locator(button) : named;
    await Promise.all([page.waitForNavigation(), target.first().press('Enter')]);
  }

  async follow(name) {
    const { page } = this;
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    const link = page.locator('main').getByRole('link', { name }).first();
    await Promise.all([page.waitForNavigation(), link.press('Enter')]);
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  // From the card's own page to that of an act.
  async act(code, name, values) {
    await this.at('/card', { card: code }, '[action="/card"] button');
    await this.follow(name);
    if (values) await this.send(values);
  }

  // A scan at the desk; a bouncing scanner is quicker than who looks at the offer.
  async scan(card, address = '/door/basic?event=0&fast=0') {
    await this.at(address, { card }, 'main form.scan button');
  }

  async settle() {
    await this.page.waitForTimeout(1_100);
    await this.page.focus('#next');
  }

  async give(line = '') {
    await this.settle();
    await this.page.keyboard.type(line);
    await press_and_load(this.page);
  }

  // Valid cards until one is offered; those that this run used are passed over.
  async offer(address, fits = () => true) {
    const cards = this.demo.credentials.cards.filter(
      (card) => card.state === 'valid' && fits(card),
    );
    for (const card of cards.filter(({ code }) => !this.used?.has(code)).slice(0, 40)) {
      await this.scan(card.code, address);
      (this.used ??= new Set()).add(card.code);
      if ((await this.page.locator('[name=offered]').count()) > 0) return card;
    }
    throw new Error('no card of the demo is good at this venue');
  }

  // An event of this venue that is on now.
  async make_event(more = {}) {
    const { request } = this.page.context();
    const session = await (await request.get('/api/v1/sessions/current')).json();
    const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
    const made = await request.post('/api/v1/events', {
      data: {
        venue_id: session.account.venue_id,
        title: { fi: 'Iltasoitto', sv: 'Kvällsmusik', en: 'Evening music' },
        starts_at: at(0),
        ends_at: at(90),
        ...more,
      },
      headers: {
        'X-CSRF-Token': session.csrf_token,
        Origin: this.demo.credentials.base_url,
      },
    });
    assert.equal(made.status(), 201, await made.text());
    return (await made.json()).id;
  }
}

// A door that stands where the first account of venue staff works.
export function enrol_a_door({ credentials }, server_binary) {
  const { accounts, base_url, ca_file, enrolment_codes } = credentials;
  const venue = accounts.find(({ role }) => role === 'venue_staff').scope.split(':')[1];
  const { code } = enrolment_codes.find((one) => String(one.venue_id) === venue);
  const kiosk = join(dirname(server_binary), '..', 'kiosk', 'kaiku-kiosk');
  const folder = mkdtempSync(join(tmpdir(), 'kaiku-door-'));
  try {
    const named = ['--ca', ca_file, '--name', 'Lipunmyynti', '--dir', folder];
    execFileSync(kiosk, ['enrol', base_url, code, ...named], { stdio: 'ignore' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The address in the QR of a letter, without its host.
export function link_in_pdf(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'kaiku-letter-'));
  try {
    const page = join(folder, 'page');
    execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', '-', page], { input: pdf });
    const read = execFileSync('zbarimg', ['--quiet', '--raw', `${page}.png`], { encoding: 'utf8' });
    const links = read.split('\n').filter((line) => line.includes('/l/'));
    assert.equal(links.length, 1, `${links.length} links in the letter's codes`);
    return new URL(links[0]).pathname;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// A use that was written on paper yesterday, by an agent: it is judged afterwards.
export async function send_a_late_use({ credentials }, request) {
  const [{ key, venue_id }] = credentials.api_keys;
  const answer = await request.post(`${credentials.base_url}/api/v1/redemptions`, {
    headers: { Authorization: `Bearer ${key}` },
    data: {
      idempotency_key: `form-${Date.now()}`,
      card: credentials.cards.find((card) => card.state === 'void').qr,
      venue_id,
      tickets: { adult: 1 },
      occurred_at: new Date(Date.now() - 86_400_000).toISOString(),
    },
  });
  assert.equal(answer.status(), 201, await answer.text());
}
