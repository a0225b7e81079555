/** The house's import rules: who may know whom. Tests may reach further, because they put the parts together. */
const TEST = "(\\.test\\.tsx?$|/testing/|/e2e/|\\.config\\.ts$)";
const only = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from, pathNot: TEST },
  to: { path: "^(workflows|integrations|server|editor|bin)/", pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    { name: "no-unknown", severity: "error", from: { pathNot: TEST }, to: { couldNotResolve: true, pathNot: "dist/" } },
    {
      name: "nothing-runs-code-that-came-as-text",
      severity: "error",
      comment: "In every form of import. bin/supervisor/tidy-memory.ts reaches the garbage collector by it.",
      from: { pathNot: `${TEST}|^bin/supervisor/tidy-memory\\.ts$` },
      to: { path: "^(node:)?vm$|node_modules/(vm2|isolated-vm)/" },
    },
    {
      name: "the-product-starts-no-programs",
      severity: "error",
      from: { path: "^(server|workflows|integrations|editor)/", pathNot: TEST },
      to: { path: "^(node:)?(child_process|cluster)$" },
    },
    only("flow-is-pure", "^workflows/flow/", "^workflows/flow/", "The language knows nothing but itself."),
    {
      name: "flow-has-few-libraries",
      severity: "error",
      from: { path: "^workflows/flow/", pathNot: TEST },
      to: {
        dependencyTypes: ["npm", "npm-dev", "core"],
        pathNot: "node_modules/(zod|@marcbachmann/cel-js|liquidjs|re2js)/",
      },
    },
    only("ledger-knows-the-flow", "^workflows/ledger/", "^workflows/(flow|ledger)/|^workflows/ports\\.ts$"),
    only("execution-knows-features-as-ports", "^workflows/temporal/", "^(workflows|integrations)/"),
    only("integrations-stand-alone", "^integrations/", "^integrations/"),
    {
      name: "connectors-do-not-know-each-other",
      severity: "error",
      from: { path: "^integrations/([^/]+)/", pathNot: TEST },
      to: { path: "^integrations/[^/]+/", pathNot: "^integrations/$1/" },
    },
    only(
      "http-and-db-are-plumbing",
      "^server/(http|db)/",
      "^server/(http|db|errors|members/(authorize|permissions|[a-z]+-api))|^workflows/ledger/|^integrations/json\\.ts$",
    ),
    only("pages-know-contracts-only", "^editor/", "^editor/|^workflows/flow/|^server/[^/]+/[^/]+-api\\.ts$"),
    only(
      "contracts-are-browser-safe",
      "^server/[^/]+/[^/]+-api\\.ts$",
      "^server/[^/]+/[^/]+-api\\.ts$|^workflows/flow/",
    ),
    {
      name: "server-starts-execution-through-its-client",
      severity: "error",
      from: { path: "^server/", pathNot: `${TEST}|^server/(main|worker|runtime|config)\\.ts$` },
      to: { path: "^workflows/temporal/", pathNot: "^workflows/temporal/client\\.ts$" },
    },
    {
      name: "workflow-code-is-replayed",
      severity: "error",
      from: { path: "^workflows/temporal/(drive|advancing|messages|workflows)|\\.workflow\\.ts$", pathNot: TEST },
      to: {
        pathNot: "^workflows/temporal/|node_modules/@temporalio/(workflow|common)/",
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^dist/|\\.loopwright|integrations/sandbox/page/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.tests.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
