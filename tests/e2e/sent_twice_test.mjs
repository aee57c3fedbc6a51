// Forms that are sent twice, gone back to, open in two tabs, or sent after the sign-in ended: one
// of each role's.
//   node sent_twice_test.mjs path/to/kaiku-server
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birth_year } from './every_page_stage.mjs';
import { Ways } from './every_page_ways.mjs';
import { fresh_page, sign_in } from './pages_browser.mjs';
import { set_the_stages } from './stages.mjs';

const here = set_the_stages(['worker', 'staff', 'area']);
const { stages } = here;

let number = 0;
const fresh_name = () => `Nimi ${Date.now() % 1_000_000} ${++number}`;
// who, where, what is typed, and a field that somebody changes after Back
const forms = [
  ['worker', '/cards/new?make=1', () => ({ birth_year, children: '2' }), { children: '3' }],
  ['staff', '/events/new', an_event, { capacity: '30' }],
  ['area', '/venues/new', a_venue, { address: 'Katu 1' }],
  ['area', '/accounts/new?role=issuer_worker', an_account, { username: 'toinen.nimi' }],
  ['area', '/devices/new', () => ({ venue: { index: 1 } }), { uses: '2' }],
];
function an_event() {
  return { title_fi: fresh_name(), day: '31.12.2027', starts: '18.00' };
}
function a_venue() {
  return { name: fresh_name(), municipality: { index: 1 }, sector: 'sport' };
}
function an_account() {
  return { username: `nimi.${Date.now() % 1_000_000}.${++number}`, place: { index: 1 } };
}

// What the browser would send, so that it can be sent again.
const form_data = (page) =>
  page.evaluate(() => {
    const form = document.querySelector('main form[method=post]');
    return { action: form.getAttribute('action'), form: Object.fromEntries(new FormData(form)) };
  });

for (const [role, address, values, edit] of forms) {
  test(`${role} ${address}: a double click acts once`, async () => {
    const stage = stages.get(role);
    const { page } = stage;
    await stage.at(address);
    await stage.fill(values());
    const { action, form } = await form_data(page);
    const headers = { Origin: here.demo.credentials.base_url };
    const send = (more = {}) =>
      page.context().request.post(action, { form: { ...form, ...more }, headers });
    const [one, other] = await Promise.all([send(), send()]);
    assert.equal(one.status(), 200);
    assert.equal(new URL(one.url()).pathname, new URL(other.url()).pathname, 'one thing was made');
    assert.notEqual(new URL(one.url()).pathname, action, 'it was made');
    assert.match((await send(edit)).url(), /\/form-used\?k=/, 'edited, it acts no more');
  });

  test(`${role} ${address}: Back and sending again leads to the result`, async () => {
    const stage = stages.get(role);
    const { page } = stage;
    await stage.at(address);
    const typed = values();
    const id = await stage.form_id();
    await stage.send(typed);
    const result = new URL(page.url()).pathname;
    assert.notEqual(result, address.split('?')[0]);
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, address.split('?')[0], 'Back is a page to read');
    await stage.form_id(id);
    await stage.send(edit);
    assert.match(page.url(), /\/form-used\?k=/);
    await page.locator('main a').first().click();
    await page.waitForLoadState();
    assert.equal(new URL(page.url()).pathname, result, 'it leads to what was made');
  });
}

test('two tabs each keep their own result', async () => {
  const { page } = stages.get('worker');
  const tabs = [page, await page.context().newPage()];
  const codes = [];
  for (const tab of tabs) {
    const stage = new Ways(here.demo, tab, stages.get('worker').account);
    codes.push((await stage.make_a_card()).code);
  }
  assert.notEqual(codes[0], codes[1]);
  for (const [i, tab] of tabs.entries()) {
    await tab.reload();
    assert.equal(await tab.locator('#outcome-card code').innerText(), codes[i]);
  }
  await tabs[1].close();
});

test('two tabs at the desk each give to their own card', async () => {
  const { page, account } = stages.get('staff');
  const tabs = [page, await page.context().newPage()];
  const desks = tabs.map((tab) => new Ways(here.demo, tab, account));
  desks[0].used = desks[1].used = new Set();
  const cards = [];
  for (const desk of desks) cards.push(await desk.offer());
  for (const [i, desk] of desks.entries()) {
    await desk.give();
    const short = cards[i].code.slice(-3);
    assert.match(await desk.text('.panel'), new RegExp(short), 'the ticket is that card’s');
  }
  await tabs[1].close();
});

// A sign-in that is over: its cookie is gone.
const endings = [
  ['staff', '/events/new', an_event, 'title_fi'],
  ['area', '/venues/new', a_venue, 'name'],
  ['worker', '/cards/new?make=1', () => ({ birth_year, children: '2' }), 'birth_year'],
];
for (const [role, address, values, field] of endings) {
  test(`${role} ${address}: what was typed outlives the sign-in and is not sent`, async () => {
    const { account } = stages.get(role);
    const page = await fresh_page(here.browser, here.demo);
    await sign_in(page, account, `/login?next=${encodeURIComponent(address)}`);
    const stage = new Ways(here.demo, page, account);
    await stage.at(address);
    const typed = values();
    await stage.fill(typed);
    await page.context().clearCookies();
    await stage.press('main form[method=post] button');
    assert.match(page.url(), /\/login/);
    await page.fill('#username', account.username);
    await page.fill('#password', account.password);
    if (account.totp_secret) await page.fill('#totp', stage.code());
    await stage.press('main form button');
    assert.equal(new URL(page.url()).pathname, address.split('?')[0]);
    assert.equal(await page.inputValue(`#${field}`), typed[field]);
    assert.match(await stage.text('main'), /mitään ei ole vielä lähetetty/);
    await stage.press('main form[method=post] button');
    assert.notEqual(new URL(page.url()).pathname, address.split('?')[0], 'sent, it is taken');
    await page.context().close();
  });
}

test('a ticket does not outlive the sign-in', async () => {
  const { account } = stages.get('staff');
  const page = await fresh_page(here.browser, here.demo);
  await sign_in(page, account);
  const stage = new Ways(here.demo, page, account);
  await stage.offer();
  await stage.settle();
  await page.context().clearCookies();
  await stage.press('[name=give]');
  assert.match(page.url(), /\/login/);
  await page.fill('#username', account.username);
  await page.fill('#password', account.password);
  await stage.press('main form button');
  assert.match(page.url(), /\/door\/basic/);
  assert.match(await stage.text('main'), /Lippua ei annettu: lue kortti uudelleen/);
  await page.context().close();
});
