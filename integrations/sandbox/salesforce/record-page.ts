import type { SandboxReply, World } from "../system.js";
import { canonicalId } from "./ids.js";
import { escapeXml } from "./markup.js";
import type { Row } from "./records.js";
import type { Schema } from "./schema.js";

const HTML = { "Content-Type": "text/html; charset=utf-8" };

/** "/00T…" and "/lightning/r/Task/00T…/view": what a record's link opens in a browser, without a token. */
export function recordIdIn(path: string): string | undefined {
  const id = /^\/(?:lightning\/r\/(?:\w+\/)?)?([0-9A-Za-z]{15}|[0-9A-Za-z]{18})(?:\/view)?$/.exec(path)?.[1];
  return id === undefined ? undefined : canonicalId(id);
}

export function recordPage(world: World, schema: Schema, id: string): SandboxReply {
  for (const { name, label, nameField } of schema.byPrefix(id)) {
    const row = world.collection<Row>("salesforce", name).get(id);
    if (row) return { status: 200, headers: HTML, body: page(`${label}: ${String(row[nameField] ?? id)}`, table(row)) };
  }
  return {
    status: 404,
    headers: HTML,
    body: page("Not found", `<p>There is no record ${escapeXml(id)} in the sandbox.</p>`),
  };
}

function table(row: Row): string {
  const shown = Object.entries(row).filter(([, value]) => value !== null && value !== "");
  const lines = shown.map(
    ([name, value]) => `<tr><th>${escapeXml(name)}</th><td>${escapeXml(readable(name, value))}</td></tr>`,
  );
  return `<table>${lines.join("")}</table>`;
}

/** A note's text is stored as base64. */
function readable(name: string, value: unknown): string {
  return name === "Content" ? Buffer.from(String(value), "base64").toString("utf8") : String(value);
}

function page(title: string, content: string): string {
  const safe = escapeXml(title);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe}</title></head><body><h1>${safe}</h1>${content}<p>Salesforce in the Loopwright sandbox</p></body></html>`;
}
