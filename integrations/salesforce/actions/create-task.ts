import { z } from "zod";
import { defineAction } from "../../connector.js";
import type { SalesforceClient } from "../client.js";
import type { SalesforceConfig, SalesforceSecret } from "../config.js";
import { contactEmailField, contactOrNone, ifNoContactField } from "../contact.js";
import type { Creation } from "../create-once.js";
import { eraseRecord } from "../erase.js";
import { dueLine, dueOf } from "../due.js";
import { findRecord, RECORD_DEADLINE_MS, recordDoubt, recordOutput, sendRecord } from "../record.js";
import { line, longText } from "../text.js";
import { exactlyOnceOf } from "../way.js";

const inputSchema = z.object({
  subject: z.string().min(1).meta({ title: "Subject", template: true }),
  description: z.string().default("").meta({ title: "Description", template: true, multiline: true }),
  contactEmail: contactEmailField,
  phone: z.string().optional().meta({ title: "Phone", template: true, description: "Written above the description" }),
  dueDate: z
    .string()
    .optional()
    .meta({ title: "Due date", template: true, description: "A date or a moment, for example 2026-03-01" }),
  dueInHours: z
    .number()
    .positive()
    .max(8_760)
    .optional()
    .meta({ title: "Due in hours", description: "From the moment it is created" }),
  priority: z
    .string()
    .optional()
    .meta({ title: "Priority", description: "High, Normal or Low, unless your organisation has others" }),
  ifNoContact: ifNoContactField,
});

type Input = z.infer<typeof inputSchema>;

/** POST /sobjects/Task, about the contact (WhoId) and the contact's account (WhatId). */
async function creationOf(input: Input, client: SalesforceClient): Promise<Creation> {
  const contact = await contactOrNone(client, input.contactEmail, input.ifNoContact);
  return {
    object: "Task",
    fields: {
      Subject: line(input.subject),
      Status: "Not Started",
      ...(input.priority && { Priority: input.priority }),
      ...(contact && { WhoId: contact.id }),
      ...(contact?.accountId && { WhatId: contact.accountId }),
      ...timeFields(input, contact === null),
    },
    companions: [],
  };
}

function timeFields(input: Input, nameless: boolean) {
  const due = dueOf(input, new Date());
  const phone = input.phone?.trim();
  const head = [
    ...(phone ? [`Phone: ${phone}`] : []),
    ...(nameless && input.contactEmail.trim() ? [`E-mail: ${input.contactEmail.trim()}`] : []),
    ...(due ? [dueLine(due)] : []),
  ].join("\n");
  return {
    Description: longText([head, input.description].filter((part) => part.trim() !== "").join("\n\n")),
    ...(due && { ActivityDate: due.date }),
    // A task's due field has no time of day; its reminder does.
    ...(due?.at && { IsReminderSet: true, ReminderDateTime: due.at.toISOString() }),
  };
}

export const createTask = defineAction<Input, SalesforceConfig, SalesforceSecret>({
  name: "salesforce.createTask",
  major: 1,
  title: "Create Salesforce task",
  sentence: "Create a task for {contactEmail}: {subject}",
  input: inputSchema,
  output: recordOutput,
  deadlineMs: RECORD_DEADLINE_MS,
  exactlyOnce: exactlyOnceOf("Task"),
  doubt: recordDoubt,
  send: (input, call) => sendRecord(call, (client) => creationOf(input, client)),
  find: (_input, lookUp) => findRecord("Task", lookUp),
  erase: eraseRecord("Task"),
});
