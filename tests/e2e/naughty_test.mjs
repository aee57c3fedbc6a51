// Naughty strings in every text field of every form, as the role that has the form: no script runs,
// nothing is cut, what comes back is the text that was typed, and no page scrolls sideways.
//   node naughty_test.mjs path/to/kaiku-server
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { enrol_a_door } from './every_page_stage.mjs';
import { naughty, unseen } from './naughty_strings.mjs';
import { set_the_stages } from './stages.mjs';

const here = set_the_stages(['anybody', 'worker', 'staff', 'area', 'admin'], async () => {
  await here.stages.get('worker').make_a_card();
  enrol_a_door(here.demo, here.server_binary);
});
const { stages } = here;

// The form to type into: who, where, which of its fields are something else than free text, which
// form of the page (its action), how many strings (each try counts against a limit).
const forms = [
  { role: 'anybody', at: (s) => s.at('/login'), never_back: ['password', 'totp'], most: 4 },
  { role: 'anybody', at: (s) => s.at('/me'), never_back: ['card'], most: 4 },
  { role: 'anybody', at: (s) => s.at('/me/lost'), never_back: ['code'], most: 3 },
  { role: 'anybody', at: (s) => s.at('/offers'), form: 'form[action="/offers"]' },
  { role: 'anybody', at: (s) => s.at('/feedback') },
  { role: 'worker', at: (s) => s.at('/cards/new'), never_back: ['card'] },
  { role: 'worker', at: (s) => s.at('/cards/new?make=1') },
  { role: 'worker', at: (s) => s.at('/cards/forms'), never_back: ['card'] },
  { role: 'worker', at: (s) => s.at('/cards/community/new'), never_back: ['card'] },
  { role: 'worker', at: (s) => s.at('/card'), never_back: ['card'] },
  { role: 'worker', at: (s) => s.at('/cards/lost'), form: 'form[action="/cards/lost"]', most: 6 },
  { role: 'worker', at: (s) => s.correct() },
  { role: 'worker', at: (s) => s.act(s.made.code, 'Muuta lasten määrä') },
  { role: 'worker', at: (s) => s.act(s.made.code, /Korvaa/), never_back: ['replacement', 'card'] },
  { role: 'worker', at: (s) => s.act(s.made.code, 'Estä kortti') },
  {
    role: 'staff',
    at: (s) => s.at('/door/basic?event=0'),
    form: 'form.scan',
    never_back: ['card'],
  },
  { role: 'staff', at: (s) => s.offer(), form: 'form.panel', never_back: ['next'], most: 4 },
  { role: 'staff', at: (s) => s.at('/events/new') },
  { role: 'staff', at: (s) => s.at_event() },
  { role: 'staff', at: (s) => reserving(s), never_back: ['card'] },
  { role: 'staff', at: (s) => s.at('/paper-uses?event=0'), never_back: ['card'] },
  { role: 'area', at: (s) => s.at('/offices/new') },
  { role: 'area', at: (s) => s.at('/offices').then(() => s.follow(/./)) },
  { role: 'area', at: (s) => s.at('/venues/new') },
  { role: 'area', at: (s) => s.at(`/venues/${staffed_venue()}`) },
  { role: 'area', at: (s) => s.account_for('issuer_worker') },
  { role: 'area', at: (s) => s.at('/agents/new'), never_back: ['one_time_code'], most: 4 },
  { role: 'area', at: (s) => s.at('/batches/new'), never_back: ['one_time_code'], most: 4 },
  { role: 'area', at: (s) => s.at('/devices/new') },
  { role: 'area', at: (s) => s.at_door('/revoke') },
  { role: 'area', at: (s) => s.area('') },
  { role: 'area', at: (s) => s.area('/postcodes') },
  { role: 'area', at: (s) => s.area('/policy') },
  { role: 'area', at: (s) => s.at('/judged'), form: 'form[action="/judged"]' },
  { role: 'admin', at: (s) => s.at('/areas/new') },
  { role: 'admin', at: (s) => s.at('/settings/common'), never_back: ['one_time_code'] },
  { role: 'admin', at: (s) => s.at('/settings/fi'), never_back: ['one_time_code'], most: 4 },
];

// One event of the venue's is enough for all strings.
async function reserving(stage) {
  stage.coming ??= await stage.make_event();
  await stage.at(`/reservations/new?event=${stage.coming}`);
}

function staffed_venue() {
  return here.demo.credentials.accounts
    .find(({ role }) => role === 'venue_staff')
    .scope.split(':')[1];
}

// A title's blanks are single ones.
function shown_in_titles(typed) {
  return typed.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text.length > 0);
}

