import { createRequire } from "node:module";
import { z } from "zod";

/** From package.json, which stands two folders up in the sources and in the build alike. */
const manifest: unknown = createRequire(import.meta.url)(
  import.meta.url.includes("/dist/") ? "../../package.json" : "../package.json",
);

export const VERSION = z.object({ version: z.string() }).parse(manifest).version;
