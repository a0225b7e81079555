import { z } from "zod";
import { defineAction } from "../../connector.js";
import { ConnectorError } from "../../outcome.js";
import type { SalesforceClient } from "../client.js";
import type { SalesforceConfig, SalesforceSecret } from "../config.js";
import { contactEmailField, requireContact, type Contact } from "../contact.js";
import type { Creation } from "../create-once.js";
import { eraseRecord } from "../erase.js";
import { findRecord, RECORD_DEADLINE_MS, recordDoubt, recordOutput, sendRecord } from "../record.js";
import { line, longText, noteHtml } from "../text.js";
import { exactlyOnceOf } from "../way.js";

const inputSchema = z.object({
  title: z.string().min(1).meta({ title: "Title", template: true }),
  body: z.string().min(1).meta({ title: "Note", template: true, multiline: true }),
  contactEmail: contactEmailField,
  attachTo: z.enum(["contact", "account"]).default("contact").meta({ title: "Attach to" }),
});

type Input = z.infer<typeof inputSchema>;

/**
 * ContentNote and the ContentDocumentLink that shows it on the record. Neither can carry a field of ours.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentnote.htm
 */
async function creationOf(input: Input, client: SalesforceClient): Promise<Creation> {
  const contact = await requireContact(client, input.contactEmail);
  const target = input.attachTo === "contact" ? contact.id : accountOf(contact);
  return {
    object: "ContentNote",
    fields: { Title: line(input.title), Content: Buffer.from(noteHtml(longText(input.body))).toString("base64") },
    // "V": whoever sees the record may read the note.
    companions: [
      {
        object: "ContentDocumentLink",
        fields: { ContentDocumentId: "@{record.id}", LinkedEntityId: target, ShareType: "V" },
      },
    ],
  };
}

function accountOf(contact: Contact): string {
  if (contact.accountId !== null) return contact.accountId;
  const message = "The contact belongs to no account, so there is nothing to attach the note to";
  throw new ConnectorError({ outcome: "REJECTED", code: "account_not_found", message, fields: { attachTo: message } });
}

export const createNote = defineAction<Input, SalesforceConfig, SalesforceSecret>({
  name: "salesforce.createNote",
  major: 1,
  title: "Add Salesforce note",
  sentence: "Add a note about {contactEmail}: {title}",
  input: inputSchema,
  output: recordOutput,
  deadlineMs: RECORD_DEADLINE_MS,
  exactlyOnce: exactlyOnceOf("ContentNote"),
  doubt: recordDoubt,
  send: (input, call) => sendRecord(call, (client) => creationOf(input, client)),
  find: (_input, lookUp) => findRecord("ContentNote", lookUp),
  erase: eraseRecord("ContentNote"),
});
