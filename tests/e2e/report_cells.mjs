// A report in its forms, cell by cell: exits 1 and says where two of them differ.
//   node report_cells.mjs usage  JSON RFC4180 FINNISH PAGE
//   node report_cells.mjs annual JSON RFC4180 FINNISH PAGE
// Each is a file. Heads of the Finnish table are those of the page, columns of RFC 4180 the names
// of JSON, and rows have one order everywhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const not_shown = '–';

function parse_csv(text, between) {
  const rows = [[]];
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${between}"\\r\\n]*)(${between}|\\r\\n)`, 'y');
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    assert.ok(found, 'every line ends with CR LF');
    const [, value, end] = found;
    rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== between) rows.push([]);
  }
  return rows.slice(0, -1);
}

// The tables of a Finnish file, apart by an empty line; the last two columns name the run.
function finnish_tables(text) {
  assert.ok(text.startsWith('\ufeff'), 'a mark of the letters');
  const tables = [[]];
  for (const row of parse_csv(text.slice(1), ';')) {
    if (row.length === 1 && row[0] === '') tables.push([]);
    else if (row.length > 1) tables.at(-1).push(row.slice(0, -2));
  }
  return tables;
}

// Rows as objects by the names of columns, in their tables.
function plain_tables(text) {
  const [head, ...rows] = parse_csv(text, ',');
  const tables = new Map();
  for (const row of rows) {
    const named = Object.fromEntries(head.map((name, at) => [name, row[at]]));
    const table = named.table ?? 'usage';
    tables.set(table, [...(tables.get(table) ?? []), named]);
  }
  return { head, tables };
}

const signs = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const text_of = (html) =>
  html
    .replace(/<span class="for-readers">.*?<\/span>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (sign) => signs[sign])
    .trim();
const inside = (html, pattern) => [...html.matchAll(pattern)].map(([, text]) => text_of(text));

function page_table(html) {
  const [table] = /<table>.*?<\/table>/s.exec(html);
  return [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    inside(row, /<t[hd][^>]*>(.*?)<\/t[hd]>/gs),
  );
}

// "≥ 1 203", "≥1203": how a number is grouped and where a word may break is each form's own.
const without_gaps = (text) => text.replaceAll(/\s|\u00ad|\u200b|\u2060/g, '');

// 0.2674, 0,2674 and 26,7 % are one share.
function as_share(text) {
  if (text === not_shown || text === '…') return text;
  const number = Number(text.replace(',', '.').replace(/\s*%$/, ''));
  assert.ok(Number.isFinite(number), `${text} is a share`);
  return text.endsWith('%') ? number / 100 : number;
}

function same_share(one, other, where) {
  const [a, b] = [as_share(one), as_share(other)];
  if (typeof a === 'string' || typeof b === 'string') assert.equal(a, b, where);
  else assert.ok(Math.abs(a - b) <= 0.000_501, `${where}: ${one} and ${other}`);
}

// What stands in a table for a value of JSON.
function sign_in(json, pointer) {
  const value = pointer
    .slice(1)
    .split('/')
    .reduce((object, name) => object[name], json);
  if (value !== null) return String(value);
  const why = json.suppressed_because[pointer];
  // Nobody was registered: no number is withheld, and there is none.
  if (pointer.endsWith('/usage_rate') && !why) return not_shown;
  if (pointer in json.at_least) return `≥${json.at_least[pointer]}`;
  return { small: '<5', complementary: '…', not_published: not_shown }[why] ?? `null at ${pointer}`;
}

let compared = 0;
function same(one, other, where, name = '') {
  compared += 1;
  if (name === 'usage_rate') same_share(one, other, where);
  else assert.equal(without_gaps(one), without_gaps(other), where);
}

