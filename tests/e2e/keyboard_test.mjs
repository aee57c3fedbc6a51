// Where the keyboard goes: the stops of Tab in an offer at the door, and the place of the cursor
// after each form of the main jobs, so that the next scan or key falls where it is meant to.
//   node keyboard_test.mjs path/to/kaiku-server
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birth_year } from './every_page_stage.mjs';
import { focused, press_and_load } from './pages_browser.mjs';
import { set_the_stages } from './stages.mjs';

const { stages } = set_the_stages(['worker', 'staff'], ({ stages: ready }) =>
  ready.get('worker').make_a_card(),
);

// What has the keyboard: the name of a field or a button, else the words of a link.
const stop_at = (page) =>
  page.evaluate(() => {
    const { name, textContent } = document.activeElement;
    return name || textContent.trim();
  });

async function stops_of_tab(page, count, key = 'Tab') {
  const stops = [];
  for (let i = 0; i < count; ++i) {
    await page.keyboard.press(key);
    stops.push(await stop_at(page));
  }
  return stops;
}

// A group of radios is one stop; what this card has no ticket for is none.
async function stops_of_an_offer(page) {
  const stops = [];
  for (const name of ['children', 'assistant', 'interpreter', 'companion', 'adults', 'give']) {
    const field = page.locator(`.panel [name=${name}]:not([type=hidden])`);
    if ((await field.count()) > 0) stops.push(name);
  }
  return [...stops, 'Ei lippua'];
}

test('Tab goes through an offer as it is read, and ends at its buttons', async () => {
  const stage = stages.get('staff');
  const { page } = stage;
  await stage.offer_with_children();
  assert.equal(await focused(page), 'next');
  const stops = await stops_of_an_offer(page);
  for (const name of ['children', 'assistant', 'interpreter', 'give'])
    assert.ok(stops.includes(name), `the offer has ${name}: ${stops}`);
  assert.deepEqual(await stops_of_tab(page, stops.length), stops);
  const back = [...stops.slice(0, -1).reverse(), 'next'];
  assert.deepEqual(await stops_of_tab(page, back.length, 'Shift+Tab'), back);
});

test('an offer is chosen and given with Tab, arrows and Space alone', async () => {
  const stage = stages.get('staff');
  const { page } = stage;
  await stage.offer_with_children();
  await stage.settle();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  assert.equal(await stop_at(page), 'assistant');
  await page.keyboard.press('Space');
  const stops = await stops_of_an_offer(page);
  await stops_of_tab(page, stops.indexOf('give') - stops.indexOf('assistant'));
  assert.equal(await stop_at(page), 'give');
  await press_and_load(page);
  assert.match(await stage.text('.panel'), /1 aikuinen, 1 lapsi, avustaja/);
  assert.equal(await focused(page), 'card');
});

