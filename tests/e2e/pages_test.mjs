// The pages in a real browser, by keyboard alone:
//   node pages_test.mjs path/to/kaiku-server        starts a demo of its own
//   KAIKU_DEMO_DIR=D node pages_test.mjs            uses the demo that serves D
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { account_tests } from './pages_accounts.mjs';
import {
  faults_of,
  focused,
  fresh_page,
  one_time_code,
  open_browser,
  open_demo,
  press_and_load,
  scan,
  sign_in,
} from './pages_browser.mjs';

let demo;
let browser;
let worker; // a page signed in as a worker
let stock; // cards that this worker's office may register; each test that issues one takes it away
let desk; // a page signed in at a venue that has an event today, else at any venue

const account_of = (role, scope) =>
  demo.credentials.accounts.find(
    (account) => account.role === role && (!scope || account.scope === scope),
  );
const text_of = (page, selector) => page.locator(selector).first().innerText();
const this_year = new Date().getFullYear();

before(
  async () => {
    demo = await open_demo(process.env.KAIKU_SERVER ?? process.argv[2]);
    browser = await open_browser();
  },
  { timeout: 450_000 },
);

after(async () => {
  await browser?.close();
  await demo?.close();
});

async function check(page, name) {
  assert.deepEqual(await faults_of(page), [], `${name} at ${page.url()}`);
}

test('a wrong password is told at its field and in the title', async () => {
  const page = await fresh_page(browser, demo);
  await page.goto('/venue');
  assert.match(page.url(), /\/login\?next=%2Fvenue$/);
  await check(page, 'sign-in');
  assert.equal(await focused(page), 'username');
  await page.keyboard.type('nobody');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await press_and_load(page);
  assert.match(await page.title(), /^Virhe: /);
  assert.equal(await focused(page), 'password');
  assert.equal(await page.inputValue('#username'), 'nobody');
  assert.equal(await page.inputValue('#password'), '');
  await check(page, 'sign-in with a fault');
});

// The demo tells of each stock card the place of its office in the list of workers.
function worker_with_most_stock() {
  const workers = demo.credentials.accounts.filter((account) => account.role === 'issuer_worker');
  const cards = demo.credentials.cards.filter((card) => card.state === 'stock');
  const of = (n) => cards.filter((card) => card.office === n);
  const most = workers.map((_, n) => n).sort((a, b) => of(b).length - of(a).length)[0];
  return {
    account: workers[most],
    own: of(most),
    foreign: cards.filter((card) => card.office !== most),
  };
}

test('a worker signs in with a one-time code, once', async () => {
  const { account } = worker_with_most_stock();
  worker = await fresh_page(browser, demo);
  const code = one_time_code(account.totp_secret);
  await sign_in(worker, account);
  assert.match(worker.url(), /\/cards\/new$/);

  const other = await fresh_page(browser, demo);
  await other.goto('/login');
  await other.fill('#username', account.username);
  await other.fill('#password', account.password);
  await other.fill('#totp', code);
  await Promise.all([other.waitForNavigation(), other.press('#totp', 'Enter')]);
  assert.match(await other.title(), /^Virhe: /);
  await other.context().close();
});

test('cards of another office are refused at the field, own stock is taken', async () => {
  const { own, foreign } = worker_with_most_stock();
  await worker.goto('/cards/new');
  await scan(worker, foreign[0].qr);
  assert.match(await text_of(worker, '#card-fault'), /toisen toimipisteen|toisessa toimipisteessä/);
  stock = [];
  for (const card of own) {
    // those that an earlier run has issued are passed over
    if (stock.length === 2) break;
    await worker.goto('/cards/new');
    await scan(worker, card.qr);
    if ((await focused(worker)) === 'birth_year') stock.push(card);
  }
  assert.equal(stock.length, 2, 'the office has stock');
});

// With the cursor on the year: year, Tab, children, Enter.
async function give(page, year, children) {
  await page.keyboard.type(year);
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'children');
  await page.keyboard.type(children);
  await press_and_load(page);
}

