import { z } from "zod";
import { defineAction, type Call, type Found, type LookUp, type Sent } from "../../connector.js";
import { understood } from "../answers.js";
import { openSalesforce, type SalesforceClient } from "../client.js";
import type { SalesforceConfig, SalesforceSecret } from "../config.js";
import { contactEmailField, findContact, requireContact, severalContacts } from "../contact.js";
import { RECORD_DEADLINE_MS, recordUrl } from "../record.js";
import { sobjectPath } from "../soql.js";

const fieldName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "is not a field's API name")
  .refine((name) => !["id", "attributes"].includes(name.toLowerCase()), { message: "cannot be changed" });

const inputSchema = z.object({
  contactEmail: contactEmailField,
  fields: z.record(fieldName, z.union([z.string(), z.number(), z.boolean(), z.null()])).meta({
    title: "Fields",
    options: "contactFields",
    template: true,
    description: "New values by field name; an empty one clears the field",
  }),
});

type Input = z.infer<typeof inputSchema>;

/** PATCH /sobjects/Contact/{id}: the same values written twice leave one and the same contact. */
async function send(input: Input, call: Call<SalesforceConfig, SalesforceSecret>): Promise<Sent> {
  const client = await openSalesforce(call);
  const contact = await requireContact(client, input.contactEmail);
  // Which of them is meant is not ours to guess when something is overwritten.
  if (contact.several) throw severalContacts(input.contactEmail);
  await client.patch(sobjectPath("Contact", contact.id), values(input));
  return sent(client, contact.id);
}

const values = ({ fields }: Input) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]));

/** The contact already has the values: found. Otherwise writing them (again) is harmless, whoever wrote what in between. */
async function find(input: Input, lookUp: LookUp<SalesforceConfig, SalesforceSecret>): Promise<Found> {
  const client = await openSalesforce(lookUp);
  const contact = await findContact(client, input.contactEmail);
  if (!contact || contact.several) return { kind: "absent" };
  const wanted = Object.entries(values(input));
  const path = `${sobjectPath("Contact", contact.id)}?fields=${wanted.map(([name]) => name).join(",")}`;
  const record = understood(z.record(z.string(), z.unknown()), await client.get(path), { writes: false });
  const same = wanted.every(([name, value]) => (record[name] ?? null) === value);
  return same ? { kind: "found", sent: sent(client, contact.id) } : { kind: "absent" };
}

function sent(client: SalesforceClient, id: string): Sent {
  const url = recordUrl(client, id);
  return { externalId: id, url, output: { id, url } };
}

export const updateContact = defineAction<Input, SalesforceConfig, SalesforceSecret>({
  name: "salesforce.updateContact",
  major: 1,
  title: "Update Salesforce contact",
  sentence: "Update the contact {contactEmail}: {fields}",
  input: inputSchema,
  output: {
    id: { title: "Contact id", type: "string", dataClass: "clear" },
    url: { title: "Link", type: "string", dataClass: "clear" },
  },
  deadlineMs: RECORD_DEADLINE_MS,
  exactlyOnce: "looked-up",
  send,
  find,
  // The contact is Salesforce's own record: what becomes of it is decided there.
  erase: () => Promise.resolve({ copy: "foreign" }),
});
