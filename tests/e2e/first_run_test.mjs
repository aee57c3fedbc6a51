// An empty installation, from the printed link to the first ticket, by buttons alone:
//   node first_run_test.mjs path/to/kaiku-server
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faults_of, fresh_page, one_time_code, open_browser, serve } from './pages_browser.mjs';

const password = 'kolme keltaista kanootia';
const most_interactions = 90;

let folder;
let server;
let browser;
let link; // printed by init
const keys = new Map(); // of one-time codes: page → { key, step }, the step that it used last
let interactions = 0; // a typed value, a key or a click counts one

before(
  async () => {
    const binary = process.env.KAIKU_SERVER ?? process.argv[2];
    folder = mkdtempSync(join(tmpdir(), 'kaiku-first-run-'));
    const dir = join(folder, 'kaiku');
    server = await serve(binary, dir, (ports) => {
      const init = ['init', '--dir', dir, '--yes', '--json', '--admin', 'paakayttaja'];
      const told = execFileSync(binary, [...init, '--host', '127.0.0.1', '--port', `${ports[0]}`]);
      link = JSON.parse(told.toString()).set_up_url;
    });
    browser = await open_browser();
  },
  { timeout: 60_000 },
);

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = () => fresh_page(browser, { credentials: { base_url: server.base_url } });

async function type(page, selector, text) {
  interactions += 1;
  await page.fill(selector, text);
}
async function choose(page, selector, option) {
  interactions += 1;
  await page.selectOption(selector, option);
}
async function press(page, words) {
  interactions += 1;
  const button = page.getByRole('button', { name: words, exact: true }).first();
  await Promise.all([page.waitForNavigation(), button.press('Enter')]);
  assert.deepEqual(await faults_of(page), [], `after ${words}, at ${page.url()}`);
}
async function follow(page, words) {
  interactions += 1;
  const named = page.getByRole('link', { name: words, exact: true }).first();
  await Promise.all([page.waitForNavigation(), named.press('Enter')]);
  assert.deepEqual(await faults_of(page), [], `after ${words}, at ${page.url()}`);
}
const to_start = (page) => follow(page, /^Aloitus/); // with the number of what waits
const heading = (page) => page.locator('h1').innerText();
const step = (page, name) =>
  page.locator('.steps li', { has: page.getByText(name, { exact: true }) }).innerText();

// The server takes the code of each step once, and those of the step before and after its own.
async function type_one_time_code(page) {
  const of_page = keys.get(page);
  const step_now = () => Math.floor(Date.now() / 30_000);
  of_page.step = Math.max(step_now(), of_page.step + 1);
  while (of_page.step > step_now() + 1) await new Promise((resolve) => setTimeout(resolve, 200));
  await type(page, '#one_time_code', one_time_code(of_page.key, of_page.step * 30_000));
}

// The codes of the cards on a sheet, as a person reads them off the paper.
function codes_on(sheet) {
  const text = execFileSync('pdftotext', ['-raw', sheet, '-']).toString();
  const four = '([0-9A-HJKMNP-TV-Z]{4})';
  const codes = text.matchAll(new RegExp(`${four}\\s*-\\s*${four}\\s*-\\s*${four}`, 'g'));
  return [...codes].map(([, ...groups]) => groups.join('-'));
}

// Through a set-up link to the first page; venue staff may leave the authenticator out.
async function set_up(to, { skips = false } = {}) {
  const page = await open();
  interactions += 1;
  await page.goto(to);
  await type(page, '#password', password);
  await type(page, '#again', password);
  await press(page, 'Tallenna salasana');
  if (skips) {
    await press(page, 'Ohita');
    return page;
  }
  const key = (await page.locator('main code').innerText()).replaceAll(' ', '');
  const now = Math.floor(Date.now() / 30_000);
  keys.set(page, { key, step: now });
  await type(page, '#totp', one_time_code(key, now * 30_000));
  interactions += 1;
  await Promise.all([page.waitForNavigation(), page.press('#totp', 'Enter')]);
  return page;
}

