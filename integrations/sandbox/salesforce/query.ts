import type { SandboxReply } from "../system.js";
import { ok, param, root, type SalesforceCall } from "./call.js";
import { fail } from "./failure.js";
import { makeId } from "./ids.js";
import type { Json } from "./json.js";
import { refusedQuery } from "./refusals.js";
import { parseSoql } from "./soql.js";
import { runSoql } from "./soql-run.js";

const BATCH = 2_000;

/** A cursor remembers the query, not its rows: what changes meanwhile may shift its pages. */
interface CursorRow {
  readonly Id: string;
  readonly soql: string;
  readonly batch: number;
}

const cursors = (call: SalesforceCall) => call.world.collection<CursorRow>("salesforce", "_cursors");

export function query(call: SalesforceCall): SandboxReply {
  refusedQuery(call.world);
  const soql = call.query.get("q") ?? fail("MALFORMED_QUERY", "A query string has to be specified");
  return answer(call, soql, { start: 0, batch: batchOf(call) });
}

export function queryMore(call: SalesforceCall): SandboxReply {
  refusedQuery(call.world);
  const [id = "", start = ""] = param(call, "cursor").split("-");
  const cursor = cursors(call).get(id);
  if (!cursor || !/^\d+$/.test(start)) return fail("INVALID_QUERY_LOCATOR", "invalid query locator");
  return answer(call, cursor.soql, { start: Number(start), batch: cursor.batch, cursor });
}

interface Page {
  readonly start: number;
  readonly batch: number;
  readonly cursor?: CursorRow;
}

function answer(call: SalesforceCall, soql: string, { start, batch, cursor }: Page): SandboxReply {
  const parsed = parseSoql(soql);
  const { rows, render } = runSoql(parsed, { schema: call.schema, records: call.records, root: root(call) });
  if (parsed.count) return ok({ totalSize: rows.length, done: true, records: [] });
  const records = rows.slice(start, start + batch).map(render);
  const end = start + records.length;
  const whole: Json = { totalSize: rows.length, done: end >= rows.length };
  if (end >= rows.length) return ok({ ...whole, records });
  const { Id } = cursor ?? keepCursor(call, soql, batch);
  return ok({ ...whole, nextRecordsUrl: `${root(call)}/query/${Id}-${end}`, records });
}

function keepCursor(call: SalesforceCall, soql: string, batch: number): CursorRow {
  const cursor = { Id: makeId("01g", call.world.nextNumber("salesforce_cursor")), soql, batch };
  cursors(call).put(cursor.Id, cursor);
  return cursor;
}

/** `Sforce-Query-Options: batchSize=200`; between 200 and 2,000. */
function batchOf(call: SalesforceCall): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(call.request.headers["sforce-query-options"] ?? "")?.[1];
  return asked === undefined ? BATCH : Math.min(BATCH, Math.max(200, Number(asked)));
}
