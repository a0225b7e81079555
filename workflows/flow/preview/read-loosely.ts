import { nodes } from "../nodes/index.js";
import type { DraftNode } from "../schema.js";

const NOT_YET = "…";

/** A form that lacks something beside its texts is read with a mark in its place; undefined: it cannot be read even so. */
export function readLoosely({ type, config }: DraftNode): unknown {
  const schema = nodes[type].config;
  const read = schema.safeParse(config);
  if (read.success) return read.data;
  const empty = read.error.issues.flatMap(({ path: [name, ...deeper] }) =>
    typeof name === "string" && deeper.length === 0 && (config[name] ?? "") === "" ? [[name, NOT_YET]] : [],
  );
  return schema.safeParse({ ...config, ...Object.fromEntries(empty) }).data;
}
