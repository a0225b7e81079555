import { z } from "zod";
import { defineAction } from "../../connector.js";
import type { SalesforceClient } from "../client.js";
import type { SalesforceConfig, SalesforceSecret } from "../config.js";
import { contactEmailField, contactOrNone, ifNoContactField } from "../contact.js";
import type { Creation } from "../create-once.js";
import { eraseRecord } from "../erase.js";
import { findRecord, RECORD_DEADLINE_MS, recordDoubt, recordOutput, sendRecord } from "../record.js";
import { line, longText } from "../text.js";
import { exactlyOnceOf } from "../way.js";

const inputSchema = z.object({
  subject: z.string().min(1).meta({ title: "Subject", template: true }),
  description: z.string().default("").meta({ title: "Description", template: true, multiline: true }),
  contactEmail: contactEmailField,
  priority: z
    .string()
    .optional()
    .meta({ title: "Priority", description: "High, Medium or Low, unless your organisation has others" }),
  origin: z
    .string()
    .optional()
    .meta({ title: "Origin", description: "Email, Phone or Web, unless your organisation has others" }),
  ifNoContact: ifNoContactField,
});

type Input = z.infer<typeof inputSchema>;

/** POST /sobjects/Case. Without a contact the e-mail stands in SuppliedEmail, as for cases that came from the web. */
async function creationOf(input: Input, client: SalesforceClient): Promise<Creation> {
  const contact = await contactOrNone(client, input.contactEmail, input.ifNoContact);
  const email = input.contactEmail.trim();
  return {
    object: "Case",
    fields: {
      Subject: line(input.subject),
      Description: longText(input.description),
      ...(input.priority && { Priority: input.priority }),
      ...(input.origin && { Origin: input.origin }),
      ...(contact && { ContactId: contact.id }),
      ...(contact?.accountId && { AccountId: contact.accountId }),
      ...(!contact && email !== "" && { SuppliedEmail: email }),
    },
    companions: [],
  };
}

export const createCase = defineAction<Input, SalesforceConfig, SalesforceSecret>({
  name: "salesforce.createCase",
  major: 1,
  title: "Create Salesforce case",
  sentence: "Create a case for {contactEmail}: {subject}",
  input: inputSchema,
  output: recordOutput,
  deadlineMs: RECORD_DEADLINE_MS,
  exactlyOnce: exactlyOnceOf("Case"),
  doubt: recordDoubt,
  send: (input, call) => sendRecord(call, (client) => creationOf(input, client)),
  find: (_input, lookUp) => findRecord("Case", lookUp),
  erase: eraseRecord("Case"),
});
