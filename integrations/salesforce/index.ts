import { defineConnector } from "../connector.js";
import { createCase } from "./actions/create-case.js";
import { createNote } from "./actions/create-note.js";
import { createTask } from "./actions/create-task.js";
import { updateContact } from "./actions/update-contact.js";
import { checkSalesforce } from "./check.js";
import {
  salesforceConfigSchema,
  salesforceHosts,
  salesforceSecretSchema,
  type SalesforceConfig,
  type SalesforceSecret,
} from "./config.js";
import { salesforceOptions } from "./options.js";
import { salesforceRehearsal } from "./rehearsal.js";

export const salesforceConnector = defineConnector<SalesforceConfig, SalesforceSecret>({
  name: "salesforce",
  title: "Salesforce",
  config: salesforceConfigSchema,
  secret: salesforceSecretSchema,
  secretUse: { clientSecret: "outbound", privateKey: "outbound" },
  hosts: salesforceHosts,
  // Only calls over 20 s count against the 25 at once (5 in developer organisations), so pacing is for the peaks.
  rates: { connection: { intervalMs: 100 } },
  check: checkSalesforce,
  options: salesforceOptions,
  rehearsal: salesforceRehearsal,
  actions: [createTask, createCase, createNote, updateContact],
});
