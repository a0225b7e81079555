import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const noDynamicCode = ["no-eval", "no-implied-eval", "no-new-func", "no-script-url"];

/** What runs code that came as text. */
const codeRunners = ["vm", "node:vm", "vm2", "isolated-vm"].map((name) => ({
  name,
  message: "Nothing here runs code that came as text: expressions are parsed and interpreted (workflows/flow).",
}));

/** A program's name or argument could come from a request. */
const programs = ["child_process", "node:child_process"].map((name) => ({
  name,
  message: "Programs are started by bin/, by tests and by benches; the product starts none.",
}));
const STARTS_PROGRAMS = ["bin/**", "bench/**", "deploy/**", "**/*.test.{ts,tsx}", "**/testing/**", "editor/e2e/**"];

/** A workflow is replayed, so it may touch nothing but the SDK and pure code. */
const workflowImports = {
  paths: [...codeRunners, ...programs],
  patterns: [
    { group: ["node:*", "fs", "path", "crypto", "os"], message: "Workflow code runs in Temporal's sandbox." },
    { group: ["**/activities/**"], allowTypeImports: true, message: "Import the activities' types only." },
  ],
};

/** Files share a module cache: a hook that a shared file registers by itself runs for the first file that imports it, and for no other. */
const hookOfSharedFile = {
  selector: "Program > ExpressionStatement > CallExpression[callee.name=/^(before|after)(All|Each)$/]",
  message: "Use onTestFinished inside the helper, or a use…() that each test file calls.",
};

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, "readonly"]));
const nodeGlobals = {
  ...readonly(
    "process",
    "console",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "URL",
    "fetch",
    "Buffer",
    "AbortSignal",
    "performance",
    "structuredClone",
  ),
  module: "writable",
};
const pageGlobals = readonly(
  "document",
  "window",
  "fetch",
  "EventSource",
  "location",
  "localStorage",
  "CSS",
  "HTMLElement",
  "Node",
  "setTimeout",
  "clearTimeout",
  "requestAnimationFrame",
  "URL",
  "URLSearchParams",
  "Intl",
  "navigator",
  "matchMedia",
  "history",
  "FormData",
  "Event",
  "CustomEvent",
);

export default tseslint.config(
  { ignores: ["dist/**", "coverage/**", ".loopwright/**", "node_modules/**", "test-results/**", "**/*.d.mts"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...Object.fromEntries(noDynamicCode.map((rule) => [rule, "error"])),
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 4],
      complexity: ["error", 10],
      // Services are closures: their methods have no `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read the configuration through server/config.ts." },
      ],
      "@typescript-eslint/no-restricted-imports": ["error", { paths: [...codeRunners, ...programs] }],
    },
  },
  {
    files: STARTS_PROGRAMS,
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { paths: codeRunners }] },
  },
  {
    // To reach the garbage collector: see bin/checks/built-code-problems.ts.
    files: ["bin/supervisor/tidy-memory.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": "off" },
  },
  {
    files: ["**/*.workflow.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", workflowImports] },
  },
  {
    files: ["editor/**/*.{ts,tsx}"],
    ...reactHooks.configs.flat["recommended-latest"],
  },
  {
    files: ["**/*.test.{ts,tsx}", "**/testing/**", "editor/e2e/**", "bench/**", "*.config.ts", "editor/vite.config.ts"],
    rules: {
      "max-lines-per-function": "off",
      "no-restricted-properties": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/testing/**"],
    ignores: ["**/*.test.{ts,tsx}"],
    rules: { "no-restricted-syntax": ["error", hookOfSharedFile] },
  },
  {
    // Composition roots are lists of parts.
    files: ["server/{api,runtime,worker}.ts"],
    rules: { "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["server/config.ts", "bin/**"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { ...tseslint.configs.disableTypeChecked.languageOptions, globals: nodeGlobals },
  },
  {
    files: ["integrations/sandbox/page/**/*.js"],
    languageOptions: { globals: pageGlobals },
  },
);
