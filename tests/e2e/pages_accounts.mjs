// An account from the coordinator's first click to the new worker's first page, in a real browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, fresh_page, one_time_code, press_and_load, sign_in } from './pages_browser.mjs';

const password = 'kolme keltaista kanootia';

// `open`: the demo, the browser and the check of a page, once they are there.
export function account_tests(open) {
  let coordinator;
  let link;
  const name = `uusi.${Date.now() % 1_000_000}`;
  const press = (page, words) =>
    Promise.all([
      page.waitForNavigation(),
      page.getByRole('button', { name: words, exact: true }).press('Enter'),
    ]);
  const follow = (page, words) =>
    Promise.all([page.waitForNavigation(), page.getByRole('link', { name: words }).press('Enter')]);

  test('a coordinator makes an account and hands its link over', async () => {
    const { demo, browser, check } = open();
    const account = demo.credentials.accounts.find(({ role }) => role === 'area_coordinator');
    coordinator = await fresh_page(browser, demo);
    await sign_in(coordinator, account);
    await follow(coordinator, 'Käyttäjät');
    await check(coordinator, 'accounts');
    await follow(coordinator, 'Luo käyttäjätunnus');
    await check(coordinator, 'choice of role');
    await follow(coordinator, 'Työntekijä');
    await check(coordinator, 'form of an account');
    assert.equal(await focused(coordinator), 'username');
    await press_and_load(coordinator);
    assert.match(await coordinator.title(), /^Virhe: /);
    await check(coordinator, 'form with faults');
    await coordinator.fill('#username', name);
    await coordinator.selectOption('#place', { index: 1 });
    await press(coordinator, 'Luo käyttäjätunnus');
    assert.match(await coordinator.title(), /^Käyttäjätunnus on luotu/);
    assert.equal(await focused(coordinator), 'link');
    link = await coordinator.inputValue('#link');
    await check(coordinator, 'link');
    await coordinator.emulateMedia({ media: 'print' });
    assert.equal(await coordinator.locator('#link').isVisible(), false, 'no link on paper');
    assert.equal(await coordinator.locator('svg.qr').isVisible(), false, 'no QR on paper');
    await coordinator.emulateMedia({ media: 'screen' });
  });

  test('a new worker sets the account up and is signed in', async () => {
    const { demo, browser, check } = open();
    const page = await fresh_page(browser, demo);
    await page.goto(link);
    assert.match(page.url(), /\/set-up$/, 'the secret leaves the address');
    assert.equal(await focused(page), 'password');
    await check(page, 'password');
    await page.keyboard.type('lyhyt');
    await press_and_load(page);
    assert.match(await page.title(), /^Virhe: /);
    assert.equal(await page.inputValue('#password'), '');
    await check(page, 'password with faults');
    await page.fill('#password', password);
    await page.fill('#again', password);
    await press_and_load(page);
    assert.equal(await focused(page), 'totp');
    await check(page, 'one-time code');
    const key = (await page.locator('main code').innerText()).replaceAll(' ', '');
    await page.keyboard.type(one_time_code(key));
    await press_and_load(page);
    assert.match(page.url(), /\/cards\/new$/);
    await page.goBack();
    assert.match(await page.locator('h1').innerText(), /Linkki ei ole voimassa/);
    await check(page, 'link that is over');
    await page.context().close();
  });

  test('a reset asks first, and its link is shown to whoever made it alone', async () => {
    const { check } = open();
    await follow(coordinator, 'Näytä käyttäjä');
    await check(coordinator, 'account');
    await follow(coordinator, 'Palauta kirjautuminen');
    await check(coordinator, 'question before a reset');
    await press(coordinator, 'Palauta kirjautuminen');
    assert.match(await coordinator.title(), /^Kirjautuminen on palautettu/);
    assert.notEqual(await coordinator.inputValue('#link'), link);
    await follow(coordinator, 'Näytä käyttäjä');
    await follow(coordinator, 'Poista käytöstä');
    await check(coordinator, 'question before the end');
    await press(coordinator, 'Poista käytöstä');
    await check(coordinator, 'disabled account');
    await press(coordinator, 'Ota käyttöön');
    assert.match(await coordinator.title(), /^Käyttäjätunnus on taas käytössä/);
    await coordinator.context().close();
  });
}
