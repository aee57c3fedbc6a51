// What may be wrong with a page that is open: everything PAGES rules of each page, in one visit.
import { readFileSync } from 'node:fs';

// The minified one: it is read anew for each page.
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const most_bytes = 40 * 1024;
const most_requests = 3;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };
const zoomed = { width: 640, height: 450 }; // 1280 px at 200 %

// The frame of the session is a page of its own in the table: axe would wait for it each time.
async function axe_faults(page, width) {
  const found = await page.evaluate(async (values) => {
    // The frame that tells when a sign-in ends stands in pages that have their heading.
    const is_frame = location.pathname === '/session';
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      iframes: false,
      rules: { 'page-has-heading-one': { enabled: !is_frame } },
      runOnly: { type: 'tag', values },
    });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  }, tags);
  return found.map((fault) => `${width} px: ${fault}`);
}

const scrolls_sideways = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });

// Folded parts, the menu too, are unfolded: their insides have to fit as well.
const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));

// Words that go on on the next line without a hyphen. Codes, addresses and numbers may.
function broken_words() {
  const broken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  // The last: the hyphen that a soft one becomes is told as a part of the letter after it.
  const top_of = (range) => [...range.getClientRects()].at(-1)?.top;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent.checkVisibility() || parent.closest('code, svg, option, .for-readers')) continue;
    for (const { 0: word, index } of node.data.matchAll(/\S{3,}/g)) {
      if (/[\d@/.:_]\S/.test(word)) continue;
      const range = document.createRange();
      let before;
      for (let i = 0; i < word.length; i++) {
        range.setStart(node, index + i);
        range.setEnd(node, index + i + 1);
        const top = top_of(range);
        if (top === undefined) continue;
        const is_next_line = before !== undefined && top > before + 4;
        // A soft hyphen stands at the end of a line, and is told as at the beginning of the next.
        const is_joint = word[i] === '\u00ad' || /[-‐–—\u00ad\u200b]/.test(word[i - 1]);
        if (is_next_line && !is_joint) broken.push(word);
        before = top;
      }
    }
  }
  return broken;
}

// The name of a column that has nothing to tell in its row.
function empty_labels() {
  const cells = [...document.querySelectorAll('.stack td[data-label]')];
  const empty = cells.filter((cell) => cell.checkVisibility() && !cell.innerText.trim());
  return [...new Set(empty.map((cell) => cell.dataset.label))];
}

// Name and menu, or everything where there is room, stand on one line.
function header_faults() {
  const brand = document.querySelector('.brand a');
  if (!brand) return [];
  const parts = ['.menu a', '.menu .sign-out', '.menu > summary'];
  const others = [...document.querySelectorAll(parts.join())].filter((e) => e.checkVisibility());
  const { top, bottom } = brand.getBoundingClientRect();
  const boxes = others.map((e) => [e.innerText, e.getBoundingClientRect()]);
  const apart = boxes.filter(([, box]) => box.top >= bottom || box.bottom <= top);
  return apart.map(([text]) => `the header has ${text} on another line`);
}

// A label below its button.
function parted_labels() {
  const parted = [];
  for (const input of document.querySelectorAll('.radio > input')) {
    const label = input.labels[0];
    if (!label || !input.checkVisibility()) continue;
    const is_below = label.getBoundingClientRect().top >= input.getBoundingClientRect().bottom;
    if (is_below) parted.push(`"${label.innerText}" from its button`);
  }
  return parted;
}

// A card's code, whole or short, that goes on on the next line.
function parted_codes() {
  const parted = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('.api, svg')) continue;
    const codes = /…[0-9A-Z]{3}\b|(?<!-)\b[0-9A-Z]{4}(-[0-9A-Z]{4}){1,2}\b(?!-)/g;
    for (const { 0: code, index } of node.data.matchAll(codes)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + code.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) parted.push(code);
    }
  }
  return parted;
}

// A key instead of its text, or a text without its filling.
function unfinished_texts() {
  const said = ['aria-label', 'title', 'placeholder', 'data-label', 'alt'];
  const texts = [document.title, document.body.innerText];
  for (const name of said)
    for (const element of document.querySelectorAll(`[${name}]`))
      texts.push(element.getAttribute(name));
  const all = texts.join('\n');
  // The API's own names are what its description is about.
  const is_api = location.pathname.startsWith('/api/docs');
  const shape = is_api ? /\{\{|\}\}/g : /\{[^}\n]*\}|\{\{|\}\}|\b[a-zäö]+(?:_[a-zäö]+)+\b/g;
  const found = all.match(shape) ?? [];
  return [...new Set(found)];
}

