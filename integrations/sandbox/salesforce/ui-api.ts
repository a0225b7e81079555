import { createHash } from "node:crypto";
import type { SandboxReply } from "../system.js";
import type { SalesforceCall } from "./call.js";
import { insert } from "./dml.js";
import { fail } from "./failure.js";
import { isJson, text } from "./json.js";
import type { Sobject } from "./objects.js";
import type { Row } from "./records.js";

interface KeptReply {
  readonly Id: string;
  readonly request: string;
  readonly reply: SandboxReply;
  readonly at: number;
}

const KEPT_MS = 30 * 86_400_000;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * POST /ui-api/records, the one create that takes an `Idempotency-Key` (UUID v4, kept 30 days): a repeat gets the first answer again.
 * Source: User Interface API Developer Guide, "Create a Record", "Idempotent Record Writes".
 */
export function createUiRecord(call: SalesforceCall): SandboxReply {
  const key = call.request.headers["idempotency-key"];
  if (key === undefined) return create(call);
  if (!UUID_V4.test(key)) fail("INVALID_INPUT", "The Idempotency-Key header must be a version 4 UUID.");
  const kept = call.world.collection<KeptReply>("salesforce", "_idempotency");
  const request = createHash("sha256").update(call.request.body).digest("hex");
  const earlier = kept.get(key);
  if (earlier && earlier.at + KEPT_MS > call.world.now()) {
    if (earlier.request !== request) fail("INVALID_INPUT", "The Idempotency-Key was used before with another request.");
    return earlier.reply;
  }
  const reply = create(call);
  kept.put(key, { Id: key, request, reply, at: call.world.now() });
  return reply;
}

function create(call: SalesforceCall): SandboxReply {
  const body = call.body();
  const name = text(body["apiName"]) ?? "";
  const sobject = call.schema.find(name);
  if (sobject?.inUiApi !== true) return fail("INVALID_TYPE", `Object ${name} is not supported in UI API`);
  const row = insert(call, sobject, isJson(body["fields"]) ? body["fields"] : {});
  return { status: 201, body: represent(sobject, row) };
}

function represent(sobject: Sobject, row: Row): object {
  const fields = Object.fromEntries(
    sobject.fields.map(({ name }) => [name, { displayValue: null, value: row[name] ?? null }]),
  );
  const eTag = createHash("md5").update(JSON.stringify(row)).digest("hex");
  return {
    apiName: sobject.name,
    childRelationships: {},
    eTag,
    fields,
    id: row.Id,
    lastModifiedById: row["LastModifiedById"],
    lastModifiedDate: row["LastModifiedDate"],
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp: row.SystemModstamp,
    weakEtag: Date.parse(row.SystemModstamp),
  };
}
