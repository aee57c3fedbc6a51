// What gcov counted, a JSON report a line on stdin, summed over rooms:
//   gcov --json-format --stdout … | coverage_rooms.mjs TOP LEAST_PERCENT
// A line counts once, however many programs it was compiled into; exit 1 when a guarded room is low.
import { relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const guarded = [
  'schema/contract',
  'server/ledger',
  'server/tables',
  'server/use_cases',
  'kiosk/door',
  'kiosk/journal',
];
const [top, least] = process.argv.slice(2);

// "server/access/call/scope.cpp" lies in "server/access/call".
const room_of = (file) => file.split('/').slice(0, -1).join('/');

const lines = new Map(); // "file:line" → was it run
const branches = new Map(); // "file:line:number" → was it taken

function take(file, { line_number: number, count, branches: taken }) {
  const line = `${file}:${number}`;
  lines.set(line, lines.get(line) || count > 0);
  // Those to the handlers of exceptions are the compiler's, a dozen a call.
  const ours = taken.filter((branch) => !branch.throw);
  ours.forEach((branch, index) => {
    const key = `${line}:${index}`;
    branches.set(key, branches.get(key) || branch.count > 0);
  });
}

for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!text.startsWith('{')) continue;
  const report = JSON.parse(text);
  for (const { file, lines: counted } of report.files) {
    const ours = relative(top, resolve(report.current_working_directory, file));
    if (!/^(schema|server|kiosk)\/.*\.[ch]pp$/.test(ours)) continue;
    for (const line of counted) take(ours, line);
  }
}

const rooms = new Map();
function add(key, run, what) {
  const room = room_of(key.split(':')[0]);
  if (!rooms.has(room)) rooms.set(room, { lines: [0, 0], branches: [0, 0] });
  const sum = rooms.get(room)[what];
  sum[0] += run ? 1 : 0;
  sum[1] += 1;
}
for (const [key, run] of lines) add(key, run, 'lines');
for (const [key, run] of branches) add(key, run, 'branches');

const percent = ([run, all]) => (all === 0 ? 100 : (100 * run) / all);
const row = (name, a, b, c) =>
  `${name.padEnd(28)}${a.padStart(8)}${b.padStart(9)}${c.padStart(10)}`;
console.log(row('room', 'lines', 'run %', 'branches %'));
let low = 0;
for (const [room, sum] of [...rooms].sort(([a], [b]) => a.localeCompare(b))) {
  const fails = guarded.includes(room) && percent(sum.lines) < Number(least);
  if (fails) low += 1;
  const [run, taken] = [percent(sum.lines).toFixed(1), percent(sum.branches).toFixed(1)];
  console.log(row(room, `${sum.lines[1]}`, run, taken) + (fails ? `  under ${least}` : ''));
}
for (const room of guarded.filter((name) => !rooms.has(name))) {
  console.log(`${room}: nothing of it was run`);
  low += 1;
}
process.exitCode = low === 0 ? 0 : 1;
