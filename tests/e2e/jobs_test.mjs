// What a job costs the person who does it: a scan with its Enter, a typed value, Tab, an arrow, a
// key or a click counts one. Counted in a real browser, held against the goals, told as a table.
//   node jobs_test.mjs path/to/kaiku-server
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { birth_year } from './every_page_stage.mjs';
import { press_and_load } from './pages_browser.mjs';
import { set_the_stages } from './stages.mjs';

const people = new Map();
const table = [];

set_the_stages(['anybody', 'worker', 'staff', 'area'], async ({ stages }) => {
  for (const [role, stage] of stages) people.set(role, new Person(stage));
});

after(() => {
  console.log('# job                                    interactions  goal  pages  server ms');
  for (const { name, count, goal, pages, ms } of table)
    console.log(
      `# ${name.padEnd(44)}${`${count}`.padStart(7)}${`${goal}`.padStart(6)}` +
        `${`${pages}`.padStart(7)}${ms.toFixed(0).padStart(11)}`,
    );
});

// Who does a job with keys, a scanner and a mouse, and is counted.
class Person {
  constructor(stage) {
    this.stage = stage;
    this.page = stage.page;
    this.page.on('requestfinished', (request) => {
      const is_page = request.isNavigationRequest() && request.frame() === this.page.mainFrame();
      if (!is_page) return;
      const { requestStart, responseStart } = request.timing();
      this.ms += Math.max(0, responseStart - requestStart);
      this.pages += 1;
    });
    this.begin();
  }
  begin() {
    this.count = 0;
    this.pages = 0;
    this.ms = 0;
  }
  cursor(id) {
    return this.page.locator(`#${id}:focus`).waitFor();
  }
  async type(text, into) {
    if (into) await this.cursor(into);
    this.count += 1;
    await this.page.keyboard.type(text);
  }
  async scan(code, into = 'card') {
    await this.type(code, into);
    await press_and_load(this.page);
  }
  async tab() {
    this.count += 1;
    await this.page.keyboard.press('Tab');
  }
  // One click opens the list, the other chooses.
  async choose(selector, index) {
    this.count += 2;
    await this.page.locator(selector).selectOption({ index });
  }
  async enter() {
    this.count += 1;
    await press_and_load(this.page);
  }
  async click(target) {
    this.count += 1;
    await target.click();
  }
  async click_and_load(target) {
    this.count += 1;
    await Promise.all([this.page.waitForNavigation(), target.click()]);
  }
  link(name) {
    return this.page.locator('main').getByRole('link', { name }).first();
  }
  button(name) {
    return this.page.locator('main').getByRole('button', { name }).first();
  }
  item(name) {
    const menu = this.page.locator('div.menu nav').first();
    return menu.getByRole('link', { name, exact: false });
  }
  // To an act that may be folded under the others.
  async open_act(name) {
    const link = this.link(name);
    if (!(await link.isVisible())) await this.click(this.page.locator('main summary').last());
    await this.click_and_load(link);
  }
}

function job(role, name, goal, work) {
  test(`${name}: at most ${goal}`, async () => {
    const person = people.get(role);
    const { stage } = person;
    await work(person, stage, () => person.begin());
    const { count, pages, ms } = person;
    table.push({ name, count, goal, pages, ms });
    assert.ok(count <= goal, `${count} interactions`);
  });
}

const outcome = (stage) => stage.text('h1');

async function register(person, card) {
  const { stage } = person;
  await person.scan(card.qr);
  await person.type(birth_year, 'birth_year');
  await person.tab();
  await person.type('2', 'children');
  await person.enter();
  assert.match(await outcome(stage), /Kortti on annettu/);
}

let next_card;
job('worker', 'register a stock card', 5, async (person, stage, begin) => {
  next_card = await stage.card_in_stock();
  const card = await stage.card_in_stock();
  await stage.at('/cards/new');
  begin();
  await register(person, card);
});

