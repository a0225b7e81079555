const node = (script, ...args) => [`node_modules/${script}`, ...args];

/** Typed rules hold every program of the project in memory at once: more than Node allows by itself. */
const LINT_HEAP = "--max-old-space-size=6144";

const lint = (name, ...what) => ({
  name,
  args: [
    LINT_HEAP,
    ...node(
      "eslint/bin/eslint.js",
      ...what,
      "--cache",
      "--cache-strategy",
      "content",
      "--cache-location",
      `node_modules/.cache/eslint-${name.replaceAll(" ", "-")}/`,
      "--max-warnings",
      "0",
    ),
  ],
});

/** What `npm run check` looks at, longest first; each is a Node program with its arguments. What one `tells` is shown also when it is good. Caches stand in node_modules/.cache. */
export const CHECKS = [
  lint("lint", ".", "--ignore-pattern", "editor/**"),
  lint("lint editor", "editor"),
  { name: "types", args: node("typescript/bin/tsc", "-b") },
  {
    name: "unit tests",
    args: node("vitest/vitest.mjs", "run", "--project", "unit", "--project", "dom", "--reporter=dot"),
  },
  {
    name: "format",
    args: node("prettier/bin/prettier.cjs", ".", "--check", "--cache", "--cache-strategy", "content"),
  },
  {
    name: "boundaries",
    args: node("dependency-cruiser/bin/dependency-cruise.mjs", "server", "workflows", "integrations", "editor", "bin"),
  },
  { name: "supply chain", args: ["--import", "tsx", "bin/checks/supply-chain.ts"] },
  { name: "built code", args: ["--import", "tsx", "bin/checks/built-code.ts"], tells: true },
  { name: "dead code", args: node("knip/bin/knip.js", "--cache", "--cache-location", "node_modules/.cache/knip") },
];