function same_rows(one, other, what) {
  assert.equal(one.length, other.length, `${what}: as many rows`);
  one.forEach((row, at) => {
    assert.equal(row.length, other[at].length, `${what}: as many cells in row ${at}`);
    row.forEach((cell, column) => {
      const is_share = /%/.test(cell + other[at][column]);
      const where = `${what}, row ${at} (${row[0]}), column ${column}`;
      same(cell, other[at][column], where, is_share ? 'usage_rate' : '');
    });
  });
}

const places_of_usage = {
  uses: '/uses/total',
  adults: '/uses/adults',
  children: '/uses/children',
  registered: '/registered',
  taken_into_use: '/taken_into_use',
  usage_rate: '/usage_rate',
};

function compare_usage(json, plain, finnish, html) {
  const rows = plain.tables.get('usage');
  const columns = plain.head.slice(1, -2);
  assert.ok(columns.length >= 1, 'numbers beside the key');
  assert.equal(rows.length, json.rows.length + 1, 'a total, and the rows of JSON');
  rows.forEach((row, at) => {
    const from = at === 0 ? '/totals' : `/rows/${at - 1}`;
    for (const name of columns)
      same(row[name], sign_in(json, from + places_of_usage[name]), `${row.key}: ${name}`, name);
    assert.equal(row.run, json.as_of.run, 'the run of each row');
    if (at === 0 || ['sector', 'month', 'quarter'].includes(json.group_by)) return;
    same(row.key, json.rows[at - 1].label, `the name of row ${at}`);
  });
  const [table] = finnish;
  const dots = rows.map((row) => [row.key, ...columns.map((name) => row[name])]);
  dots.forEach((row, at) =>
    row.forEach((cell, column) =>
      same(cell, table[at + 1][column], `row ${at}, column ${column}`, columns[column - 1]),
    ),
  );
  same_rows(table, page_table(html), 'page and table');
}

const places_of_year = [
  '/registered',
  '/taken_into_use',
  '/usage_rate',
  '/not_taken_into_use',
  '/used_of_earlier_years',
  '/active',
  '/uses/total',
  '/uses/adults',
  '/uses/children',
  '/beside/assistants',
  '/beside/interpreters',
  '/beside/companions',
  '/community/cards',
  '/community/uses',
  '/municipalities',
];
const sectors = ['culture', 'education', 'science', 'sport'];

function compare_annual(json, plain, finnish, html) {
  const rows = plain.tables.get('annual');
  assert.equal(rows.length, places_of_year.length);
  rows.forEach((row, at) => {
    const pointer = places_of_year[at];
    const name = pointer.split('/').at(-1);
    same(row.value, sign_in(json, pointer), row.measure, name);
    same(row.value, finnish[0][at + 1][1], `${row.measure} of both tables`, name);
  });
  const by_sector = plain.tables.get('by_sector');
  assert.equal(by_sector.length, 1 + sectors.length);
  by_sector.forEach((row, at) => {
    const sector = sectors[at - 1];
    const adults = sector ? `/uses/adult/${sector}` : '/uses/adults';
    same(row.adults, sign_in(json, adults), `adults of ${row.sector}`);
    const children = sector ? `/uses/child/${sector}` : '/uses/children';
    same(row.children, sign_in(json, children), `children of ${row.sector}`);
  });
  same_rows(finnish[1], page_table(html), 'page and table by sector');
  for (const [id, pointer] of [
    ['figure-registered', '/registered'],
    ['figure-rate', '/usage_rate'],
    ['figure-uses', '/uses/total'],
  ]) {
    const [number] = inside(html, new RegExp(`id="${id}".*?<p class="number">(.*?)</p>`, 'gs'));
    same(number, sign_in(json, pointer), `${id} of the page`, pointer.slice(1));
  }
}

const [kind, ...files] = process.argv.slice(2);
const [json, plain, finnish, html] = files.map((file) => readFileSync(file, 'utf8'));
const compare = { usage: compare_usage, annual: compare_annual }[kind];
compare(JSON.parse(json), plain_tables(plain), finnish_tables(finnish), html);
assert.ok(compared >= 8, `${compared} cells were compared`);
console.log(`${kind}: ${compared} cells are the same`);
