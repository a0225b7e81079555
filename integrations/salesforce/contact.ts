import { z } from "zod";
import { ConnectorError } from "../outcome.js";
import { contactsSchema, understood } from "./answers.js";
import type { SalesforceClient } from "./client.js";
import { queryPath, soqlText } from "./soql.js";

export interface Contact {
  readonly id: string;
  readonly accountId: string | null;
  /** Other contacts have the same e-mail; this one is the oldest. */
  readonly several: boolean;
}

export const contactEmailField = z.string().meta({
  title: "Contact's e-mail",
  template: true,
  description: "The contact with this e-mail in Salesforce",
});

export const ifNoContactField = z.enum(["fail", "account-less"]).default("fail").meta({
  title: "If there is no such contact",
  description: "“account-less” creates it without a contact or an account",
  advanced: true,
});

export async function findContact(client: SalesforceClient, email: string): Promise<Contact | null> {
  const address = email.trim();
  if (address === "") return null;
  const soql = `SELECT Id, AccountId FROM Contact WHERE Email = ${soqlText(address)} ORDER BY CreatedDate ASC LIMIT 2`;
  const { records } = understood(contactsSchema, await client.get(queryPath(soql)), { writes: false });
  const [oldest] = records;
  return oldest ? { id: oldest.Id, accountId: oldest.AccountId ?? null, several: records.length > 1 } : null;
}

export async function requireContact(client: SalesforceClient, email: string): Promise<Contact> {
  const contact = await findContact(client, email);
  if (contact) return contact;
  const who = email.trim() === "" ? "no e-mail was given" : `no contact has the e-mail ${email.trim()}`;
  throw rejected("contact_not_found", `Salesforce: ${who}`);
}

/** For steps that may go on without a contact when their author says so. */
export const contactOrNone = (
  client: SalesforceClient,
  email: string,
  ifNone: "fail" | "account-less",
): Promise<Contact | null> => (ifNone === "fail" ? requireContact(client, email) : findContact(client, email));

export const severalContacts = (email: string): ConnectorError =>
  rejected(
    "contact_ambiguous",
    `Salesforce: several contacts have the e-mail ${email.trim()}, so none of them was changed`,
  );

const rejected = (code: string, message: string): ConnectorError =>
  new ConnectorError({ outcome: "REJECTED", code, message, fields: { contactEmail: message } });