test('a stock card is issued with a scanner and a keyboard', async () => {
  await worker.goto('/cards/new');
  await check(worker, 'issue');
  assert.equal(await focused(worker), 'card');
  const card = stock.pop();
  await scan(worker, card.qr);
  assert.equal(
    await focused(worker),
    'birth_year',
    'a code alone comes back with the cursor on the year',
  );
  assert.equal(await worker.inputValue('#card'), card.code);
  await check(worker, 'issue after a scan');
  await give(worker, '1985', '2');
  assert.match(worker.url(), /\/cards\/handovers\/[0-9a-f]{32}$/, 'no code in the address');
  assert.match(await worker.title(), /^Kortti on annettu/);
  assert.match(await text_of(worker, '.facts'), /\d{1,2}\.\d{1,2}\.20\d\d/);
  assert.equal(await text_of(worker, '#outcome-card code'), card.code);
  assert.equal(await focused(worker), 'card', 'the next card is one scan away');
  await check(worker, 'issued');
  const result = worker.url();
  const recovery = await text_of(worker, '.secret');
  await scan(worker, card.code);
  assert.match(await worker.title(), /^Virhe: /);
  assert.match(await text_of(worker, '#card-fault'), /jo annettu täällä/);
  await check(worker, 'issue with a card given here');
  await Promise.all([worker.waitForNavigation(), worker.getByText('Kortin tiedot').last().click()]);
  assert.match(await text_of(worker, '.facts'), /Voimassa/);
  await worker.goto(result);
  assert.equal(await text_of(worker, '.secret'), recovery, 'the result waits');
});

test('a result waits until it is handed over', async () => {
  await worker.goto('/cards/handovers');
  assert.match(await worker.title(), /^Luovuttamatta/);
  await check(worker, 'not handed over');
  await Promise.all([
    worker.waitForNavigation(),
    worker.getByRole('link', { name: 'Avaa' }).first().click(),
  ]);
  await Promise.all([worker.waitForNavigation(), worker.getByText('Kirje luovutettu').click()]);
  assert.match(await text_of(worker, 'main'), /Varakoodi on luovutettu/);
  assert.equal(await worker.locator('.secret').count(), 0);
  await check(worker, 'handed over');
});

test('a card is corrected and taken back', async () => {
  await worker.goto('/cards/new?make=1');
  await give(worker, '1985', '1');
  await Promise.all([worker.waitForNavigation(), worker.getByText('Korjaa tiedot').click()]);
  assert.equal(await focused(worker), 'birth_year');
  await check(worker, 'correct');
  await worker.fill('#children', '3');
  await press_and_load(worker);
  assert.match(await worker.title(), /^Virhe: /, 'a reason is asked for');
  await worker.check('#reason-typing_error');
  await press_and_load(worker);
  assert.match(await text_of(worker, 'main'), /Tiedot on korjattu/);
  assert.match(await text_of(worker, '.facts'), /3/);
  await check(worker, 'corrected');

  await worker.goto('/cards/new?make=1');
  await give(worker, '1985', '1');
  await Promise.all([worker.waitForNavigation(), worker.getByText('Näytä QR').click()]);
  assert.ok(await worker.locator('svg.qr').isVisible());
  await check(worker, 'the QR of a card that was made');
  await Promise.all([worker.waitForNavigation(), worker.getByText('Takaisin').click()]);
  await Promise.all([worker.waitForNavigation(), worker.getByText('Peru antaminen').click()]);
  assert.match(await worker.title(), /^Antaminen on peruttu/);
  await check(worker, 'undone');
});

test('a new scan into a field that kept a faulty code replaces it', async () => {
  await worker.goto('/cards/new');
  await scan(worker, '0000-0000-0001');
  assert.match(await text_of(worker, '#card-fault'), /Tunnuksessa on virhe/);
  assert.equal(await worker.inputValue('#card'), '0000-0000-0001');
  await check(worker, 'issue with a faulty code');
  await scan(worker, stock.at(-1).code);
  assert.equal(await focused(worker), 'birth_year');
  assert.equal(await worker.inputValue('#card'), stock.at(-1).code);
});