const unreadable = '0000-0000-0001';
// what was sent, how, the id of the field that then has the cursor, and what the page says of it
const cursors = {
  worker: [
    ['a scan of a card in stock', (s) => s.card_in_stock(), /^birth_year$/, /Kortti on luettu/],
    ['a scan that cannot be read', (s) => s.register(unreadable), /^card$/, /Tunnuksessa on virhe/],
    [
      "a scan of another office's card",
      (s) => s.register(s.foreign()),
      /^card$/,
      /toise(n toimipisteen|ssa toimipisteessä)/,
    ],
    [
      'two cards in a row',
      (s) => s.register(s.two_cards()),
      /^card$/,
      /Kaksi korttia luettiin peräkkäin/,
    ],
    [
      'one fault',
      (s) => s.at('/cards/new?make=1', { children: 'x', birth_year }),
      /^children$/,
      /Kirjoita lasten määrä numerona/,
    ],
    ['a card from the stock', (s) => s.issue_a_stock_card(), /^card$/, /Kortti on annettu/],
    ['a card that was made', (s) => s.make_a_card(), /^card$/, /Kortti on annettu/],
    [
      'a letter that is handed over',
      (s) => s.made_and('Kirje luovutettu'),
      /^card$/,
      /Varakoodi on luovutettu/,
    ],
    [
      'an issue that is undone',
      (s) => s.made_and('Peru antaminen'),
      /^card$/,
      /Antaminen on peruttu/,
    ],
    [
      'a correction without its reason',
      (s) => s.correct({ birth_year: '1986' }),
      /^reason-/,
      /Valitse syy/,
    ],
    [
      'a correction',
      (s) => s.correct({ birth_year: '1986', reason: 'typing_error' }),
      /^card$/,
      /Tiedot on korjattu/,
    ],
    ['a look at a card', (s) => look(s, s.made.code), /^card$/, /Voimassa/],
    ['a look that finds none', (s) => look(s, unreadable), /^card$/, /Tunnuksessa on virhe/],
    ['other children', (s) => s.change_children('3'), /^card$/, /Lasten määrä on muutettu/],
    [
      'children that are no number',
      (s) => s.change_children('x'),
      /^children$/,
      /Kirjoita lasten määrä numerona/,
    ],
    [
      'a renewal',
      (s) => s.act(s.made.code, 'Jatka voimassaoloa', {}),
      /^card$/,
      /Voimassaoloa on jatkettu/,
    ],
    [
      'a block without its reason',
      (s) => s.act(s.made.code, 'Estä kortti', {}),
      /^reason-/,
      /Valitse syy/,
    ],
    ['a block', (s) => s.block(), /^card$/, /Kortti on estetty/],
    [
      'a block that is lifted',
      (s) => s.act(s.made.code, 'Poista esto', {}),
      /^card$/,
      /Esto on poistettu/,
    ],
    ['a replacement', (s) => s.replace(), /^card$/, /Kortti on korvattu/],
    ['a paper form', (s) => s.key_in_a_form(), /^card$/, /\b1 kirjattu\b/],
    ['a scan for a community card', (s) => scan_for_a_community(s), /^people$/, /Kortti on luettu/],
    ['a community card', (s) => s.make_a_community_card(), /^card$/, /Kortti on annettu/],
  ],
  staff: [
    ['a scan', (s) => s.offer(), /^next$/, /Kortti kelpaa/],
    [
      'a scan that cannot be read',
      (s) => s.scan(unreadable),
      /^next$/,
      /Tunnuksesta ei saatu selvää/,
    ],
    [
      'a scan of a blocked card',
      (s) => s.scan(s.card('blocked')),
      /^next$/,
      /Kortti ei ole käytössä/,
    ],
    ['nothing', (s) => s.scan(''), /^card$/, /Lue kortti tai kirjoita sen tunnus/],
    [
      'another scan over an offer',
      (s) => s.offer_and_scan(s.card('blocked')),
      /^next$/,
      /Edellinen kortti .* lippua ei annettu/,
    ],
    [
      'too many children',
      (s) => s.offer_with_children().then(() => s.give('99')),
      /^next$/,
      /Lapsilippuja voi antaa enintään/,
    ],
    ['a ticket', (s) => s.give_one(), /^card$/, /Lippu annettu/],
    ['a ticket with a child', (s) => s.give_with_a_child(), /^card$/, /\b1 aikuinen, 1 lapsi\b/],
    ['a ticket that is undone', (s) => s.give_and_undo(), /^card$/, /Lippu peruttu/],
    ['a second ticket', (s) => s.give_twice(), /^next$/, /Tällä kortilla on jo annettu lippu/],
    ['a second ticket with its reason', (s) => s.overrule(), /^card$/, /Lippu annettu/],
    ['a ticket in fast mode', (s) => s.give_fast(), /^card$/, /Lippu annettu/],
    ['the same card in fast mode', (s) => s.give_fast_twice(), /^card$/, /Sama kortti, sama lippu/],
    ['a row of a paper form', (s) => key_in_a_use(s), /^card$/, /Kirjattu: /],
    [
      'a row without its card',
      (s) => s.at('/paper-uses?event=0', {}),
      /^card$/,
      /Lue kortti tai kirjoita sen tunnus/,
    ],
    [
      'a reservation without its card',
      (s) => reserve_nothing(s),
      /^card$/,
      /Lue kortti tai kirjoita sen tunnus/,
    ],
  ],
};

function look(stage, card) {
  return stage.at('/card', { card }, '[action="/card"] button');
}
async function scan_for_a_community(stage) {
  const card = (await stage.card_in_stock()).code;
  await stage.at('/cards/community/new', { card });
}
function key_in_a_use(stage) {
  return stage.at('/paper-uses?event=0', { card: stage.card('valid') });
}
async function reserve_nothing(stage) {
  await stage.at(`/reservations/new?event=${await stage.make_event()}`, {});
}

for (const [role, jobs] of Object.entries(cursors))
  for (const [sent, send, where, words] of jobs)
    test(`${role}: after ${sent} the cursor is where it is needed`, async () => {
      const stage = stages.get(role);
      await send(stage);
      assert.match(await stage.text('main'), words);
      assert.match(await focused(stage.page), where);
    });

// The year is typed next, with no key between.
test('what is typed after a scan falls into the field with the cursor', async () => {
  const stage = stages.get('worker');
  await stage.card_in_stock();
  assert.equal(await focused(stage.page), 'birth_year');
  await stage.page.keyboard.type(birth_year);
  assert.equal(await stage.page.inputValue('#birth_year'), birth_year);
});
