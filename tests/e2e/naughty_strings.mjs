// What somebody may type, paste or scan into a field. Each has to come back as the text that it is.
const run = 'window.ran=1'; // what a script would leave behind

export const naughty = {
  markup: `<script>${run}</script><img src=x onerror="${run}"><b>lihava</b>`,
  'the end of a tag': `"></title></textarea><svg onload=${run}> ' onfocus='${run}`,
  quotes: `"Olga's" \`tila\` &amp; &lt;b&gt; \\ '); DROP TABLE card;--`,
  braces: '{{name}} {{{t.place_name}}} {{#fields}} {n} ${1} %s %00 #{2}',
  'right to left': 'שלום עולם مرحبا בית',
  signs: '👩🏽‍🎤🎭 áčđŋšŧž ÅÄÖ ÿ €½ ﷽ Z͑ͫ̓a̴l̷g̸o',
  nothing: 'null',
  number: '-1e999',
  long: 'Pitkä nimi '.repeat(18).trim(),
  unbroken: 'Kansainvälisyyskasvatuskeskus'.repeat(7),
};

// Nobody sees these; a name that holds them looks like another. Refused or kept, never acted on.
export const unseen = {
  'other way round': 'tila \u202egnirts\u202c',
  'zero width': 'ti\u200bla\ufeff',
};
