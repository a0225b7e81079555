import { field, picklist, readOnly, reference, type Field } from "./field.js";

export interface Sobject {
  readonly name: string;
  readonly label: string;
  readonly prefix: string;
  readonly fields: readonly Field[];
  readonly createable: boolean;
  /** Whether POST /ui-api/records takes it. */
  readonly inUiApi: boolean;
  readonly nameField: string;
}

const OWNER = reference("OwnerId", ["User"]);

const SYSTEM: readonly Field[] = [
  field("Id", "id", readOnly),
  field("IsDeleted", "boolean", readOnly),
  field("CreatedDate", "datetime", readOnly),
  reference("CreatedById", ["User"], readOnly),
  field("LastModifiedDate", "datetime", readOnly),
  reference("LastModifiedById", ["User"], readOnly),
  field("SystemModstamp", "datetime", readOnly),
];

/** Unique and external id: what an effect's key needs. Source: research on exactly-once; whether Task allows it live is assumed. */
const KEY = field("Loopwright_Key__c", "string", { unique: true, externalId: true });

const account: Sobject = {
  name: "Account", label: "Account", prefix: "001", createable: true, inUiApi: true, nameField: "Name",
  fields: [
    field("Name", "string", { required: true }),
    picklist("Type", ["Prospect", "Customer - Direct", "Customer - Channel", "Other"]),
    picklist("Industry", ["Apparel", "Electronics", "Manufacturing", "Retail", "Technology", "Other"]),
    picklist("Rating", ["Hot", "Warm", "Cold"]),
    field("AnnualRevenue", "currency"), field("NumberOfEmployees", "int"),
    field("Phone", "phone"), field("Website", "url"), field("Description", "textarea"),
    field("BillingCity", "string", { length: 40 }), field("BillingCountry", "string", { length: 80 }),
    field("Account_Number__c", "string", { externalId: true }),
    OWNER,
  ],
}; // prettier-ignore