job('worker', 'the next after it', 5, async (person, stage, begin) => {
  begin();
  await register(person, next_card);
});

job('worker', 'letter confirmed', 2, async (person, stage, begin) => {
  begin();
  await person.click_and_load(person.button('Kirje luovutettu'));
  assert.match(await stage.text('main'), /Varakoodi on luovutettu/);
});

job('worker', 'undo a registration', 2, async (person, stage, begin) => {
  await stage.make_a_card();
  begin();
  await person.click_and_load(person.button('Peru antaminen'));
  assert.match(await outcome(stage), /Antaminen on peruttu/);
});

job('worker', 'correct the year', 4, async (person, stage, begin) => {
  await stage.make_a_card();
  begin();
  await person.click_and_load(person.link('Korjaa tiedot'));
  await person.cursor('birth_year');
  await person.page.locator('#birth_year').selectText(); // not counted: a browser's Tab does it
  await person.type('1986');
  await person.click(person.page.locator('label[for=reason-typing_error]'));
  await person.enter();
  assert.match(await stage.text('main'), /Tiedot on korjattu/);
});

job('worker', 'look at a card', 2, async (person, stage, begin) => {
  await stage.at('/cards/new');
  begin();
  await person.click_and_load(person.item('Kortin tiedot'));
  await person.scan(stage.made.code);
  assert.match(await stage.text('.facts'), /Voimassa/);
});

job('worker', 'renew', 3, async (person, stage, begin) => {
  await stage.at('/card', { card: stage.made.code });
  begin();
  await person.open_act('Jatka voimassaoloa');
  await person.click_and_load(person.button('Jatka voimassaoloa'));
  assert.match(await stage.text('main'), /Voimassaoloa on jatkettu/);
});

job('worker', 'block', 4, async (person, stage, begin) => {
  await stage.at('/card', { card: (await stage.make_a_card()).code });
  begin();
  await person.open_act('Estä kortti');
  await person.click(person.page.locator('label[for=reason-lost]'));
  await person.click_and_load(person.button('Estä kortti'));
  assert.match(await stage.text('.facts'), /Estetty/);
});

async function replace(person, stage) {
  await person.open_act('Korvaa kortti');
  await person.click(person.page.locator('label[for=reason-lost]'));
  await person.click_and_load(person.button('Luo kortti'));
  assert.match(await outcome(stage), /Kortti on/);
}

job('worker', 'replace', 4, async (person, stage, begin) => {
  await stage.at('/card', { card: (await stage.make_a_card()).code });
  begin();
  await replace(person, stage);
});

job('worker', 'lost, found by recovery code', 5, async (person, stage, begin) => {
  const { recovery } = await stage.make_a_card();
  await stage.at('/cards/new');
  begin();
  await person.click_and_load(person.item('Kortin tiedot'));
  await person.scan(recovery);
  assert.match(await stage.text('.facts'), /Voimassa/);
});

job('worker', 'lost, found by facts', 7, async (person, stage, begin) => {
  await stage.make_a_card();
  await stage.at('/cards/new?make=1', { birth_year: '1951', children: '0' });
  await stage.at('/card');
  begin();
  await person.click_and_load(person.link('Kadonnut kortti'));
  await person.click(person.page.locator('#birth_year'));
  await person.type('1951');
  await person.tab(); // the postcode is the office's
  await person.tab();
  await person.type(stage.month());
  await person.enter();
  assert.match(await stage.text('main'), /Vertaa|Kysy/);
});

async function offered(person, stage, begin, fits) {
  const { code } = await stage.offer(undefined, fits);
  await stage.at('/door/basic?event=0&fast=0');
  begin();
  await person.scan(code);
  await person.page.waitForTimeout(1_100); // who looks at the offer; a scanner is quicker
  await person.cursor('next');
}
const has_children = ({ children }) => children > 1;

