// Every page of every_page_table.mjs as the role that may see it, in each language and width:
//   node every_page_test.mjs path/to/kaiku-server        starts a demo of its own
//   KAIKU_DEMO_DIR=D node every_page_test.mjs ...        uses the demo that serves D
//   KAIKU_ONLY=text   only lines that hold it;  KAIKU_SHOT=D   pictures of each into D
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { every_fault, visit } from './every_page_faults.mjs';
import { enrol_a_door, send_a_late_use } from './every_page_stage.mjs';
import { no_pages, pages } from './every_page_table.mjs';
import { set_the_stages } from './stages.mjs';

const languages = ['fi', 'sv', 'en'];
const roles = ['anybody', 'worker', 'staff', 'area', 'admin', 'national'];
const statuses = [200, 403, 404, 422];

const here = set_the_stages(roles, async () => {
  const anybody = here.stages.get('anybody');
  for (const name of ['own', 'off', 'lost'])
    anybody[name] = await here.stages.get('worker').make_a_card();
  anybody.own.letter = await here.stages.get('worker').link_on_paper(anybody.own);
  await here.stages.get('worker').act(anybody.off.code, 'Estä kortti', { reason: 'lost' });
  await here.stages.get('worker').issue_a_stock_card();
  anybody.set_up = await here.stages.get('area').make_an_account();
  enrol_a_door(here.demo, here.server_binary);
  await send_a_late_use(here.demo, anybody.page.request);
});
const { stages } = here;

// Signed in, or on the way there, a cookie says the language; for everybody the address does.
async function address_in(lang, { account, page }) {
  const url = new URL(page.url());
  if (account || /^\/(set-up|login|session)/.test(url.pathname)) {
    const { base_url } = here.demo.credentials;
    await page.context().addCookies([{ name: 'kaiku_lang', value: lang, url: base_url }]);
  } else {
    url.searchParams.set('lang', lang);
  }
  return url.href;
}

const shape_of = (pattern) =>
  new RegExp(`^${pattern.replace(/[.?]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);

async function picture(page, name) {
  if (!process.env.KAIKU_SHOT) return;
  const file = name.replace(/[^\p{L}\d]+/gu, '-');
  await page.screenshot({ path: `${process.env.KAIKU_SHOT}/${file}.png`, fullPage: true });
}

// What axe finds hangs on the width more than on the language: each line shows it each width once,
// the next line in other languages. KAIKU_EVERY=1: all of both.
function widths_for_axe(lang, number) {
  if (process.env.KAIKU_EVERY) return [1280, 320];
  const place = (languages.indexOf(lang) + number) % languages.length;
  return [1280, 320].filter((_, i) => i % languages.length === place);
}

async function look(stage, [, pattern, name, way], role, number) {
  const { page } = stage;
  await address_in('fi', stage);
  await way(stage);
  if (pattern !== 'none') assert.match(new URL(page.url()).pathname, shape_of(pattern));
  const faults = [];
  for (const lang of languages) {
    const { answer, faults: on_the_way } = await visit(page, await address_in(lang, stage));
    assert.ok(statuses.includes(answer.status()), `${answer.status()}`);
    assert.match(answer.headers()['content-type'], /^text\/html/);
    const for_axe = widths_for_axe(lang, number);
    const say = (width) => picture(page, `${role} ${pattern} ${name} ${lang} ${width}`);
    const found = [...on_the_way, ...(await every_fault(page, lang, for_axe, say))];
    faults.push(...found.map((fault) => `${lang}: ${fault}`));
  }
  await address_in('fi', stage);
  assert.deepEqual(faults, []);
}

const lines_of = (role) =>
  pages.filter(
    (line) =>
      [line[0]].flat().includes(role) &&
      (!process.env.KAIKU_ONLY || line.slice(0, 3).join(' ').includes(process.env.KAIKU_ONLY)),
  );

// One row after the other for a role: later ones stand on what earlier ones made.
describe('every page', { concurrency: 2 }, () => {
  for (const role of roles) {
    test(role, async (t) => {
      await stages.get(role).wake();
      for (const [number, line] of lines_of(role).entries())
        await t.test(`${role} ${line[1]}: ${line[2]}`, () =>
          look(stages.get(role), line, role, number),
        );
    });
  }
});

// GET addresses of pages, as the table of routes has them: page(kind(["method",] "pattern", ...)).
function page_routes() {
  const parts = ['routes.cpp', 'report_routes.hpp'].map(
    (name) => new URL(`../../server/app/${name}`, import.meta.url),
  );
  const table = parts
    .map((file) => readFileSync(file, 'utf8'))
    .join()
    .replace(/\s+/g, ' ');
  const kinds = 'reads|reports|builds|watches|constant|writes\\( ?get,';
  const route = new RegExp(
    `page\\( ?(?:prepared\\( ?|looked_at\\( ?)?(?:${kinds})\\(? ?"([^"]+)"`,
    'g',
  );
  return [...table.matchAll(route)].map(([, pattern]) => pattern);
}

test('each page of the server stands in the table, and the table has no other', () => {
  const routes = page_routes();
  assert.ok(routes.length > 80, `${routes.length} routes were read`);
  const listed = new Set([...pages.map(([, pattern]) => pattern), ...Object.keys(no_pages)]);
  const missing = routes.filter((pattern) => !listed.has(pattern));
  assert.deepEqual(missing, [], 'add a line to tests/e2e/every_page_table.mjs');
  const gone = [...listed].filter((pattern) => pattern !== 'none' && !routes.includes(pattern));
  assert.deepEqual(gone, [], 'no such page any more');
});
