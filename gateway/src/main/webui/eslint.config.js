import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

// What a reader of the code may miss: broken rules of hooks, and elements that not everybody can use.
export default defineConfig(
  { ignores: ['node_modules/'] },
  js.configs.recommended,
  ts.configs.recommended,
  a11y.flatConfigs.strict,
  hooks.configs.flat.recommended,
  {
    // What was sent is looked at there field by field.
    files: ['**/*.test.*'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['scripts/**'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  {
    // The router's links say "to" where HTML says "href".
    rules: { 'jsx-a11y/anchor-is-valid': ['error', { components: ['Link', 'NavLink'], specialLink: ['to'] }] },
    settings: {
      'jsx-a11y': {
        // What the library's components are in the end.
        polymorphicPropName: 'component',
        components: { Anchor: 'a', UnstyledButton: 'button', ActionIcon: 'button', Button: 'button', TextInput: 'input', Textarea: 'textarea', Title: 'h2' },
      },
    },
  },
);
