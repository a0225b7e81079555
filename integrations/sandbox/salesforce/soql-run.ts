import { fail } from "./failure.js";
import type { Json } from "./json.js";
import type { Sobject } from "./objects.js";
import type { Records, Row } from "./records.js";
import type { Schema } from "./schema.js";
import type { SoqlQuery } from "./soql.js";
import { followOne, resolvePath, valueAt, type Resolved } from "./soql-fields.js";
import { comparable, compile } from "./soql-match.js";
import { pointAt } from "./soql-tokens.js";

export interface QueryScope {
  readonly schema: Schema;
  readonly records: Records;
  /** "/services/data/v62.0" */
  readonly root: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly render: (row: Row) => Json;
}

export function runSoql(query: SoqlQuery, scope: QueryScope): Rows {
  const from = scope.schema.find(query.from) ?? noType(query);
  const select = query.select.map((path) => resolvePath(scope.schema, from, path, query));
  const test = compile(query.where, { schema: scope.schema, from, query });
  const order = query.orderBy.map(({ path, ...how }) => ({
    ...how,
    resolved: resolvePath(scope.schema, from, path, query),
  }));
  const found = scope.records.all(from.name).filter((row) => test(row, scope.records));
  const sorted = order.length > 0 ? [...found].sort(comparing(order, scope.records)) : found;
  const end = query.limit === undefined ? undefined : query.offset + query.limit;
  return { rows: sorted.slice(query.offset, end), render: (row) => renderSelected(scope, from, row, select) };
}

function noType(query: SoqlQuery): never {
  const complaint = `sObject type '${query.from}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  return fail("INVALID_TYPE", pointAt(query.text, query.fromAt, complaint));
}

interface Order {
  readonly resolved: Resolved;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

function comparing(order: readonly Order[], records: Records) {
  return (first: Row, second: Row): number => {
    for (const { resolved, descending, nullsLast } of order) {
      const [left, right] = [first, second].map((row) => comparable(resolved.field, valueAt(row, resolved, records)));
      if (left === right || left === undefined || right === undefined) continue;
      if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
      return left < right === descending ? 1 : -1;
    }
    return 0;
  };
}

export function attributes(root: string, type: string, id: string): Json {
  return { type, url: `${root}/sobjects/${type}/${id}` };
}

/** Parent fields are nested under their relationship, which is null when the reference is empty. */
function renderSelected(scope: QueryScope, from: Sobject, row: Row, select: readonly Resolved[]): Json {
  const record: Json = { attributes: attributes(scope.root, from.name, row.Id) };
  for (const { steps, field } of select) {
    const [step, ...rest] = steps;
    if (!step) record[field.name] = row[field.name] ?? null;
    else {
      const name = step.field.relationshipName ?? "";
      const parent = followOne(row, step.field, scope.records);
      const inner = parent && renderSelected(scope, step.parent, parent, [{ steps: rest, field }]);
      const earlier = record[name];
      record[name] = inner && { ...(typeof earlier === "object" ? earlier : {}), ...inner };
    }
  }
  return record;
}
