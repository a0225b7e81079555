import { z } from "zod";
import type { ConnectionFacts, ExactlyOnce } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { describedSchema, understood, type Described } from "./answers.js";
import type { SalesforceClient } from "./client.js";
import { signInKey, type SalesforceConnection } from "./sign-in.js";
import { sobjectPath } from "./soql.js";

/**
 * How a create is kept to once.
 * - `effect-object`: a row with a unique key is created in the same transaction as the record.
 * - `external-id`: the record itself carries a unique key.
 * - `none`: nothing can be looked up, so a doubt stays a doubt.
 */
export type Way = "effect-object" | "external-id" | "none";

/** What a check finds out and keeps with the connection. */
const factsSchema = z.object({
  exactlyOnce: z.enum(["effect-object", "external-id", "none"]),
  externalIdTask: z.boolean(),
  externalIdCase: z.boolean(),
});

export type Facts = z.infer<typeof factsSchema>;

export const EFFECT_OBJECT = "Loopwright_Effect__c";
export const KEY_FIELD = "Loopwright_Key__c";

export async function readFacts(client: SalesforceClient): Promise<Facts> {
  const [effect, task, kase] = await Promise.all([EFFECT_OBJECT, "Task", "Case"].map((name) => describe(client, name)));
  const externalIdTask = isUniqueKey(task, KEY_FIELD);
  const externalIdCase = isUniqueKey(kase, KEY_FIELD);
  const weaker = externalIdTask || externalIdCase ? "external-id" : "none";
  return { exactlyOnce: isEffectObject(effect) ? "effect-object" : weaker, externalIdTask, externalIdCase };
}

/** Null where the object does not exist, or this user may not see it. */
async function describe(client: SalesforceClient, object: string): Promise<Described | null> {
  try {
    return understood(describedSchema, await client.get(`${sobjectPath(object)}/describe`), { writes: false });
  } catch (error) {
    if (error instanceof ConnectorError && (error.code === "NOT_FOUND" || error.code === "INVALID_TYPE")) return null;
    throw error;
  }
}

const isEffectObject = (effect: Described | null | undefined): boolean =>
  isUniqueKey(effect, "Key__c") &&
  ["Object__c", "Record_Id__c"].every((name) =>
    effect?.fields.some((field) => field.name === name && field.updateable !== false),
  );

const isUniqueKey = (object: Described | null | undefined, name: string): boolean =>
  object?.fields.some(
    (field) => field.name === name && field.unique === true && field.externalId === true && field.createable !== false,
  ) ?? false;

const KEPT_MS = 600_000;
const described = new Map<string, { readonly facts: Facts; readonly until: number }>();

/** What the facts allow for one object; its own field counts for nothing else. */
function wayBy({ exactlyOnce, externalIdTask, externalIdCase }: Facts, object: string): Way {
  if (exactlyOnce === "effect-object") return "effect-object";
  const marked = { Task: externalIdTask, Case: externalIdCase }[object] ?? false;
  return marked ? "external-id" : "none";
}

/** As the editor tells it: nothing is promised of a connection that was never checked. */
export function exactlyOnceOf(object: string): (facts: ConnectionFacts) => ExactlyOnce {
  return (stored) => {
    const facts = factsSchema.safeParse(stored);
    return facts.success && wayBy(facts.data, object) !== "none" ? "proved" : "none";
  };
}

/** The facts that the check stored; a connection that was never checked is described once and remembered for ten minutes. */
export async function wayFor(object: string, client: SalesforceClient, connection: SalesforceConnection): Promise<Way> {
  const stored = factsSchema.safeParse(connection.config["facts"]);
  const facts = stored.success ? stored.data : await rememberedFacts(client, connection);
  return wayBy(facts, object);
}

async function rememberedFacts(client: SalesforceClient, connection: SalesforceConnection): Promise<Facts> {
  const key = signInKey(connection);
  const known = described.get(key);
  if (known && known.until > performance.now()) return known.facts;
  const facts = await readFacts(client);
  described.set(key, { facts, until: performance.now() + KEPT_MS });
  return facts;
}
