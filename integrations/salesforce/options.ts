import type { OptionLoader } from "../connector.js";
import { describedSchema, understood } from "./answers.js";
import { openSalesforce } from "./client.js";
import type { SalesforceConfig, SalesforceSecret } from "./config.js";
import { sobjectPath } from "./soql.js";

const DEADLINE_MS = 15_000;

/** The fields of a contact that this user may change. */
const contactFields: OptionLoader<SalesforceConfig, SalesforceSecret> = async (connection, { query, signal }) => {
  const client = await openSalesforce({ connection, signal, deadlineMs: DEADLINE_MS });
  const answer = await client.get(`${sobjectPath("Contact")}/describe`);
  const { fields } = understood(describedSchema, answer, { writes: false });
  const wanted = query.toLowerCase();
  return fields
    .filter((field) => field.updateable !== false)
    .map(({ name, label, type }) => ({
      value: name,
      label: label ?? name,
      hint: type === undefined ? name : `${name}, ${type}`,
    }))
    .filter(({ label, value }) => label.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted));
};

export const salesforceOptions = { contactFields };
