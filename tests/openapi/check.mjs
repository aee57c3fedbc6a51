// The linter's verdict on schema/openapi.yaml, and an example that fits for every answer and body:
//   node check.mjs
import { formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import { fileURLToPath } from 'node:url';
import { faults_of, file, follow, operations, pointer_to } from './description.mjs';

async function count_lint_problems() {
  const config = await loadConfig({
    configPath: fileURLToPath(new URL('redocly.yaml', import.meta.url)),
  });
  const problems = await lint({ ref: file, config });
  const totals = getTotals(problems);
  formatProblems(problems, { format: 'codeframe', totals, version: '' });
  console.log(`lint: ${totals.errors} errors, ${totals.warnings} warnings`);
  return totals.errors + totals.warnings;
}

// Where examples stand in a media type: `example`, or each of `examples` by itself.
function* examples_of(media, pointer) {
  if ('example' in media) yield { at: `${pointer}/example`, value: media.example };
  for (const name of Object.keys(media.examples ?? {})) {
    const found = follow(`${pointer}/examples/${name}`);
    yield { at: found.pointer, value: found.node.value };
  }
}

function* bodies_of({ path, method, operation }) {
  const place = ['paths', path, method];
  if (operation.requestBody) yield follow(pointer_to(...place, 'requestBody'));
  for (const status of Object.keys(operation.responses)) {
    yield follow(pointer_to(...place, 'responses', status));
  }
}

const pointer_to_media = (pointer, type) => pointer + pointer_to('content', type).slice(1);

function example_faults() {
  const faults = new Set(); // a shared answer is told once
  let count = 0;
  for (const operation of operations) {
    for (const { node, pointer } of bodies_of(operation)) {
      for (const [type, media] of Object.entries(node.content ?? {})) {
        const place = pointer_to_media(pointer, type);
        const examples = [...examples_of(media, place)];
        if (examples.length === 0) faults.add(`${place} has no example`);
        for (const { at, value } of examples) {
          count += 1;
          for (const fault of faults_of(value, `${place}/schema`)) faults.add(`${at}: ${fault}`);
        }
      }
    }
  }
  return { faults, count };
}

const { faults, count } = example_faults();
for (const fault of faults) console.error(fault);
console.log(`examples: ${count} of ${operations.length} operations, ${faults.size} faults`);
if ((await count_lint_problems()) + faults.size > 0) process.exitCode = 1;