job('staff', '1 adult', 2, async (person, stage, begin) => {
  await offered(person, stage, begin);
  await person.enter();
  assert.match(await outcome(stage), /Lippu annettu/);
});

job('staff', 'undo a ticket', 1, async (person, stage, begin) => {
  begin();
  await person.click_and_load(person.page.locator('.panel form button').first());
  assert.match(await stage.text('.panel'), /Lippu peruttu/);
});

job('staff', '1 adult and 2 children', 3, async (person, stage, begin) => {
  await offered(person, stage, begin, has_children);
  await person.type('2');
  await person.enter();
  assert.match(await stage.text('.panel'), /\b1 aikuinen, 2 lasta\b/);
});

job('staff', '1 adult and an assistant', 3, async (person, stage, begin) => {
  await offered(person, stage, begin);
  await person.type('A');
  await person.enter();
  assert.match(await stage.text('.panel'), /avustaja/i);
});

job('staff', 'override', 3, async (person, stage, begin) => {
  const address = `/door/basic?event=${await stage.make_event()}&fast=0`;
  const { code } = await stage.offer(address);
  await stage.give();
  await stage.at(address);
  begin();
  await person.scan(code);
  await person.page.waitForTimeout(1_100);
  await person.type('P1', 'next');
  await person.enter();
  assert.match(await outcome(stage), /Lippu annettu/);
});

job('staff', 'fast mode', 1, async (person, stage, begin) => {
  const { code } = await stage.offer(undefined, has_children);
  await stage.at('/door/basic?event=0&fast=1');
  begin();
  await person.scan(code);
  assert.match(await outcome(stage), /Lippu annettu/);
});

job('staff', 'fast mode, and 2 children', 3, async (person, stage, begin) => {
  const { code } = await stage.offer(undefined, has_children);
  await stage.at('/door/basic?event=0&fast=1');
  begin();
  await person.scan(code);
  await stage.page.waitForTimeout(1_100); // what comes at once is a scanner that bounces
  await person.scan('2'); // typed, with its Enter
  person.count += 1;
  assert.match(await stage.text('.panel'), /\b2 lasta\b/);
});

// Five were aimed at; the day has no default, so that none is given unseen: one click more.
job('staff', 'event', 6, async (person, stage, begin) => {
  await stage.at('/events/new');
  begin();
  await person.type('Iltakonsertti', 'title_fi');
  await person.click(person.page.locator('#day'));
  await person.type('31.12.2027');
  await person.tab();
  await person.type('18.00', 'starts');
  await person.enter();
  assert.match(await stage.text('main'), /Iltakonsertti/);
  assert.doesNotMatch(await person.page.title(), /^Virhe/);
});

// The same for every run. That it was given a ticket at the door is nothing to a paper form, which
// asks about a card that it has a row of already.
const on_paper = (stage) =>
  stage.demo.credentials.cards.find(({ state }) => state === 'valid').code;

job('staff', 'paper use', 2, async (person, stage, begin) => {
  await stage.at('/paper-uses?event=0');
  begin();
  await person.type(on_paper(stage), 'card');
  await person.enter();
  assert.match(await stage.text('main'), /Tältä lomakkeelta 1\b/);
});

job('staff', 'paper use with 2 children', 3, async (person, stage, begin) => {
  const { code } = stage.demo.credentials.cards.filter(({ state }) => state === 'valid').at(-1);
  await stage.at('/paper-uses?event=0');
  begin();
  await person.type(code, 'card');
  await person.type(' 2'); // behind the code, as the hint says
  await person.enter();
  assert.match(await stage.text('#news'), /Kirjattu: .*\b1 aikuinen, 2 lasta\b/);
});

job('staff', 'reservation', 4, async (person, stage, begin) => {
  const event = await stage.make_event();
  const { code } = await stage.offer();
  await stage.at('/reservations/new');
  begin();
  await person.click(person.page.locator(`main label[for=event-${event}]`));
  await person.click(person.page.locator('#card'));
  await person.scan(code);
  assert.match(await stage.text('main'), /Varattu 1 paikka\b/);
});

