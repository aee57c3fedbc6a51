// The typed client against a running demo; every answer is held against schema/openapi.yaml:
//   NODE_EXTRA_CA_CERTS=DEMO/… node run_client.mjs DEMO path/to/client.js
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { description, faults_of, operations, pointer_to, response_for } from './description.mjs';

const [folder, compiled] = process.argv.slice(2);
const demo = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8'));
const { Kaiku, do_main_job } = await import(pathToFileURL(resolve(compiled)).href);

const seen = new Map(); // "get /path" to the statuses it has answered
const faults = [];

// Holds an answer against what is described for its operation and status.
async function judge(method, path, response) {
  const operation = operations.find((o) => o.path === path && o.method === method);
  const call = `${method} ${path}`;
  const said = `${call} ${response.status}`;
  seen.set(call, [...(seen.get(call) ?? []), response.status]);
  const { node, pointer } = response_for(operation, response.status);
  const type = response.headers.get('Content-Type')?.split(';')[0];
  const media = node.content?.[type];
  if (!media) {
    if (node.content || type) faults.push(`${said} is ${type}, which is not described`);
    return;
  }
  const text = await response.text();
  const value = type.endsWith('json') ? JSON.parse(text) : text;
  const schema = pointer + pointer_to('content', type, 'schema').slice(1);
  for (const fault of faults_of(value, schema)) faults.push(`${said}: ${fault}`);
}

const witness = {
  async onResponse({ request, response, schemaPath }) {
    await judge(request.method.toLowerCase(), schemaPath, response.clone());
  },
};
const kaiku = new Kaiku(demo, witness);

// Days of this year for parameters that have to be there, else nothing.
function query_of({ operation }) {
  const days = {
    from: `${new Date().getFullYear()}-01-01`,
    to: `${new Date().getFullYear()}-12-31`,
  };
  const required = (operation.parameters ?? []).filter((p) => p.in === 'query' && p.required);
  return Object.fromEntries(required.map(({ name }) => [name, days[name]]));
}

// The first thing of the list that stands before {id}; undefined when the list is empty.
async function first_id(client, path) {
  const list = path.slice(0, path.indexOf('/{'));
  if (!description.paths[list]?.get) return undefined;
  const { data } = await client.GET(list, {});
  return data?.items?.[0]?.id;
}

async function read_everything() {
  const { client } = await kaiku.sign_in('admin');
  for (const one of operations) {
    const roles = one.operation['x-roles'];
    const readable = one.method === 'get' && roles.includes('admin');
    if (!readable || !one.operation['x-listeners'].includes('public')) continue;
    const params = { query: query_of(one), path: {} };
    if (one.path.includes('{')) {
      params.path.id = await first_id(client, one.path);
      if (params.path.id === undefined) continue;
    }
    await client.GET(one.path, { params, parseAs: 'stream' });
  }
}

// Whoever has no credentials learns nothing but that.
async function knock_everywhere() {
  for (const one of operations) {
    if (one.operation['x-roles'].includes('anonymous')) continue;
    const path = one.path.replace('{id}', '1').replace('{code}', 'x');
    const body = one.operation.requestBody ? '{}' : undefined;
    const response = await fetch(demo.base_url + path, {
      method: one.method.toUpperCase(),
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body,
    });
    if (response.status !== 401) faults.push(`${one.method} ${one.path} lets strangers in`);
    await judge(one.method, one.path, response);
  }
}

// Where two JSON values differ first, as a JSON pointer; undefined when they are equal.
function difference(one, other, at = '') {
  const both = [one, other];
  if (both.some((value) => typeof value !== 'object' || value === null)) {
    return one === other ? undefined : at || '/';
  }
  if (Array.isArray(one) !== Array.isArray(other)) return at || '/';
  for (const name of new Set(both.flatMap(Object.keys))) {
    const found = difference(one[name], other[name], `${at}/${name}`);
    if (found) return found;
  }
  return undefined;
}

async function served_difference() {
  const response = await fetch(`${demo.base_url}/openapi.json`);
  return difference(await response.json(), description);
}

console.log(`client: ${await do_main_job(kaiku)}`);
await read_everything();
await knock_everywhere();
const answered = operations.filter(({ method, path }) =>
  seen.get(`${method} ${path}`)?.some((status) => status < 300),
);
console.log(`client: ${answered.length} of ${operations.length} operations answered well`);
if (answered.length < 25) faults.push('fewer operations were tried than should be');
const differs_at = await served_difference();
if (differs_at) faults.push(`/openapi.json is not schema/openapi.yaml at ${differs_at}`);
for (const fault of new Set(faults)) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
