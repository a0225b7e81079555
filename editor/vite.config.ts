import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = process.env["LOOPWRIGHT_API_URL"] ?? "http://127.0.0.1:4000";

const isPackage = (id: string, names: readonly string[]) =>
  names.some((name) => id.includes(`/node_modules/${name}/`) || id.includes(`/node_modules/${name}-`));

/** What every page needs, split by how often it changes. The canvas and CodeMirror come with the pages that import them. */
const groups: readonly { readonly name: string; readonly packages: readonly string[]; readonly module?: string }[] = [
  { name: "react", packages: ["react", "react-dom", "scheduler", "@tanstack", "i18next", "react-i18next"] },
  // In one chunk with zod, so that it runs before any schema is made.
  { name: "zod", packages: ["zod"], module: "/editor/ui/no-generated-code.ts" },
  { name: "mantine", packages: ["@mantine", "@floating-ui", "react-remove-scroll"] },
  { name: "code", packages: ["@codemirror", "@lezer", "@uiw", "@marijn", "style-mod", "w3c-keyname", "crelt"] },
  { name: "canvas", packages: ["@xyflow", "d3"] },
  { name: "layout", packages: ["@dagrejs"] },
];

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
          groups: groups.map(({ name, packages, module }) => ({
            name,
            test: (id: string) => isPackage(id, packages) || (module !== undefined && id.endsWith(module)),
          })),
        },
      },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/api": API } },
});
