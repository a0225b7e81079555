import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = process.env["LOOPWRIGHT_API_URL"] ?? "http://127.0.0.1:4000";

const isPackage = (id: string, names: readonly string[]) => names.some((name) => id.includes(`/node_modules/${name}/`));
const isUnder = (id: string, scopes: readonly string[]) =>
  scopes.some((scope) => id.includes(`/node_modules/${scope}`));

interface Group {
  readonly name: string;
  readonly packages?: readonly string[];
  /** What the names of its packages begin with. */
  readonly scopes?: readonly string[];
  readonly module?: string;
  /** Of its packages, the parts that few pages need: they come with those. */
  readonly except?: RegExp;
}

const FEW_PAGES =
  /\/components\/(Autocomplete|Checkbox|Chip|Drawer|FloatingIndicator|Highlight|MultiSelect|NumberInput|PasswordInput|Pill|PillsInput|Radio|SegmentedControl|Slider|Switch|Table|Tabs|TagsInput|Textarea)\/|use-pills-reorder/;

/** What every page needs, split by how often it changes. The canvas and CodeMirror come with the pages that import them. */
const groups: readonly Group[] = [
  {
    name: "react",
    packages: [
      ...["react", "react-dom", "scheduler", "i18next", "react-i18next", "@tanstack/history"],
      ...["react-transition-group", "@babel/runtime"],
    ],
    scopes: ["@tanstack/router", "@tanstack/react-router", "@tanstack/query", "@tanstack/react-query"],
  },
  // In one chunk with zod, so that it runs before any schema is made.
  { name: "zod", packages: ["zod"], module: "/editor/ui/no-generated-code.ts" },
  {
    name: "mantine",
    scopes: ["@mantine/core", "@mantine/hooks", "@floating-ui", "react-remove-scroll"],
    except: FEW_PAGES,
  },
  {
    name: "code",
    packages: ["style-mod", "w3c-keyname", "crelt"],
    scopes: ["@codemirror", "@lezer", "@uiw", "@marijn"],
  },
  { name: "canvas", scopes: ["@xyflow", "d3-"] },
  { name: "layout", scopes: ["@dagrejs"] },
];

const isIn = ({ packages = [], scopes = [], module, except }: Group, id: string): boolean =>
  (module !== undefined && id.endsWith(module)) ||
  ((isPackage(id, packages) || isUnder(id, scopes)) && except?.test(id) !== true);

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../dist/editor", import.meta.url)),
    emptyOutDir: true,
    /** For the check of how much script each page brings. */
    manifest: true,
    sourcemap: false,
    /** Inlined fonts would need `data:` in the content security policy. */
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: groups.map((group) => ({ name: group.name, test: (id: string) => isIn(group, id) })),
        },
      },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/api": API } },
});
