import type { Call, Found, LookUp, OutputField, Sent } from "../connector.js";
import { openSalesforce, type SalesforceClient } from "./client.js";
import type { SalesforceConfig, SalesforceSecret } from "./config.js";
import { createOnce, findCreated, type Created, type Creation } from "./create-once.js";
import { wayFor } from "./way.js";

/** What the three create steps share: open, look up the way, create or find, and word the result. */
export const recordOutput: Readonly<Record<string, OutputField>> = {
  id: { title: "Record id", type: "string", dataClass: "clear", sample: "00TRecordIdInSales" },
  url: { title: "Link", type: "string", dataClass: "clear", sample: "https://salesforce.example/00TRecordIdInSales" },
  alsoCreated: { title: "Doubled records", type: "string", dataClass: "clear", sample: "" },
};

export async function sendRecord(
  call: Call<SalesforceConfig, SalesforceSecret>,
  creationOf: (client: SalesforceClient) => Promise<Creation>,
): Promise<Sent> {
  const client = await openSalesforce(call);
  const creation = await creationOf(client);
  const way = await wayFor(creation.object, client, call.connection);
  return sent(client, await createOnce(client, way, call.key, creation));
}

export async function findRecord(
  object: Creation["object"],
  lookUp: LookUp<SalesforceConfig, SalesforceSecret>,
): Promise<Found> {
  const client = await openSalesforce(lookUp);
  const way = await wayFor(object, client, lookUp.connection);
  const found = await findCreated(client, way, { object, key: lookUp.key });
  return "kind" in found ? found : { kind: "found", sent: sent(client, found) };
}

function sent(client: SalesforceClient, { id, doubled }: Created): Sent {
  const url = recordUrl(client, id);
  return { externalId: id, url, output: { id, url, alsoCreated: doubled.join(", ") } };
}

/** Salesforce leads from the bare id to the record's page, whatever its object. */
export const recordUrl = (client: SalesforceClient, id: string): string => `${client.instanceUrl}/${id}`;

/** Inside a connection without any mark nothing can be looked up, so waiting would not help: the author's choice decides at once. */
export const recordDoubt = { windowMs: 0, waitsMs: [5_000] } as const;

export const RECORD_DEADLINE_MS = 30_000;
