import { defineConfig, globalIgnores } from 'eslint/config';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

/** Rules that hold in every room; the import table itself is checked by tests/contract/import-rules.test.ts. */
const house = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ExportDefaultDeclaration',
      message: 'Export by name; a default export has no name to search for.',
    },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [{ name: 'electron', message: 'Only src-main/shell/electron.ts and preload.ts know Electron.' }],
    },
  ],
  'max-lines': ['error', { max: 300 }],
};

/** The strict set, less what fights numerical code and immediate returns. */
const typed = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // Index arithmetic over typed arrays is checked by the loop's bounds, which the compiler cannot see.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // tfjs declares its results as Tensor<Rank> behind a free type argument, and as always there what may be missing.
  '@typescript-eslint/no-unnecessary-type-assertion': 'off',
  '@typescript-eslint/no-unnecessary-condition': 'off',
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // Definitions and contracts are records of functions; classes keep their state in #fields, which an unbound call cannot reach.
  '@typescript-eslint/unbound-method': 'off',
};

export default defineConfig(
  globalIgnores(['out/', '.cache/', 'coverage/', 'node_modules/', 'resources/', 'tests/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.vue'] } },
    rules: { ...house, ...typed },
  },
  {
    files: ['**/*.vue'],
    // Prettier lays templates out.
    extends: [vue.configs['flat/recommended'], vue.configs['no-layout-rules']],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'no-restricted-syntax': 'off',
    },
  },
  { files: ['src-main/setup/**/*.mjs'], rules: { ...house, 'no-unused-vars': 'error', 'no-undef': 'off' } },
  {
    files: ['src-main/shell/electron.ts', 'src-main/shell/preload.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  { files: ['*.config.{ts,mjs}'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      'max-lines': 'off',
      // Matchers of expect and parsed fixtures are typed any or by the caller.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  { files: ['tests/counts-reporter.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
