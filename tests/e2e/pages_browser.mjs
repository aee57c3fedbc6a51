// What the page tests share: a demo to talk to, a browser, and people who sign in.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import axe from 'axe-core';

const start_limit_ms = 400_000;

async function free_port() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The demo has a development certificate of its own.
function answers(port) {
  return new Promise((resolve) => {
    const ask = get(
      { host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode === 200);
      },
    );
    ask.on('error', () => resolve(false));
  });
}

// A server that answers on ports of its own; `prepare` hears them before it starts.
async function start(server_binary, command, prepare = () => {}) {
  const ports = [await free_port(), await free_port()];
  await prepare(ports);
  const at = ['--port', `${ports[0]}`, '--device-port', `${ports[1]}`];
  const server = spawn(server_binary, [...command, ...at], { stdio: 'ignore' });
  const close = async () => {
    server.kill('SIGTERM');
    await new Promise((resolve) =>
      server.exitCode === null ? server.once('exit', resolve) : resolve(),
    );
  };
  const until = Date.now() + start_limit_ms;
  while (!(await answers(ports[0]))) {
    if (server.exitCode !== null || Date.now() > until) {
      await close();
      throw new Error('the server did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { base_url: `https://127.0.0.1:${ports[0]}`, close };
}

// An installation that `prepare` makes in `dir`.
export function serve(server_binary, dir, prepare) {
  return start(server_binary, ['serve', '--dir', dir, '--host', '127.0.0.1'], prepare);
}

// A demo that runs already (KAIKU_DEMO_DIR), or one of our own from a server binary.
export async function open_demo(server_binary) {
  if (process.env.KAIKU_DEMO_DIR) {
    const file = join(process.env.KAIKU_DEMO_DIR, 'credentials.json');
    return { credentials: JSON.parse(await readFile(file, 'utf8')), close: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'kaiku-pages-'));
  const dir = join(folder, 'demo');
  // So long that a year of it is settled, whatever the day: figures are read from that.
  const size = ['--cards', '300', '--months', '18'];
  const demo = await start(server_binary, ['demo', '--dir', dir, ...size]);
  const credentials = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'));
  const close = async () => {
    await demo.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { credentials, close };
}

export async function open_browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// RFC 6238, SHA-1, six digits, thirty seconds.
export function one_time_code(secret, at_ms = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const c of secret.replace(/=+$/, ''))
    bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at_ms / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

// A code that this account has not used yet: the server takes each once, and those of the step
// before and after its own. Two who sign in as one account within thirty seconds need two.
const last_steps = new Map();
async function unused_code({ username, totp_secret }) {
  const step_now = () => Math.floor(Date.now() / 30_000);
  const step = Math.max(step_now(), (last_steps.get(username) ?? 0) + 1);
  while (step > step_now() + 1) await new Promise((resolve) => setTimeout(resolve, 200));
  last_steps.set(username, step);
  return one_time_code(totp_secret, step * 30_000);
}

// The pages forbid every script themselves (script-src 'none'), so nothing here depends on one;
// switching scripts off in the browser would only keep axe out.
export async function fresh_page(browser, demo, options = {}) {
  const context = await browser.newContext({
    baseURL: demo.credentials.base_url,
    ignoreHTTPSErrors: true,
    locale: 'fi-FI',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

// A browser puts the cursor where the page says a moment after the page is there.
const cursor_is_set = (page) => page.locator('input:focus').waitFor();

// By keyboard alone: the cursor stands in the first field.
export async function sign_in(page, account, path = '/login') {
  await page.goto(path);
  await cursor_is_set(page);
  await page.keyboard.type(account.username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(account.password);
  await page.keyboard.press('Tab');
  if (account.totp_secret) await page.keyboard.type(await unused_code(account));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.doesNotMatch(page.url(), /\/login/, `${account.username} is signed in`);
}

export async function press_and_load(page, key = 'Enter') {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

// What a scanner does: it types where the cursor stands, and ends with Enter.
export async function scan(page, code) {
  await cursor_is_set(page);
  await page.keyboard.type(code);
  await press_and_load(page);
}

export async function focused(page) {
  await page.locator(':focus').waitFor();
  return page.evaluate(() => document.activeElement?.id ?? '');
}

// Faults of a page that a person would meet: axe's findings, sideways scrolling, small targets.
export async function faults_of(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await page.evaluate(() => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push('scrolls sideways at 320 px');
    const controls = 'button, input:not([type=hidden]), select, summary, nav a, a.button';
    for (const control of document.querySelectorAll(controls)) {
      if (control.getAttribute('aria-hidden') === 'true') continue; // nobody's target: Enter's own
      const box = control.getBoundingClientRect();
      if (box.width > 0 && (box.width < 24 || box.height < 24))
        faults.push(`small: ${control.outerHTML}`);
    }
    return faults;
  });
  await page.setViewportSize(size);
  return [...found, ...narrow];
}