// How many forms this sitting has registered, as the page says after each.
async function registered_from_paper(stage) {
  const [, count] = /(\d+) kirjattu\b/.exec(await stage.text('#outcome')) ?? [];
  return Number(count);
}

job('worker', 'paper registration', 5, async (person, stage, begin) => {
  const { code } = await stage.card_in_stock();
  await stage.key_in_a_form();
  assert.equal(await registered_from_paper(stage), 1);
  begin();
  await person.scan(code);
  await person.type(birth_year, 'birth_year');
  await person.tab();
  await person.type('2', 'children');
  await person.enter();
  assert.equal(await registered_from_paper(stage), 2);
  assert.match(await stage.text('#outcome-card'), new RegExp(`${code.slice(-3)}\\b`));
});

job('area', 'account and link', 4, async (person, stage, begin) => {
  await stage.account_for('issuer_worker');
  begin();
  await person.type(`tyontekija.${Date.now() % 100_000}`, 'username');
  await person.choose('#place', 1);
  await person.click_and_load(person.button('Luo käyttäjätunnus'));
  assert.match(await person.page.inputValue('#link'), /\/set-up\//);
});

job('area', 'batch of 50 printed', 6, async (person, stage, begin) => {
  await stage.at('/batches/new');
  const code = stage.code();
  begin();
  await person.click(person.page.locator('#one_time_code'));
  await person.type(code);
  await person.enter();
  assert.match(await stage.text('main'), /0001–\d+-0050\b|\b50\b/);
  const print = person.button('Tulosta arkit');
  const sheet = person.page.waitForEvent('download');
  await person.click(print);
  assert.match((await sheet).suggestedFilename(), /\.pdf$/);
});

job('area', 'device code', 3, async (person, stage, begin) => {
  await stage.at('/devices/new');
  begin();
  await person.choose('#venue', 1);
  await person.click_and_load(person.button(/koodi/));
  assert.match(await stage.text('main'), /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
});

job('area', 'figures from sign-in', 3, async (person, stage, begin) => {
  await stage.at('/');
  begin();
  await person.click_and_load(person.item('Luvut'));
  assert.match(await stage.text('#figure-rate + .number'), /^(\d+,\d\s%$|–)/);
});

job('area', 'yearly statistic in Excel from sign-in', 3, async (person, stage, begin) => {
  await stage.at('/');
  begin();
  await person.click_and_load(person.item('Luvut'));
  const file = person.page.waitForEvent('download');
  await person.click(person.link(/^Vuositilasto 20\d\d/));
  assert.match((await file).suggestedFilename(), /^kaiku-vuositilasto-20\d\d-.+\.xlsx$/);
});

job('staff', "a venue's uses of the year", 2, async (person, stage, begin) => {
  await stage.at('/');
  begin();
  await person.click_and_load(person.item('Luvut'));
  assert.match(await stage.text('#figure-uses + .number'), /^\d/);
  assert.match(await stage.text('#key-title'), new RegExp(`\\b${new Date().getFullYear()}$`));
});

job('anybody', "holder's page", 3, async (person, stage, begin) => {
  const { code } = await people.get('worker').stage.make_a_card();
  await stage.at('/me');
  begin();
  await person.scan(code);
  await person.type(birth_year, 'birth_year');
  await person.enter();
  assert.match(await stage.text('main'), /Voimassa|viimeinen/i);
});

job('anybody', 'report lost', 3, async (person, stage, begin) => {
  const { recovery } = await people.get('worker').stage.make_a_card();
  await stage.at('/me/lost');
  begin();
  await person.scan(recovery, 'code');
  person.count += 1; // typed, then Enter
  await person.click_and_load(person.button(/./));
  assert.match(await stage.text('.panel'), /./);
});