function shape_faults(lang) {
  const faults = [];
  const headings = document.querySelectorAll('h1').length;
  const is_frame = document.body.classList.contains('session');
  if (headings !== 1 && !is_frame) faults.push(`${headings} h1`);
  if (!/\S – Kaiku$/.test(document.title) && !is_frame) faults.push(`title "${document.title}"`);
  if (document.documentElement.lang !== lang) faults.push(`lang ${document.documentElement.lang}`);
  if (document.querySelector('script')) faults.push('holds a script element');
  for (const element of document.querySelectorAll('*'))
    for (const name of element.getAttributeNames())
      if (name.startsWith('on')) faults.push(`holds ${name}`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids))
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id ${id} twice`);
  return faults;
}

// On paper: nothing to press, and nothing that opens a card, an account or a recovery.
function printed_controls() {
  const never = 'nav, button, .button, input, select, textarea, iframe, svg.qr, .secret';
  const shown = [...document.querySelectorAll(never)].filter((element) => {
    const box = element.getBoundingClientRect();
    return element.type !== 'hidden' && element.checkVisibility() && box.width > 0;
  });
  return [...new Set(shown.map((element) => `${element.localName}.${element.className}`))];
}

const sizes_of_parts = new Map(); // stylesheet and frame: the same for each page

// Opens the address and tells what came over the wire, and what the browser complained of.
export async function visit(page, address) {
  const requests = new Set(); // the frame's stylesheet is the page's
  const answers = [];
  const complaints = [];
  const on_request = (request) => request.url().startsWith('http') && requests.add(request.url());
  const on_response = (response) => answers.push(response);
  const on_console = (message) => {
    const is_status = /the server responded with a status/.test(message.text());
    if (message.type() === 'error' && !is_status) complaints.push(message.text());
  };
  const on_dialog = (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    return dialog.dismiss();
  };
  page.on('request', on_request).on('response', on_response);
  page.on('console', on_console).on('dialog', on_dialog);
  const answer = await page.goto(address);
  page.off('request', on_request).off('response', on_response);
  page.off('console', on_console).off('dialog', on_dialog);

  const faults = complaints.map((text) => `the browser says: ${text}`);
  const policy = answer.headers()['content-security-policy'] ?? '';
  if (!/script-src 'none'/.test(policy)) faults.push(`policy "${policy}"`);
  if (requests.size > most_requests) faults.push(`${requests.size} requests`);
  let bytes = 0;
  const parts = new Map(answers.map((part) => [part.url(), part]));
  for (const part of parts.values()) {
    const path = new URL(part.url()).pathname;
    const is_page = part.request() === answer.request();
    if (!is_page && !sizes_of_parts.has(path))
      sizes_of_parts.set(path, (await part.body().catch(() => '')).length);
    bytes += is_page ? (await part.body()).length : sizes_of_parts.get(path);
  }
  if (bytes > most_bytes) faults.push(`${bytes} bytes`);
  return { answer, faults, bytes };
}

// Every fault of the page that is open; axe looks at the widths of `for_axe`, and `say` hears of
// each width before it is left.
export async function every_fault(page, lang, for_axe, say = async () => {}) {
  await page.setViewportSize(wide);
  if (for_axe.length > 0) await page.evaluate(axe);
  const faults = await page.evaluate(shape_faults, lang);
  faults.push(...(await page.evaluate(unfinished_texts)).map((text) => `unfinished: ${text}`));
  if (for_axe.includes(1280)) faults.push(...(await axe_faults(page, 1280)));
  faults.push(...(await page.evaluate(header_faults)));
  await say('1280');
  await page.emulateMedia({ media: 'print' });
  faults.push(...(await page.evaluate(printed_controls)).map((what) => `prints ${what}`));
  await page.emulateMedia({ media: 'screen' });

  await page.setViewportSize(zoomed);
  if (await scrolls_sideways(page)) faults.push('scrolls sideways at 200 %');
  await page.setViewportSize(narrow);
  if (await scrolls_sideways(page)) faults.push('scrolls sideways at 320 px');
  faults.push(...(await page.evaluate(header_faults)));
  await say('320');
  await unfold(page);
  if (await scrolls_sideways(page)) faults.push('scrolls sideways at 320 px, unfolded');
  if (for_axe.includes(320)) faults.push(...(await axe_faults(page, 320)));
  faults.push(...(await page.evaluate(broken_words)).map((word) => `breaks ${word}`));
  faults.push(...(await page.evaluate(empty_labels)).map((label) => `nothing after ${label}:`));
  faults.push(...(await page.evaluate(parted_codes)).map((code) => `parts ${code}`));
  faults.push(...(await page.evaluate(parted_labels)).map((what) => `parts ${what}`));
  await page.setViewportSize(wide);
  return faults;
}