test('faults are told at their fields and what was typed is kept', async () => {
  await worker.goto('/cards/new');
  await worker.fill('#card', stock.at(-1).code);
  await worker.fill('#birth_year', String(new Date().getFullYear() - 10));
  await worker.fill('#postcode', '00000');
  await worker.fill('#children', '6');
  await worker.press('#birth_year', 'Enter');
  await worker.waitForSelector('.summary');
  assert.match(await text_of(worker, '#birth_year-fault'), /16/);
  assert.match(await text_of(worker, '#postcode-fault'), /postinumero/i);
  assert.equal(await worker.inputValue('#children'), '6');
  await worker.locator('.summary a').last().press('Enter');
  assert.equal(await focused(worker), 'postcode', 'a link of the summary leads to its field');
  await check(worker, 'issue with faults');
});

test('a personal identity code is refused and not shown again', async () => {
  await worker.goto('/cards/new');
  await scan(worker, '131052-308T');
  assert.match(await text_of(worker, '#card-fault'), /Henkilötunnusta ei tarvita/);
  assert.equal(await worker.inputValue('#card'), '');
});

test('the same form sent twice issues one card', async () => {
  await worker.goto('/cards/new?make=1');
  await check(worker, 'make');
  const hidden = (name) => worker.locator(`main input[name=${name}]`).getAttribute('value');
  const form = {
    csrf: await hidden('csrf'),
    form_id: await hidden('form_id'),
    make: '1',
    birth_year: '1990',
    postcode: await worker.inputValue('#postcode'),
    children: '1',
  };
  const headers = { Origin: demo.credentials.base_url };
  const send = async () =>
    (await worker.context().request.post('/cards/new', { form, headers })).url();
  const first = await send();
  assert.match(first, /\/cards\/handovers\//);
  assert.equal(await send(), first);
  form.children = '2';
  assert.match(await send(), /\/form-used\?k=/, 'edited, it acts no more');
  await worker.goto(first);
  await check(worker, 'made');
});

test('a form without its token does nothing', async () => {
  const headers = { Origin: demo.credentials.base_url };
  const answer = await worker
    .context()
    .request.post('/cards/new', { form: { card: 'x' }, headers });
  assert.equal(answer.status(), 403);
  const foreign = await worker.context().request.post('/logout', {
    form: { csrf: await worker.locator('input[name=csrf]').first().getAttribute('value') },
    headers: { Origin: 'https://elsewhere.example' },
  });
  assert.equal(foreign.status(), 403);
});

test('a worker looks up, changes, blocks and replaces a card', async () => {
  const card = stock.pop();
  await worker.goto('/cards/new');
  await scan(worker, card.code);
  await give(worker, '1970', '0');

  await worker.goto('/card');
  await check(worker, 'card');
  await scan(worker, card.code);
  assert.match(await text_of(worker, '.facts'), /Voimassa/);
  await check(worker, 'card shown');

  await open_act('Muuta lasten määrä');
  await worker.fill('#children', '3');
  await Promise.all([worker.waitForNavigation(), worker.press('#children', 'Enter')]);
  assert.match(worker.url(), /\/card\/view\?k=/, 'no code in the address');
  assert.match(await text_of(worker, '.panel'), /Lasten määrä on muutettu/);

  await open_act('Estä kortti');
  await check(worker, 'the question before a block');
  await worker.check('#reason-lost');
  await Promise.all([worker.waitForNavigation(), worker.press('#reason-lost', 'Enter')]);
  assert.match(await text_of(worker, '.facts'), /Estetty/);
  await check(worker, 'card blocked');

  await open_act('Korvaa kortti');
  await check(worker, 'the question before a replacement');
  await worker.check('#reason-lost');
  await Promise.all([worker.waitForNavigation(), worker.getByText('Luo kortti').press('Enter')]);
  assert.match(worker.url(), /\/cards\/handovers\/[0-9a-f]{32}$/);
  assert.notEqual(await text_of(worker, '#outcome-card code'), card.code);
  await check(worker, 'card replaced');
});

// From the card's page to that of an act.
async function open_act(name) {
  await worker.locator('summary').last().press('Enter');
  const link = worker.locator('main').getByRole('link', { name });
  await Promise.all([worker.waitForNavigation(), link.press('Enter')]);
}

async function sign_in_at_a_venue() {
  const staff = demo.credentials.accounts.filter((account) => account.role === 'venue_staff');
  for (const account of staff) {
    const page = await fresh_page(browser, demo);
    await sign_in(page, account);
    if ((await page.locator('[name=event]').count()) > 2 || account === staff.at(-1)) return page;
    await page.context().close();
  }
  return null;
}

// Who gives a ticket has looked at the offer first: what comes at once is a scanner that bounces.
async function settled(page) {
  await page.waitForTimeout(1100);
}

// A valid card that this venue lets in, children or not; the page then shows its offer.
async function scan_a_good_card(page, wanted = () => true) {
  for (const card of demo.credentials.cards
    .filter((c) => c.state === 'valid' && wanted(c))
    .slice(0, 40)) {
    await page.goto('/door/basic?event=0&fast=0');
    await scan(page, card.qr);
    if ((await page.locator('[name=offered]').count()) > 0) return card;
  }
  throw new Error('no card of the demo is good at this venue');
}

test('a ticket is one scan and one Enter, and is undone by one press', async () => {
  desk = await sign_in_at_a_venue();
  await check(desk, 'venue');
  const card = await scan_a_good_card(desk, (c) => c.children > 0);
  assert.match(desk.url(), /\/door\/basic\/card\?k=/);
  assert.equal(await focused(desk), 'next');
  await check(desk, 'door with an offer');
  await settled(desk);
  await press_and_load(desk);
  assert.match(desk.url(), /\/door\/basic\/given\?k=/);
  assert.match(await text_of(desk, '.panel'), /Lippu annettu/);
  assert.doesNotMatch(
    await desk.content(),
    new RegExp(card.code),
    'the code is shown short once used',
  );
  assert.equal(await focused(desk), 'card');
  await check(desk, 'door after a ticket');
  await desk.goBack();
  assert.match(await text_of(desk, '.panel'), /Lippu annettu|Kortti kelpaa/);
  await desk.goForward();
  await Promise.all([desk.waitForNavigation(), desk.locator('.panel button').press('Enter')]);
  assert.match(await text_of(desk, '.panel'), /Lippu peruttu/);
  await desk.reload();
  assert.match(await text_of(desk, '.panel'), /Lippu peruttu/, 'a result has an address');
  await desk.goto('/venue');
  await check(desk, 'the day of a venue');
});

test('children are chosen before the ticket is given', async () => {
  const card = await scan_a_good_card(desk, (c) => c.children > 1);
  await settled(desk);
  await desk.focus('#next');
  await desk.keyboard.type('99');
  await press_and_load(desk);
  assert.match(await text_of(desk, '#next-fault'), /Lapsilippuja voi antaa enintään/);
  assert.equal(await focused(desk), 'next');
  await check(desk, 'door with a fault');
  await desk.check('#children-1');
  await Promise.all([desk.waitForNavigation(), desk.press('#children-1', 'Enter')]);
  assert.match(
    await text_of(desk, '.panel'),
    /1 aikuinen, 1 lapsi/,
    `card with ${card.children} children`,
  );
  await Promise.all([desk.waitForNavigation(), desk.locator('.panel button').press('Enter')]);
});

test('scanning another card while one lies open gives nothing to the first', async () => {
  await scan_a_good_card(desk);
  const expired = demo.credentials.cards.find((card) =>
    ['expired', 'blocked'].includes(card.state),
  );
  await scan(desk, expired.code);
  assert.match(await text_of(desk, '.panel h1'), /Ei lippua tällä koodilla/);
  assert.match(await desk.locator('.panel').getAttribute('class'), /\bno\b/);
  assert.match(await text_of(desk, '.aloud'), /^Sano: /);
  assert.equal(await focused(desk), 'next');
  assert.match(await text_of(desk, '.note'), /katsottu, lippua ei annettu/);
  await check(desk, 'door without a ticket');
});

test('a mistyped code is unreadable and an unknown one is not ours', async () => {
  await desk.goto('/door/basic?event=0&fast=0');
  await scan(desk, '0000-0000-0001');
  assert.match(await text_of(desk, '.panel h1'), /\S/);
  assert.equal(await desk.inputValue('#next'), '', 'the field is free for the next scan');
});

// An event that is on now, of the venue whose page it is: a demo's own follow the calendar.
async function make_event(page) {
  const { request } = page.context();
  const session = await (await request.get('/api/v1/sessions/current')).json();
  const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
  const made = await request.post('/api/v1/events', {
    data: {
      venue_id: session.account.venue_id,
      title: { fi: 'Iltasoitto', sv: 'Kvällsmusik', en: 'Evening music' },
      starts_at: at(0),
      ends_at: at(90),
    },
    headers: { 'X-CSRF-Token': session.csrf_token, Origin: new URL(page.url()).origin },
  });
  assert.equal(made.status(), 201, await made.text());
  return (await made.json()).id;
}

test('a second ticket at one event warns and may be given with a reason', async () => {
  await desk.goto('/door/basic');
  const event = await make_event(desk);
  for (const card of demo.credentials.cards.filter((c) => c.state === 'valid').slice(40, 80)) {
    await desk.goto(`/door/basic?event=${event}&fast=0`);
    await scan(desk, card.code);
    if ((await desk.locator('[name=offered]').count()) === 0) continue;
    await settled(desk);
    await press_and_load(desk);
    await scan(desk, card.code);
    assert.match(await desk.locator('.panel').getAttribute('class'), /\bwarn\b/);
    await check(desk, 'door with a warning');
    await settled(desk);
    await desk.focus('#next');
    await desk.keyboard.type('P1');
    await press_and_load(desk);
    assert.match(await text_of(desk, '.panel'), /Lippu annettu/);
    await scan(desk, card.code);
    await Promise.all([
      desk.waitForNavigation(),
      desk.locator('button[value=known_here]').press('Enter'),
    ]);
    assert.match(await text_of(desk, '.panel'), /Lippu annettu/);
    return;
  }
  assert.fail('no card of forty gets a ticket');
});

test('in fast mode a scan is a ticket', async () => {
  await desk.goto('/door/basic?event=0&fast=1');
  await check(desk, 'door in fast mode');
  const card = await scan_a_good_card(desk);
  await desk.goto('/door/basic?event=0&fast=1');
  await scan(desk, card.code);
  assert.match(await text_of(desk, '.panel'), /Lippu annettu/);
  await scan(desk, card.code);
  assert.match(await text_of(desk, '.panel'), /Sama kortti, sama lippu/);
  await check(desk, 'door after a scan in fast mode');
});

test('a coordinator sees the four numbers at once and groups them', async () => {
  const page = await fresh_page(browser, demo);
  await sign_in(page, account_of('national_coordinator'));
  assert.match(page.url(), /\/area$/);
  await check(page, 'where coordinators begin');
  await Promise.all([
    page.waitForNavigation(),
    page.getByRole('link', { name: 'Luvut' }).first().press('Enter'),
  ]);
  assert.match(page.url(), /\/figures$/);
  assert.equal(await page.locator('.figure').count(), 4);
  assert.match(await text_of(page, '#figure-rate + .number'), /^(\d+,\d\s%$|–)/);
  assert.match(await text_of(page, 'main'), /Työluku, muuttuu joka päivä/);
  await check(page, 'figures');
  await page.locator('.figure summary').first().press('Enter');
  assert.ok(await page.locator('.figure details p').first().isVisible());
  await choose(page, { group: 'area' });
  const areas = await page.locator('tbody tr:not(.total) th').allInnerTexts();
  const offered = (await page.locator('#area option').allInnerTexts()).slice(1);
  assert.deepEqual(areas.sort(), offered.sort(), 'without the choice of all');
  await check(page, 'figures by area');
  await choose(page, { group: 'municipality' });
  assert.match(await text_of(page, 'main'), /Se julkaistaan \d{1,2}\.\d{1,2}\.20\d\d\./);
  await check(page, 'figures that are not published yet');
  await choose(page, { year: await settled_year(page) });
  assert.ok((await page.locator('tbody tr:not(.total)').count()) >= 4, 'four municipalities');
  assert.match(await text_of(page, 'main'), /Ajo 20\d\d, tilanne /);
  await check(page, 'figures of a settled year by municipality');
  await page.context().close();
});

// In the form above the figures.
async function choose(page, values) {
  for (const [name, value] of Object.entries(values)) await page.selectOption(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.locator('.choices button').press('Enter')]);
}