// What a person would lose: a script that ran, markup that came alive, a page too wide, signs of
// ours in the title where nobody has typed any.
async function harm_of(page, typed) {
  const harm = await page.evaluate((texts) => {
    const alive = 'main img, main b, script, main svg:not(.qr):not([aria-hidden])';
    const found = [...document.querySelectorAll(alive)].map((element) => element.outerHTML);
    if (window.ran !== undefined) found.push('a script ran');
    const title = texts.reduce((left, text) => left.replaceAll(text, ''), document.title);
    if (/[{][{]|&(amp|lt|quot|#39);/.test(title)) found.push(`title ${document.title}`);
    return found;
  }, shown_in_titles(typed));
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const root = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  if (root.scrollWidth > root.clientWidth) harm.push(`${root.scrollWidth} px wide at 320`);
  await page.setViewportSize(size);
  return harm;
}

// Every text field of the form with the string, as long as the field takes; then sent.
async function type_and_send(stage, { form = 'main form[method=post]' }, text) {
  const { page } = stage;
  const target = page.locator(form).first();
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  const fields = target.locator('input[type=text], input[type=password], textarea');
  const typed = new Map();
  for (let i = 0; i < (await fields.count()); i++) {
    const field = fields.nth(i);
    const { name, most, readonly } = await field.evaluate((element) => ({
      name: element.name,
      most: element.maxLength,
      readonly: element.readOnly,
    }));
    if (readonly) continue;
    const fits = most > 0 ? [...text].slice(0, most) : [...text];
    while (most > 0 && fits.join('').length > most) fits.pop(); // a browser counts UTF-16 units
    typed.set(name, fits.join(''));
    await field.fill(typed.get(name));
  }
  assert.ok(typed.size > 0, 'the form has a text field');
  const button = target.locator('button:not(.for-readers)').first();
  await Promise.all([page.waitForNavigation(), button.press('Enter')]);
  return typed;
}

// In a field as it was typed, or as text on the page; once it is accepted, blanks at the ends go.
async function lost_of(page, typed, never_back = []) {
  const seen = await page.evaluate(() => ({
    values: [...document.querySelectorAll('input, textarea')].map(({ value }) => value),
    text: document.body.innerText.replace(/\s+/g, ' '),
  }));
  const is_seen = (text) =>
    seen.values.some((value) => value.includes(text.trim())) ||
    seen.text.includes(text.replace(/\s+/g, ' ').trim());
  return [...typed].filter(([name, text]) => !never_back.includes(name) && !is_seen(text));
}

describe('naughty strings', { concurrency: 2 }, () => {
  for (const role of ['anybody', 'worker', 'staff', 'area', 'admin']) {
    test(role, async (t) => {
      const stage = stages.get(role);
      for (const form of forms.filter((one) => one.role === role)) {
        const faults = [];
        const strings = Object.entries({ ...naughty, ...unseen }).slice(0, form.most ?? 99);
        await t.test(`${role}: ${form.at}`, async () => {
          for (const [name, text] of strings) {
            await form.at(stage);
            const typed = await type_and_send(stage, form, text);
            const harm = await harm_of(stage.page, [...typed.values()]);
            const lost = name in unseen ? [] : await lost_of(stage.page, typed, form.never_back);
            faults.push(...harm.map((what) => `${name}: ${what}`));
            faults.push(...lost.map(([field, what]) => `${name}: ${field} lost "${what}"`));
          }
          assert.deepEqual(faults, []);
        });
      }
    });
  }
});

// Its form has lists alone; an address may hold anything.
test('what no list of the figures offers is passed over', async () => {
  const faults = [];
  for (const role of ['staff', 'area'])
    for (const [name, text] of Object.entries({ ...naughty, ...unseen })) {
      const { page } = stages.get(role);
      const choices = new URLSearchParams({ year: text, area: text, group: text, run: text });
      const answer = await page.goto(`/figures?${choices}`);
      if (answer.status() !== 200) faults.push(`${role}, ${name}: ${answer.status()}`);
      const harm = await harm_of(page, [text]);
      faults.push(...harm.map((what) => `${role}, ${name}: ${what}`));
      const file = await page.request.get(`/figures/file?as=${encodeURIComponent(text)}`);
      if (file.status() !== 404) faults.push(`${role}, a file of ${name}: ${file.status()}`);
    }
  assert.deepEqual(faults, []);
});

// A place with the longest names goes through everybody's pages.
test('names of places are text wherever they are read', async () => {
  const area = stages.get('area');
  const office = here.demo.credentials.accounts.find(({ role }) => role === 'issuer_worker').scope;
  const readers = [
    ['anybody', ['/places', `/places/${staffed_venue()}`, '/offers', '/login']],
    ['worker', ['/cards/new', '/card', '/stock', '/cards/handovers']],
    ['staff', ['/door/basic', '/venue', '/events', '/events/new', '/devices', '/figures']],
    ['area', ['/area', '/offices', '/venues', '/accounts', '/batches', '/batches/new', '/agents']],
    ['area', ['/events', '/devices', '/devices/new', '/judged', '/figures', '/accounts/new']],
    ['admin', ['/area', '/areas', '/offices', '/venues', '/accounts', '/figures', '/batches']],
  ];
  const faults = [];
  for (const [kind, text] of Object.entries(naughty)) {
    if (['nothing', 'number'].includes(kind)) continue;
    await area.at(`/venues/${staffed_venue()}`);
    const typed = await type_and_send(area, {}, text);
    await area.at(`/offices/${office.split(':')[1]}`, { name: text.slice(0, 120) });
    await area.area('', { name_fi: text, name_sv: text, name_en: text });
    for (const [role, addresses] of readers)
      for (const address of addresses) {
        const { page } = stages.get(role);
        await page.goto(address);
        const harm = await harm_of(page, [text, ...typed.values(), text.slice(0, 120)]);
        faults.push(...harm.map((what) => `${kind}, ${role} ${address}: ${what}`));
      }
  }
  assert.deepEqual(faults, []);
});
