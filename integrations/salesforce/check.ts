import type { ConnectionCheck } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { identitySchema, limitsSchema, understood } from "./answers.js";
import { openSalesforce, type SalesforceClient } from "./client.js";
import type { SalesforceConnection } from "./sign-in.js";
import { readFacts, type Facts } from "./way.js";

const DEADLINE_MS = 30_000;
const READ = { writes: false };
/** Below this share of the day's API calls, people should know. */
const SCARCE = 0.1;

type Note = ConnectionCheck["notes"][number];

export async function checkSalesforce(connection: SalesforceConnection, signal: AbortSignal): Promise<ConnectionCheck> {
  const client = await openSalesforce({ connection, signal, deadlineMs: DEADLINE_MS });
  const [account, facts, limits] = await Promise.all([accountName(client), readFacts(client), limitNote(client)]);
  return {
    account,
    target: new URL(client.instanceUrl).host,
    notes: [onceNote(facts), limits].toSorted((a, b) => Number(a.level === "ok") - Number(b.level === "ok")),
    facts: { ...facts, apiVersion: connection.config.apiVersion, instanceUrl: client.instanceUrl },
  };
}

/**
 * The identity address, asked on the organisation's own host with the token in a header: jsforce's `identity()` puts the token into the
 * address. A token without that scope still works, so its user's id is enough then.
 */
async function accountName(client: SalesforceClient): Promise<string> {
  const { pathname } = new URL(client.identityUrl);
  try {
    const { username, display_name } = understood(
      identitySchema,
      await client.get(`${client.instanceUrl}${pathname}`),
      READ,
    );
    return display_name ? `${display_name} (${username})` : username;
  } catch (error) {
    if (error instanceof ConnectorError && error.outcome === "REJECTED")
      return `user ${pathname.split("/").at(-1) ?? ""}`;
    throw error;
  }
}

async function limitNote(client: SalesforceClient): Promise<Note> {
  const { Max, Remaining } = understood(limitsSchema, await client.get("/limits"), READ).DailyApiRequests;
  const message = `${Remaining} of ${Max} API calls are left today.`;
  return { level: Remaining < Max * SCARCE ? "warning" : "ok", message };
}

function onceNote(facts: Facts): Note {
  if (facts.exactlyOnce === "effect-object")
    return {
      level: "ok",
      message: "Tasks, cases and notes are created exactly once: the Loopwright_Effect__c object is installed.",
    };
  const marked = [...(facts.externalIdTask ? ["Tasks"] : []), ...(facts.externalIdCase ? ["Cases"] : [])];
  if (marked.length === 0)
    return {
      level: "warning",
      message:
        "Creates are parked when in doubt: a lost answer waits for a person. Deploy Loopwright's Salesforce metadata to have each created exactly once.",
    };
  return {
    level: "warning",
    message: `${marked.join(" and ")} are created exactly once by their Loopwright_Key__c field; everything else is parked when in doubt.`,
  };
}
