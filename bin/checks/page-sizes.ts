import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beyond, chunksOf, manifestSchema } from "./page-chunks.js";

const ENGLISH = "i18n/en.ts";

interface PageSize {
  readonly what: string;
  /** Of its script, compressed. */
  readonly bytes: number;
  readonly budget: number;
}

/** How much script the pages bring that the budgets are about. `dist` is the built editor. */
export function pageSizes(dist: string): PageSize[] {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")));
  const gzipped = (files: ReadonlySet<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
  const list = chunksOf(manifest, ["index.html", ENGLISH, "flows/flows-page.tsx"]);
  const canvas = beyond(chunksOf(manifest, ["flows/flow-page.tsx"]), list);
  return [
    { what: "the list of flows", bytes: gzipped(list), budget: 335_000 },
    { what: "a flow's canvas, beyond that", bytes: gzipped(canvas), budget: 200_000 },
  ];
}

const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`;

export const pageSizeWords = ({ what, bytes }: PageSize): string => `script of ${what}: ${kB(bytes)}`;

export const pageSizeProblems = (sizes: readonly PageSize[]): string[] =>
  sizes.flatMap(({ what, bytes, budget }) =>
    bytes > budget
      ? [
          `The script of ${what} is ${bytes} bytes; it may be ${budget}. Import later what it does not need at once, or say here why it may be more.`,
        ]
      : [],
  );
