const node = (script, ...args) => [`node_modules/${script}`, ...args];

/** What `npm run check` looks at, longest first; each is a Node program with its arguments. Caches stand in node_modules/.cache. */
export const CHECKS = [
  {
    name: "lint",
    args: node(
      "eslint/bin/eslint.js",
      ".",
      "--cache",
      "--cache-strategy",
      "content",
      "--cache-location",
      "node_modules/.cache/eslint/",
      "--max-warnings",
      "0",
    ),
  },
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
  { name: "dead code", args: node("knip/bin/knip.js", "--cache", "--cache-location", "node_modules/.cache/knip") },
];