const contact: Sobject = {
  name: "Contact", label: "Contact", prefix: "003", createable: true, inUiApi: true, nameField: "Name",
  fields: [
    field("FirstName", "string", { length: 40 }), field("LastName", "string", { length: 80, required: true }),
    field("Name", "string", { ...readOnly, length: 121 }),
    reference("AccountId", ["Account"]),
    field("Email", "email"), field("Phone", "phone"), field("MobilePhone", "phone"),
    field("Title", "string", { length: 128 }), field("Department", "string", { length: 80 }),
    picklist("Salutation", ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."]),
    field("Description", "textarea"), field("HasOptedOutOfEmail", "boolean"), field("DoNotCall", "boolean"),
    field("NPS_Score__c", "double"), field("Last_Feedback__c", "textarea"), field("Last_Feedback_At__c", "datetime"),
    field("External_Ref__c", "string", { externalId: true }),
    OWNER,
  ],
}; // prettier-ignore

const kase: Sobject = {
  name: "Case", label: "Case", prefix: "500", createable: true, inUiApi: true, nameField: "CaseNumber",
  fields: [
    field("CaseNumber", "string", { ...readOnly, length: 30 }),
    reference("ContactId", ["Contact"]), reference("AccountId", ["Account"]),
    field("Subject", "string"), field("Description", "textarea"),
    picklist("Status", ["New", "Working", "Escalated", "Closed"], { defaultValue: "New", restricted: true }),
    picklist("Priority", ["High", "Medium", "Low"], { defaultValue: "Medium" }),
    picklist("Origin", ["Phone", "Email", "Web"]),
    picklist("Type", ["Mechanical", "Electrical", "Electronic", "Structural", "Other"]),
    picklist("Reason", ["Installation", "Equipment Complexity", "Performance", "Breakdown", "Feedback", "Other"]),
    field("SuppliedEmail", "email"), field("SuppliedName", "string", { length: 80 }), field("SuppliedPhone", "phone"),
    field("IsClosed", "boolean", readOnly), field("ClosedDate", "datetime", readOnly), field("IsEscalated", "boolean"),
    reference("ParentId", ["Case"]),
    KEY, OWNER,
  ],
}; // prettier-ignore

const task: Sobject = {
  name: "Task", label: "Task", prefix: "00T", createable: true, inUiApi: false, nameField: "Subject",
  fields: [
    reference("WhoId", ["Contact"]), reference("WhatId", ["Account", "Case"]),
    reference("AccountId", ["Account"], readOnly),
    field("Subject", "string"), field("ActivityDate", "date"), field("Description", "textarea"),
    picklist("Status", ["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"], { defaultValue: "Not Started" }),
    picklist("Priority", ["High", "Normal", "Low"], { defaultValue: "Normal" }),
    picklist("TaskSubtype", ["Task", "Email", "Call", "ListEmail", "Cadence"], { defaultValue: "Task", restricted: true, updateable: false }),
    picklist("CallType", ["Internal", "Inbound", "Outbound"]),
    field("IsClosed", "boolean", readOnly), field("IsHighPriority", "boolean", readOnly),
    field("IsReminderSet", "boolean"), field("ReminderDateTime", "datetime"),
    field("CallDurationInSeconds", "int"), field("CompletedDateTime", "datetime", readOnly),
    KEY, OWNER,
  ],
}; // prettier-ignore

const contentNote: Sobject = {
  name: "ContentNote", label: "Note", prefix: "069", createable: true, inUiApi: true, nameField: "Title",
  fields: [
    field("Title", "string", { required: true }), field("Content", "base64"),
    field("TextPreview", "string", readOnly), field("ContentSize", "int", readOnly),
    field("FileType", "string", { ...readOnly, length: 20 }), field("IsReadOnly", "boolean", readOnly),
    OWNER,
  ],
}; // prettier-ignore

const contentDocument: Sobject = {
  name: "ContentDocument", label: "Content Document", prefix: "069", createable: false, inUiApi: true, nameField: "Title",
  fields: [
    field("Title", "string", { createable: false }), field("FileType", "string", { ...readOnly, length: 20 }),
    field("ContentSize", "int", readOnly), OWNER,
  ],
}; // prettier-ignore

const contentDocumentLink: Sobject = {
  name: "ContentDocumentLink", label: "Content Document Link", prefix: "06A", createable: true, inUiApi: false, nameField: "Id",
  fields: [
    reference("ContentDocumentId", ["ContentDocument"], { required: true, updateable: false }),
    reference("LinkedEntityId", ["Account", "Contact", "Case", "Task", "User"], { required: true, updateable: false }),
    picklist("ShareType", ["V", "C", "I"], { required: true, restricted: true }),
    picklist("Visibility", ["AllUsers", "InternalUsers", "SharedUsers"], { defaultValue: "AllUsers", restricted: true }),
  ],
}; // prettier-ignore

const user: Sobject = {
  name: "User", label: "User", prefix: "005", createable: false, inUiApi: false, nameField: "Name",
  fields: [
    field("Username", "string", readOnly), field("FirstName", "string", readOnly), field("LastName", "string", readOnly),
    field("Name", "string", readOnly), field("Email", "email", readOnly), field("Title", "string", readOnly),
    field("IsActive", "boolean", readOnly), picklist("UserType", ["Standard"], readOnly),
  ],
}; // prettier-ignore

const effect: Sobject = {
  name: "Loopwright_Effect__c", label: "Loopwright Effect", prefix: "a00", createable: true, inUiApi: true, nameField: "Name",
  fields: [
    field("Name", "string", { ...readOnly, length: 80 }),
    field("Key__c", "string", { required: true, unique: true, externalId: true }),
    field("Object__c", "string"), field("Record_Id__c", "string", { length: 18 }),
    OWNER,
  ],
}; // prettier-ignore

export const ALL_OBJECTS: readonly Sobject[] = [
  account, contact, kase, task, contentNote, contentDocument, contentDocumentLink, user, effect,
].map((sobject) => ({ ...sobject, fields: [...SYSTEM, ...sobject.fields] })); // prettier-ignore
