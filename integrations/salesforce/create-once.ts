import { z } from "zod";
import type { Found } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { compositeSchema, effectsSchema, recordIdSchema, savedSchema, understood } from "./answers.js";
import type { SalesforceClient } from "./client.js";
import { classify, readErrors } from "./errors.js";
import { queryPath, sobjectPath, soqlText } from "./soql.js";
import { EFFECT_OBJECT, KEY_FIELD, type Way } from "./way.js";

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** A record to be created once, and what belongs to it: `@{record.id}` in the companions' fields stands for its id. */
export interface Creation {
  readonly object: "Task" | "Case" | "ContentNote";
  readonly fields: Fields;
  readonly companions: readonly { readonly object: string; readonly fields: Fields }[];
}

/** The id of the created record, and the ids of others that carry the same key. */
export interface Created {
  readonly id: string;
  readonly doubled: readonly string[];
}

const WRITE = { writes: true };
const READ = { writes: false };

export async function createOnce(
  client: SalesforceClient,
  way: Way,
  key: string,
  creation: Creation,
): Promise<Created> {
  if (way === "effect-object") return createWithEffect(client, key, creation);
  if (way === "external-id") return upsert(client, key, creation);
  return createPlainly(client, creation);
}

/** `absent` is proof with either mark: both are read from the database itself, not from an index. */
export async function findCreated(
  client: SalesforceClient,
  way: Way,
  ask: { object: string; key: string },
): Promise<Created | Exclude<Found, { kind: "found" }>> {
  if (way === "none")
    return {
      kind: "inconclusive",
      reason:
        "This Salesforce has neither the Loopwright_Effect__c object nor a Loopwright_Key__c field to look it up by",
    };
  const created =
    way === "effect-object" ? await effectRow(client, ask.key) : await byExternalId(client, ask.object, ask.key);
  return created ?? { kind: "absent" };
}

/**
 * One transaction: the effect's row, the record, and the record's id on the row. A repeat fails on the row's unique key and rolls back,
 * also when two attempts run at once. The outer answer is 200 even then.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 */
async function createWithEffect(client: SalesforceClient, key: string, creation: Creation): Promise<Created> {
  const effectPath = sobjectPath(EFFECT_OBJECT);
  const results = await composite(client, [
    { method: "POST", path: effectPath, referenceId: "effect", body: { Key__c: key, Object__c: creation.object } },
    ...creationRequests(creation),
    {
      method: "PATCH",
      path: `${effectPath}/@{effect.id}`,
      referenceId: "link",
      body: { Record_Id__c: "@{record.id}" },
    },
  ]);
  if (results.get("effect")?.codes.includes("DUPLICATE_VALUE")) return earlierCreation(client, key);
  return idOf(results);
}

async function earlierCreation(client: SalesforceClient, key: string): Promise<Created> {
  const created = await effectRow(client, key);
  if (created) return created;
  const message = "Salesforce says that this was created before, but its effect row cannot be seen by this user";
  throw new ConnectorError({ outcome: "AMBIGUOUS", code: "effect_row_hidden", message });
}

async function effectRow(client: SalesforceClient, key: string): Promise<Created | null> {
  const soql = `SELECT Object__c, Record_Id__c FROM ${EFFECT_OBJECT} WHERE Key__c = ${soqlText(key)} LIMIT 1`;
  const { records } = understood(effectsSchema, await client.get(queryPath(soql)), READ);
  const id = records[0]?.Record_Id__c;
  return id ? { id, doubled: [] } : null;
}

/** Looks first, so that a repeat does not overwrite what people have changed since. */
async function upsert(client: SalesforceClient, key: string, creation: Creation): Promise<Created> {
  const before = await byExternalId(client, creation.object, key);
  if (before) return before;
  try {
    const answer = await client.patch(sobjectPath(creation.object, KEY_FIELD, key), creation.fields);
    return { id: understood(savedSchema, answer, WRITE).id, doubled: [] };
  } catch (error) {
    return severalRecords(error);
  }
}

async function byExternalId(client: SalesforceClient, object: string, key: string): Promise<Created | null> {
  try {
    const answer = await client.get(`${sobjectPath(object, KEY_FIELD, key)}?fields=Id`);
    return { id: understood(z.object({ Id: recordIdSchema }), answer, READ).Id, doubled: [] };
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "NOT_FOUND") return null;
    return severalRecords(error);
  }
}

const choicesSchema = z.object({ data: z.array(z.string()).min(1) });

/** 300: several records carry the key, which a non-unique field allowed. The lowest id is the first one created. */
function severalRecords(error: unknown): Created {
  const choices =
    error instanceof ConnectorError && error.code === "MULTIPLE_CHOICES" ? choicesSchema.safeParse(error.cause) : null;
  if (!choices?.success) throw error;
  const [id, ...doubled] = choices.data.data.map((address) => address.split("/").at(-1) ?? "").toSorted();
  return { id: understood(recordIdSchema, id, READ), doubled };
}

async function createPlainly(client: SalesforceClient, creation: Creation): Promise<Created> {
  if (creation.companions.length > 0) return idOf(await composite(client, creationRequests(creation)));
  const answer = await client.post(sobjectPath(creation.object), creation.fields);
  return { id: understood(savedSchema, answer, WRITE).id, doubled: [] };
}

interface SubRequest {
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly referenceId: string;
  readonly body: Fields;
}

const creationRequests = ({ object, fields, companions }: Creation): SubRequest[] => [
  { method: "POST", path: sobjectPath(object), referenceId: "record", body: fields },
  ...companions.map((companion, index) => ({
    method: "POST" as const,
    path: sobjectPath(companion.object),
    referenceId: `companion${index}`,
    body: companion.fields,
  })),
];

interface SubResult {
  readonly status: number;
  readonly body: unknown;
  readonly codes: readonly string[];
}

type Results = ReadonlyMap<string, SubResult>;

async function composite(client: SalesforceClient, requests: readonly SubRequest[]): Promise<Results> {
  const compositeRequest = requests.map(({ path, ...request }) => ({ ...request, url: `${client.root}${path}` }));
  const answer = await client.post("/composite", { allOrNone: true, compositeRequest });
  const { compositeResponse } = understood(compositeSchema, answer, WRITE);
  const results = compositeResponse.map(({ referenceId, httpStatusCode, body }): [string, SubResult] => {
    const codes = httpStatusCode >= 400 ? readErrors(body).map(({ errorCode }) => errorCode) : [];
    return [referenceId, { status: httpStatusCode, body, codes }];
  });
  return new Map(results);
}

function idOf(results: Results): Created {
  const failed = [...results.values()].filter(({ status }) => status >= 300);
  const telling = failed.find(({ codes }) => codes.some((code) => code !== "PROCESSING_HALTED")) ?? failed[0];
  if (telling)
    throw classify(
      failed.flatMap(({ body }) => readErrors(body)),
      { status: telling.status, ...WRITE },
    );
  return { id: understood(savedSchema, results.get("record")?.body, WRITE).id, doubled: [] };
}
