import type { SalesforceCall } from "./call.js";
import type { Sobject } from "./objects.js";
import type { FieldValue, Row } from "./records.js";
import { text } from "./json.js";

type Values = Readonly<Record<string, FieldValue>>;

/** Fields that Salesforce fills in itself. */
const DERIVED: Readonly<Record<string, (call: SalesforceCall, row: Row) => Values>> = {
  Contact: (_call, { FirstName, LastName }) => ({ Name: [FirstName, LastName].filter(Boolean).join(" ") }),
  Case: deriveCase,
  Task: deriveTask,
  ContentNote: deriveNote,
  Loopwright_Effect__c: (call, row) => ({
    Name: row["Name"] ?? `LWE-${String(call.world.nextNumber("salesforce_effect_name")).padStart(6, "0")}`,
  }),
};

export function derive(call: SalesforceCall, sobject: Sobject, row: Row): Row {
  return { ...row, ...DERIVED[sobject.name]?.(call, row) };
}

function deriveCase(call: SalesforceCall, row: Row) {
  const isClosed = row["Status"] === "Closed";
  const contact = call.records.get("Contact", text(row["ContactId"]) ?? "");
  const number = () => String(1_000 + call.world.nextNumber("salesforce_case_number")).padStart(8, "0");
  return {
    CaseNumber: row["CaseNumber"] ?? number(),
    // A case about a contact belongs to the contact's account, unless it says otherwise.
    AccountId: row["AccountId"] ?? contact?.["AccountId"] ?? null,
    IsClosed: isClosed,
    ClosedDate: isClosed ? (row["ClosedDate"] ?? row.SystemModstamp) : null,
  };
}

function deriveTask(call: SalesforceCall, row: Row) {
  const isClosed = row["Status"] === "Completed";
  const what = text(row["WhatId"]) ?? "";
  const about = call.records.get("Contact", text(row["WhoId"]) ?? "") ?? call.records.get("Case", what);
  const account = call.records.get("Account", what)?.Id;
  return {
    IsClosed: isClosed,
    IsHighPriority: row["Priority"] === "High",
    AccountId: account ?? about?.["AccountId"] ?? null,
    CompletedDateTime: isClosed ? (row["CompletedDateTime"] ?? row.SystemModstamp) : null,
  };
}

/** A note is a document: both objects answer to one id. */
function deriveNote(call: SalesforceCall, row: Row) {
  const html = Buffer.from(text(row["Content"]) ?? "", "base64").toString("utf8");
  const derived = {
    TextPreview: html
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 255),
    ContentSize: Buffer.byteLength(html),
    FileType: "SNOTE",
  };
  const { Title, OwnerId, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp, Id } = row;
  const shared = { Title, OwnerId, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp };
  const { ContentSize, FileType } = derived;
  call.records.put("updated", "ContentDocument", { Id, ...shared, IsDeleted: false, ContentSize, FileType });
  return derived;
}
