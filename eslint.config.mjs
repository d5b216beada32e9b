// The one place that says which JavaScript this project may ship: ES2018, what Chromium 64 and later read. The oldest
// shells met in offices (360, 奇安信, those of Kylin and UOS) stand on Chromium 78 or so. No modules, no bundler: a
// browser loads no module from file://, and what is shipped is what is written. `npx eslint .`
import js from "@eslint/js";
import esx from "eslint-plugin-es-x";
import globals from "globals";

export const BASELINE = 2018;

export default [
  { ignores: ["_build/**", ".venv/**", "node_modules/**", "_ext/zhprint/**"] },
  {
    files: ["_ext/**/static/**/*.js"],
    ...esx.configs[`flat/restrict-to-es${BASELINE}`],
  },
  {
    files: ["_ext/**/static/**/*.js"],
    languageOptions: {
      ecmaVersion: BASELINE,
      sourceType: "script",
      globals: { ...globals.browser, Search: "readonly" },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...js.configs.recommended.rules,
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-implicit-globals": "error",
    },
  },
];
