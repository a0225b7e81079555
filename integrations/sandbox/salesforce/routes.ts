import type { Handler } from "./call.js";
import { compositeHandler } from "./composite.js";
import { describe, describeBasic, describeGlobal } from "./describe.js";
import { query, queryMore } from "./query.js";
import {
  createRecord, deleteByExternalId, deleteRecord, readByExternalId, readRecord, updateRecord, upsertRecord,
} from "./sobjects.js"; // prettier-ignore
import { createUiRecord } from "./ui-api.js";
import { listResources } from "./versions.js";

export interface Route {
  readonly method: string;
  /** Below /services/data/vNN.0. */
  readonly pattern: string;
  readonly writes: boolean;
  readonly handle: Handler;
}

const reads = (pattern: string, handle: Handler): Route => ({ method: "GET", pattern, writes: false, handle });
const writes = (method: string, pattern: string, handle: Handler): Route => ({ method, pattern, writes: true, handle });

const RECORD = "/sobjects/{sobject}/{id}";
const EXTERNAL = "/sobjects/{sobject}/{field}/{value}";

/** What may also stand inside a composite request. */
const RECORD_ROUTES: readonly Route[] = [
  reads("/sobjects", describeGlobal),
  reads("/sobjects/{sobject}", describeBasic),
  writes("POST", "/sobjects/{sobject}", createRecord),
  reads("/sobjects/{sobject}/describe", describe),
  reads(RECORD, readRecord),
  writes("PATCH", RECORD, updateRecord),
  writes("DELETE", RECORD, deleteRecord),
  reads(EXTERNAL, readByExternalId),
  writes("PATCH", EXTERNAL, upsertRecord),
  writes("DELETE", EXTERNAL, deleteByExternalId),
  reads("/query", query),
  reads("/query/{cursor}", queryMore),
];

export const ROUTES: readonly Route[] = [
  ...RECORD_ROUTES,
  reads("", listResources),
  writes("POST", "/composite", compositeHandler(RECORD_ROUTES)),
  writes("POST", "/ui-api/records", createUiRecord),
];
