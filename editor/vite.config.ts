import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = process.env["LOOPWRIGHT_API_URL"] ?? "http://127.0.0.1:4000";

const isPackage = (id: string, names: readonly string[]) =>
  names.some((name) => id.includes(`/node_modules/${name}/`) || id.includes(`/node_modules/${name}-`));

/** What every page needs, split by how often it changes. The canvas and CodeMirror come with the pages that import them. */
const groups = [
  { name: "react", packages: ["react", "react-dom", "scheduler", "@tanstack", "i18next", "react-i18next", "zod"] },
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
    sourcemap: false,
    /** Inlined fonts would need `data:` in the content security policy. */
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: groups.map(({ name, packages }) => ({ name, test: (id: string) => isPackage(id, packages) })),
        },
      },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/api": API } },
});