// The newest one, as the link to its file names it.
async function settled_year(page) {
  const link = page.getByRole('link', { name: /^Vuositilasto 20\d\d/ });
  return /20\d\d/.exec(await link.innerText())[0];
}

// A number as it stands there, without what is read out in its place.
const sign_of = (page, selector) =>
  page.locator(selector).evaluate((p) => (p.querySelector('[aria-hidden]') ?? p).textContent);
const without_gaps = (text) => text.replaceAll(/\s/g, '');

async function downloaded(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).press('Enter');
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('a settled year leaves as a workbook, a table and paper, and says what the page says', async () => {
  const page = await fresh_page(browser, demo);
  await sign_in(page, account_of('national_coordinator'));
  await page.goto('/figures');
  const year = await settled_year(page);
  const stem = `kaiku-vuositilasto-${year}-ajo-${year}`;
  const beside = await downloaded(page, /^Vuositilasto/);
  assert.equal(beside.name, `${stem}.xlsx`);
  assert.equal(beside.bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  const running = await page.request.get(`/figures/file?year=${this_year}&as=xlsx`);
  assert.equal(running.status(), 404, 'a running year leaves as no file');

  await choose(page, { year });
  const shown = await sign_of(page, '#figure-registered + .number');
  const workbook = await downloaded(page, 'Excel');
  assert.equal(workbook.name, `${stem}.xlsx`);
  assert.ok(workbook.bytes.equals(beside.bytes), 'one run, one workbook');
  const paper = await downloaded(page, 'PDF');
  assert.equal(paper.name, `${stem}.pdf`);
  assert.equal(paper.bytes.subarray(0, 5).toString(), '%PDF-');
  const table = await downloaded(page, 'CSV');
  assert.equal(table.name, `${stem}.csv`);
  const text = table.bytes.toString('utf8');
  assert.match(text, /^\ufeff/, 'a spreadsheet knows the letters by it');
  const row = text.split('\r\n').find((line) => line.startsWith('Rekisteröidyt kortit;'));
  assert.equal(without_gaps(row.split(';')[1]), without_gaps(shown));
  await page.context().close();
});

test('a coordinator sees how every door is doing and what was judged afterwards', async () => {
  const { base_url, ca_file, enrolment_codes, api_keys, cards } = demo.credentials;
  const kiosk = join(
    dirname(process.env.KAIKU_SERVER ?? process.argv[2]),
    '..',
    'kiosk',
    'kaiku-kiosk',
  );
  const folder = mkdtempSync(join(tmpdir(), 'kaiku-door-'));
  const page = await fresh_page(browser, demo);
  try {
    execFileSync(kiosk, [
      'enrol',
      base_url,
      enrolment_codes[0].code,
      '--ca',
      ca_file,
      '--name',
      'Lipunmyynti',
      '--dir',
      folder,
    ]);
    const card = cards.find((one) => one.state === 'valid');
    const form = await page.request.post(`${base_url}/api/v1/redemptions`, {
      headers: { Authorization: `Bearer ${api_keys[0].key}` },
      data: {
        idempotency_key: `form-${Date.now()}`,
        card: card.qr,
        venue_id: api_keys[0].venue_id,
        tickets: { adult: 1 },
        occurred_at: new Date(Date.now() - 86_400_000).toISOString(),
      },
    });
    assert.equal(form.status(), 201);
    await sign_in(page, account_of('admin'));
    await Promise.all([
      page.waitForNavigation(),
      page.getByRole('link', { name: 'Laitteet', exact: true }).press('Enter'),
    ]);
    assert.match(page.url(), /\/devices$/);
    assert.match(await text_of(page, 'table'), /Lipunmyynti/);
    await check(page, 'devices');
    await page.setViewportSize({ width: 320, height: 640 });
    await check(page, 'devices at 320 px');
    if (process.env.KAIKU_SHOT)
      await page.screenshot({ path: `${process.env.KAIKU_SHOT}/devices-320.png` });
    await page.setViewportSize({ width: 1100, height: 800 });
    await Promise.all([
      page.waitForNavigation(),
      page.getByRole('link', { name: 'Lipunmyynti' }).first().press('Enter'),
    ]);
    await check(page, 'a device');
    await page.goto('/judged?verdict=fine');
    assert.equal(await page.locator('table').count(), 1);
    assert.ok(!(await page.content()).includes(card.code), 'no card on the page');
    await check(page, 'judged uses');
    await page.setViewportSize({ width: 320, height: 640 });
    await check(page, 'judged uses at 320 px');
    await page.setViewportSize({ width: 1100, height: 800 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await page.context().close();
  }
});

test('a coordinator makes a venue by keyboard, and closing it asks once', async () => {
  const page = await fresh_page(browser, demo);
  await sign_in(page, account_of('area_coordinator'));
  for (const path of ['/areas', '/offices', '/venues']) {
    await page.goto(path);
    await check(page, path);
  }
  await page.goto('/venues/new');
  await check(page, 'a new venue');
  assert.equal(await focused(page), 'name');
  await press_and_load(page);
  assert.match(await page.title(), /^Virhe: /);
  await check(page, 'a venue with faults');
  await page.fill('#name', 'Testisali');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await press_and_load(page);
  assert.match(await text_of(page, '.panel'), /Kohde on lisätty/);
  await check(page, 'a venue that was made');
  await page.check('#active-no');
  await Promise.all([page.waitForNavigation(), page.press('#name', 'Enter')]);
  assert.match(await text_of(page, 'h1'), /Tarkista ennen kuin jatkat/);
  assert.equal(await page.locator('[autofocus]').count(), 0);
  await check(page, 'closing a venue');
  await Promise.all([page.waitForNavigation(), page.locator('main form button').press('Enter')]);
  assert.match(await text_of(page, '.panel'), /Muutokset on tallennettu/);
  await page.goto(`/areas/${account_of('area_coordinator').scope.slice(5)}/policy`);
  await check(page, 'rules');
  await page.context().close();
});

test("a venue's staff make a code for a device of their own", async () => {
  await desk.goto('/devices/new');
  await check(desk, 'a code for a device');
  await Promise.all([desk.waitForNavigation(), desk.locator('main form button').press('Enter')]);
  assert.match(await text_of(desk, 'main'), /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
  await check(desk, 'the code');
  await desk.setViewportSize({ width: 320, height: 640 });
  await check(desk, 'the code at 320 px');
  if (process.env.KAIKU_SHOT)
    await desk.screenshot({ path: `${process.env.KAIKU_SHOT}/code-320.png` });
  await desk.setViewportSize({ width: 1280, height: 900 });
});

test('a venue sees its own numbers in one click', async () => {
  await desk.goto('/venue');
  await Promise.all([
    desk.waitForNavigation(),
    desk.getByRole('link', { name: 'Luvut' }).press('Enter'),
  ]);
  assert.equal(await desk.locator('.figure').count(), 1);
  await check(desk, "a venue's figures");
  await choose(desk, { group: 'month' });
  const months = await desk.locator('tbody tr:not(.total)').count();
  assert.equal(months, new Date().getMonth() + 1, 'each month so far, shown or nought');
  assert.equal(await desk.locator('#run').count(), 0, 'its own numbers are of no run');
  await check(desk, "a venue's figures by month");
  const table = await downloaded(desk, 'CSV');
  assert.match(table.name, /^kaiku-kohteen-luvut-20\d\d-.+\.csv$/);
});

test('a role meets a plain page where it does not belong', async () => {
  const answer = await worker.goto('/figures');
  assert.equal(answer.status(), 403);
  assert.match(await text_of(worker, 'h1'), /ei onnistunut/);
  await check(worker, 'problem');
});

account_tests(() => ({ demo, browser, check }));

test('pages speak three languages and stay where they are', async () => {
  for (const [name, lang, heading] of [
    ['Svenska', 'sv', 'Ge ut ett kort'],
    ['English', 'en', 'Issue a card'],
    ['Suomi', 'fi', 'Anna kortti'],
  ]) {
    await worker.goto('/cards/new');
    await Promise.all([
      worker.waitForNavigation(),
      worker.getByRole('link', { name }).press('Enter'),
    ]);
    assert.match(worker.url(), /\/cards\/new$/);
    assert.equal(await worker.locator('html').getAttribute('lang'), lang);
    assert.equal(await text_of(worker, 'h1'), heading);
    await check(worker, `issue in ${lang}`);
  }
});

test('a page is at most three requests and forty kilobytes', async () => {
  const api = ['/api/docs', '/api/docs/network', '/api/docs/doors', '/api/docs/problems'];
  const others = ['/privacy', '/accessibility', '/places', '/offers', '/help/worker'];
  for (const path of ['/cards/new', ...others, ...api]) {
    const page = await fresh_page(browser, demo, {
      storageState: await worker.context().storageState(),
    });
    const bodies = new Map(); // the stylesheet comes once, also for the frame
    page.on('response', (response) => bodies.set(response.url(), response.body()));
    await page.goto(path, { waitUntil: 'networkidle' });
    const sizes = (await Promise.all(bodies.values())).map((body) => body.length);
    assert.ok(sizes.length <= 3, `${path}: ${sizes.length} requests`);
    assert.ok(sizes.reduce((a, b) => a + b, 0) <= 40 * 1024, `${path}: ${sizes} bytes`);
    await check(page, path);
    await page.context().close();
  }
});

test('anybody reads where the card is good and what is on, without a cookie', async () => {
  const page = await fresh_page(browser, demo);
  for (const lang of ['fi', 'sv', 'en']) {
    const cards = ['/places', '/offers', '/me', '/me/lost'];
    const told = [
      '/accessibility',
      '/privacy',
      '/feedback',
      '/help/holder',
      '/help/venue',
      '/api/docs/cards',
    ];
    for (const path of ['/', ...cards, ...told]) {
      await page.goto(`${path}?lang=${lang}`);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await check(page, `${path} in ${lang}`);
    }
  }
  await page.goto('/places?lang=sv');
  await Promise.all([page.waitForNavigation(), page.locator('.parts a').first().press('Enter')]);
  assert.equal(await page.locator('html').getAttribute('lang'), 'sv');
  await check(page, 'a place');
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});

test('a holder sees the own card and takes it on the telephone', async () => {
  const page = await fresh_page(browser, demo, { viewport: { width: 320, height: 640 } });
  await page.goto('/me');
  await page.locator('#card').fill('0000-0000-0000');
  await page.locator('#birth_year').fill('1985');
  await press_and_load(page);
  assert.match(await page.title(), /^Virhe: /);
  await check(page, 'no such card');
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});

test('outcomes keep their borders in forced colours', async () => {
  const state = await desk.context().storageState();
  const page = await fresh_page(browser, demo, { storageState: state, forcedColors: 'active' });
  await page.goto('/door/basic?event=0&fast=0');
  const blocked = demo.credentials.cards.find((card) => card.state === 'blocked');
  await scan(page, blocked.code);
  const style = await page.evaluate(
    () => getComputedStyle(document.querySelector('.panel')).borderTopStyle,
  );
  assert.equal(style, 'dashed');
  await page.context().close();
});

test('signing out ends the session on the server', async () => {
  const state = await worker.context().storageState();
  await worker.goto('/cards/new');
  await Promise.all([
    worker.waitForNavigation(),
    worker.locator('div.menu .sign-out button').press('Enter'),
  ]);
  assert.match(worker.url(), /\/login$/);
  const stolen = await fresh_page(browser, demo, { storageState: state });
  await stolen.goto('/cards/new');
  assert.match(stolen.url(), /\/login/);
});
