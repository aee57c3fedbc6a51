// schema/openapi.yaml as the checks read it: its operations, and its schemas as validators.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import yaml from 'js-yaml';

export const file = fileURLToPath(new URL('../../schema/openapi.yaml', import.meta.url));
// The core schema of YAML 1.2, as schema/tools/yaml_to_json.cpp reads it.
export const description = yaml.load(readFileSync(file, 'utf8'), { schema: yaml.CORE_SCHEMA });

const id = 'kaiku';
const ajv = new Ajv.default({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat('binary', true); // bytes, whatever they are
ajv.addSchema(description, id);

const token_of = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1'); // RFC 6901 section 3
const name_of = (token) => token.replaceAll('~1', '/').replaceAll('~0', '~');
export const pointer_to = (...names) => ['#', ...names.map(token_of)].join('/');

// What stands at a pointer, after every $ref on the way, and the pointer where it stands itself.
export function follow(pointer) {
  let node = description;
  for (const token of pointer.split('/').slice(1)) node = node?.[name_of(token)];
  if (node === undefined) throw new Error(`nothing stands at ${pointer}`);
  return node?.$ref ? follow(node.$ref) : { node, pointer };
}

// The faults of a value under the schema at a pointer, as lines; none when it fits.
export function faults_of(value, schema_pointer) {
  const uri = id + encodeURI(schema_pointer);
  const validate = ajv.getSchema(uri) ?? ajv.compile({ $ref: uri });
  if (validate(value)) return [];
  return validate.errors.map((fault) => `${fault.instancePath || '/'} ${fault.message}`);
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];
export const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => item[method])
    .map((method) => ({ path, method, operation: item[method] })),
);

// The response that describes a status, its own or `default`, as { node, pointer }.
export function response_for({ path, method, operation }, status) {
  const key = operation.responses[status] ? String(status) : 'default';
  return follow(pointer_to('paths', path, method, 'responses', key));
}