test('the printed link leads to the first ticket', async () => {
  const admin = await set_up(link);
  assert.match(admin.url(), /\/area$/);
  assert.match(await step(admin, 'Ensimmäinen alue'), /Tekemättä/);
  assert.match(await step(admin, 'Toimipiste'), /Odottaa: Ensimmäinen alue/);
  assert.equal(await admin.locator('.steps li').count(), 13, 'the whole way is seen at once');
  await follow(admin, 'Lisää alue');
  await type(admin, '#id', 'EURA');
  await type(admin, '#name_fi', 'Eura');
  interactions += 2;
  await admin.locator('summary', { hasText: 'Satakunta' }).click();
  await admin.check('[name=m][value="050"]');
  await press(admin, 'Lisää alue');

  await to_start(admin);
  assert.match(await heading(admin), /Eura/);
  assert.match(await step(admin, 'Kunnat ja postinumerot'), /Tehty\. Postinumerot: vapaaehtoinen/);
  await press(admin, 'Kelpaa');
  assert.match(await step(admin, 'Säännöt'), /Voimassa/);
  await follow(admin, 'Tuo postinumerot');
  await type(admin, '#rows', 'postinumero;kunta\n27510;050\n27500;050');
  await press(admin, 'Tarkista rivit');
  await press(admin, 'Ota käyttöön');

  await follow(admin, 'Seuraava vaihe: Toimipiste');
  await type(admin, '#name', 'Euran sosiaaliasema');
  await choose(admin, '#municipality', '050');
  await type(admin, '#postcode', '27510');
  await press(admin, 'Lisää toimipiste');

  await follow(admin, 'Seuraava vaihe: Kohde');
  await type(admin, '#name', 'Euran uimahalli');
  await choose(admin, '#municipality', '050');
  interactions += 1;
  await admin.check('#sector-sport');
  await press(admin, 'Lisää kohde');

  await follow(admin, 'Seuraava vaihe: Työntekijän käyttäjätunnus');
  await type(admin, '#username', 'tyontekija.yksi');
  await press(admin, 'Luo käyttäjätunnus');
  const to_worker = await admin.inputValue('#link');
  await follow(admin, 'Seuraava vaihe: Kohteen käyttäjätunnus');
  await type(admin, '#username', 'uimahalli.kassa');
  await press(admin, 'Luo käyttäjätunnus');
  const to_staff = await admin.inputValue('#link');

  await follow(admin, 'Seuraava vaihe: Korttierä');
  await type(admin, '#count', '10');
  if ((await admin.locator('#one_time_code').count()) > 0) await type_one_time_code(admin);
  await press(admin, 'Luo korttierä');
  interactions += 1;
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('button', { name: 'Tulosta arkit', exact: true }).press('Enter'),
  ]);
  const sheet = join(folder, 'arkit.pdf');
  await download.saveAs(sheet);
  const codes = codes_on(sheet);
  assert.equal(codes.length, 10, 'every card of the batch is on its sheets');
  await follow(admin, 'Luovuta toimipisteelle');
  await admin.selectOption('#office', { label: 'Euran sosiaaliasema' });
  interactions += 1;
  await press(admin, 'Luovuta');
  await press(admin, 'Luovuta');

  await to_start(admin);
  assert.match(await step(admin, 'Testituloste ja arkit'), /Tehty/);
  assert.match(await step(admin, 'Erä toimipisteelle'), /Tehty/);
  assert.match(await step(admin, 'Ensimmäinen kortti'), /Odottaa: Euran sosiaaliasema/);
  assert.match(await admin.locator('main').innerText(), /2 käyttäjää ei ole vielä avannut/);

  const worker = await set_up(to_worker);
  assert.match(worker.url(), /\/commitment$/, 'an office commits itself before its first card');
  await press(worker, 'Hyväksymme sitoumuksen');
  await follow(worker, 'Jatka');
  assert.match(worker.url(), /\/cards\/new$/);
  const code = codes[0];
  await type(worker, '#card', code);
  await type(worker, '#birth_year', '1985');
  await type(worker, '#children', '2');
  await press(worker, 'Anna kortti');
  assert.match(await heading(worker), /Kortti on annettu/);
  await press(worker, 'Kirjoitin koodin paperille');

  const staff = await set_up(to_staff, { skips: true });
  assert.match(staff.url(), /\/commitment$/);
  await follow(staff, 'Anna lippuja ensin');
  assert.match(staff.url(), /\/door\/basic/);
  await type(staff, '#card', code);
  interactions += 1;
  await Promise.all([staff.waitForNavigation(), staff.press('#card', 'Enter')]);
  const given = /Lippu annettu/;
  if (!given.test(await staff.locator('.panel').first().innerText())) {
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // a faster Enter is a scanner's
    interactions += 1;
    await Promise.all([staff.waitForNavigation(), staff.keyboard.press('Enter')]);
  }
  assert.match(await staff.locator('.panel').first().innerText(), given);

  await to_start(admin);
  assert.equal(await admin.locator('.steps').count(), 0, 'the way is walked');
  console.log(`# ${interactions} interactions from the link to the first ticket`);
  assert.ok(interactions <= most_interactions, `${interactions} interactions`);
});
