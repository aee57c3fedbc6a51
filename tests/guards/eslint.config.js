// What goes wrong in scripts of a few hundred lines: names that nobody knows or uses, values that
// nobody meant to change, comparisons that convert. The format is prettier's.
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-shadow': 'error',
      'no-implicit-globals': 'error',
    },
  },
  // What they hand to the browser runs there.
  { files: ['tests/e2e/**'], languageOptions: { globals: globals.browser } },
];
