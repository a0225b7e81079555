import type { SandboxReply } from "../system.js";
import { NO_CONTENT, ok, param, root, type SalesforceCall } from "./call.js";
import { existing, insert, remove, update } from "./dml.js";
import { fail, notFound } from "./failure.js";
import type { Field } from "./field.js";
import { parseValue } from "./field-values.js";
import type { Json } from "./json.js";
import type { Sobject } from "./objects.js";
import type { Row } from "./records.js";
import { externalIdOf, fieldOf } from "./schema.js";
import { attributes } from "./soql-run.js";

export function createRecord(call: SalesforceCall): SandboxReply {
  const sobject = sobjectOf(call);
  const { Id } = insert(call, sobject, call.body());
  const headers = { Location: `${root(call)}/sobjects/${sobject.name}/${Id}` };
  return { status: 201, headers, body: { id: Id, success: true, errors: [] } };
}

export function readRecord(call: SalesforceCall): SandboxReply {
  const sobject = sobjectOf(call);
  return ok(render(call, sobject, existing(call, sobject, param(call, "id"))));
}

export function updateRecord(call: SalesforceCall): SandboxReply {
  update(call, sobjectOf(call), { id: param(call, "id"), body: call.body() });
  return NO_CONTENT;
}

export function deleteRecord(call: SalesforceCall): SandboxReply {
  remove(call, sobjectOf(call), param(call, "id"));
  return NO_CONTENT;
}

export function readByExternalId(call: SalesforceCall): SandboxReply {
  const sobject = sobjectOf(call);
  const [row, ...more] = recordsByExternalId(call, sobject, keyField(call, sobject));
  if (!row) return notFound();
  return more.length > 0 ? choices(call, sobject, [row, ...more]) : ok(render(call, sobject, row));
}

/** 201 created, 200 updated, 300 when the value fits several records. Source: REST API Developer Guide, "Insert or Update (Upsert) a Record". */
export function upsertRecord(call: SalesforceCall): SandboxReply {
  const sobject = sobjectOf(call);
  const field = keyField(call, sobject);
  const body = call.body();
  const repeated = Object.keys(body).find((name) => name.toLowerCase() === field.name.toLowerCase());
  if (repeated) fail("INVALID_FIELD", `The ${field.name} field should not be specified in the sobject data.`);
  const [before, ...more] = recordsByExternalId(call, sobject, field);
  if (before && more.length > 0) return choices(call, sobject, [before, ...more]);
  if (before) {
    update(call, sobject, { id: before.Id, body });
    return ok({ id: before.Id, success: true, errors: [], created: false });
  }
  const { Id } = insert(call, sobject, { ...body, [field.name]: param(call, "value") });
  return { status: 201, body: { id: Id, success: true, errors: [], created: true } };
}

export function deleteByExternalId(call: SalesforceCall): SandboxReply {
  const sobject = sobjectOf(call);
  const [row, ...more] = recordsByExternalId(call, sobject, keyField(call, sobject));
  if (!row) return notFound();
  if (more.length > 0) return choices(call, sobject, [row, ...more]);
  remove(call, sobject, row.Id);
  return NO_CONTENT;
}

function sobjectOf(call: SalesforceCall): Sobject {
  return call.schema.resource(param(call, "sobject"));
}

function keyField(call: SalesforceCall, sobject: Sobject): Field {
  return externalIdOf(sobject, param(call, "field"));
}

function recordsByExternalId(call: SalesforceCall, sobject: Sobject, field: Field): Row[] {
  const parsed = parseValue(field, param(call, "value"));
  const wanted = "value" in parsed ? parsed.value : undefined;
  return call.records.all(sobject.name).filter((row) => row[field.name] === wanted);
}

function choices(call: SalesforceCall, sobject: Sobject, rows: readonly Row[]): SandboxReply {
  return { status: 300, body: rows.map(({ Id }) => `${root(call)}/sobjects/${sobject.name}/${Id}`) };
}

function render(call: SalesforceCall, sobject: Sobject, row: Row): Json {
  const asked = call.query
    .get("fields")
    ?.split(",")
    .map((name) => name.trim());
  const fields = asked?.map(
    (name) =>
      fieldOf(sobject, name) ?? fail("INVALID_FIELD", `No such column '${name}' on sobject of type ${sobject.name}`),
  );
  const shown = fields ?? sobject.fields;
  // The Id comes along whether it was asked for or not.
  const values = Object.fromEntries(shown.map(({ name }) => [name, row[name] ?? null]));
  return { attributes: attributes(root(call), sobject.name, row.Id), ...values, Id: row.Id };
}
