// A small client of Kaiku as an outsider would write one: nothing but the types made from
// schema/openapi.yaml and openapi-fetch. It does the main job once; that it compiles under strict
// is half of the test, that a server answers as the types say is the other half (run_client.mjs).
import { createHmac, randomUUID } from 'node:crypto';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from 'kaiku-api';

type Schemas = components['schemas'];
type Problem = Schemas['Problem'];

// The parts of a demo's credentials.json that are used here.
export interface Demo {
  base_url: string;
  accounts: { role: string; username: string; password: string; totp_secret: string | null }[];
  api_keys: { key: string; sector: Schemas['Sector']; venue_id: number }[];
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`missing: ${what}`);
  return value;
}

// The body of a success; a problem becomes an exception that says which.
function good<T>(answer: { data?: T; error?: Problem; response: Response }): T {
  if (answer.error !== undefined) {
    const { status, type, detail } = answer.error;
    throw new Error(`${answer.response.url}: ${status} ${type} ${detail ?? ''}`);
  }
  return must(answer.data, 'a body');
}

// RFC 6238 with SHA-1, six digits and 30 seconds, of a base32 secret (RFC 4648 section 6).
function one_time_code(secret: string, at_ms: number): string {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c));
  const bytes =
    bits
      .map((five) => five.toString(2).padStart(5, '0'))
      .join('')
      .match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at_ms / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// Cookie, Origin and CSRF token, which a browser and a page would add.
function as_signed_in(base_url: string): { middleware: Middleware; csrf: (token: string) => void } {
  let cookie: string | undefined;
  let token: string | undefined;
  return {
    csrf: (given) => void (token = given),
    middleware: {
      onRequest({ request }) {
        if (cookie) request.headers.set('Cookie', cookie);
        if (request.method === 'GET') return;
        request.headers.set('Origin', base_url);
        if (token) request.headers.set('X-CSRF-Token', token);
      },
      onResponse({ response }) {
        cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? cookie;
      },
    },
  };
}

export class Kaiku {
  constructor(
    readonly demo: Demo,
    readonly witness: Middleware, // sees every answer
  ) {}

  private client(...more: Middleware[]): Client<paths> {
    const client = createClient<paths>({ baseUrl: this.demo.base_url });
    client.use(this.witness, ...more);
    return client;
  }

  // As the last account of the role: people try the first ones by hand. A one-time code counts
  // once; where it was used a moment ago, the next one is taken already now.
  async sign_in(
    role: Schemas['Role'],
  ): Promise<{ client: Client<paths>; session: Schemas['Session'] }> {
    const account = must(this.demo.accounts.filter((a) => a.role === role).at(-1), role);
    const session = as_signed_in(this.demo.base_url);
    const client = this.client(session.middleware);
    const attempt = (ahead_ms: number) => {
      const { username, password, totp_secret } = account;
      const totp = totp_secret ? one_time_code(totp_secret, Date.now() + ahead_ms) : null;
      return client.POST('/api/v1/sessions', { body: { username, password, totp } });
    };
    let answer = await attempt(0);
    if (answer.error?.type === '/problems/code-already-used') answer = await attempt(30_000);
    const signed_in = good(answer);
    session.csrf(signed_in.csrf_token);
    return { client, session: signed_in };
  }

  as_agent(key: string): Client<paths> {
    return this.client({
      onRequest: ({ request }) => request.headers.set('Authorization', `Bearer ${key}`),
    });
  }
}

async function register_card(kaiku: Kaiku): Promise<Schemas['RegisteredCard']> {
  const { client, session } = await kaiku.sign_in('issuer_worker');
  const id = must(session.account.office_id ?? undefined, 'the office of a worker');
  const office = good(await client.GET('/api/v1/offices/{id}', { params: { path: { id } } }));
  const card = good(
    await client.POST('/api/v1/cards', {
      params: { header: { 'Idempotency-Key': randomUUID() } },
      body: { birth_year: 1984, postcode: office.postcode, children: 2 },
    }),
  );
  await client.DELETE('/api/v1/sessions');
  return card;
}

async function use_card(kaiku: Kaiku, code: string): Promise<Schemas['UndoReply']> {
  const key = must(
    kaiku.demo.api_keys.find((k) => k.sector === 'sport'),
    'a key at a pool',
  );
  const agent = kaiku.as_agent(key.key);
  const asked = { card: code, venue_id: key.venue_id, tickets: { adult: 1, child: 1 } };

  const check = good(await agent.POST('/api/v1/checks', { body: asked }));
  if (check.answer !== 'ok') throw new Error(`the check says ${check.answer}`);

  const body = { ...asked, idempotency_key: `client-${randomUUID()}` };
  const use = good(await agent.POST('/api/v1/redemptions', { body }));
  const again = good(await agent.POST('/api/v1/redemptions', { body }));
  if (again.receipt.sequence !== use.receipt.sequence) throw new Error('the key was not kept');

  // A refusal is told apart by its type and then has the members of a check.
  const more = { ...body, idempotency_key: `client-${randomUUID()}`, tickets: { child: 20 } };
  const { error: refusal } = await agent.POST('/api/v1/redemptions', { body: more });
  if (!refusal || !('tickets_allowed' in refusal)) throw new Error('20 children were let in');
  const left: number = refusal.tickets_allowed.child;
  if (left >= 20) throw new Error(`${left} children more, says the refusal`);

  return good(
    await agent.POST('/api/v1/redemptions/{id}/void', {
      params: { path: { id: use.redemption_id } },
      body: { reason: 'wrong_count' },
    }),
  );
}

async function read_figures(kaiku: Kaiku, year: number): Promise<Schemas['AnnualReport']> {
  const { client } = await kaiku.sign_in('national_coordinator');
  return good(await client.GET('/api/v1/reports/annual', { params: { query: { year } } }));
}

// A card is registered, checked, used, undone, and the figures of the year are read.
export async function do_main_job(kaiku: Kaiku): Promise<string> {
  const card = await register_card(kaiku);
  const undo = await use_card(kaiku, card.code);
  const report = await read_figures(kaiku, Number(card.first_valid_day.slice(0, 4)));
  const registered: number | null | undefined = report.registered;
  return `good to ${card.last_valid_day}, use ${undo.redemption_id} undone, ${registered} cards`;
}
