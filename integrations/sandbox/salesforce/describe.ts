import type { SandboxReply } from "../system.js";
import { ok, param, root, type SalesforceCall } from "./call.js";
import type { Field, FieldType } from "./field.js";
import type { Json } from "./json.js";
import type { Sobject } from "./objects.js";

/** Every key that jsforce's describe types name, so that a client's readers find what they expect. */
export function describeGlobal(call: SalesforceCall): SandboxReply {
  const sobjects = call.schema.objects().map((sobject) => globalDescription(call, sobject));
  return ok({ encoding: "UTF-8", maxBatchSize: 200, sobjects });
}

export function describeBasic(call: SalesforceCall): SandboxReply {
  const sobject = call.schema.resource(param(call, "sobject"));
  const newest = [...call.records.all(sobject.name)].reverse().slice(0, 10);
  const recentItems = newest.map((row) => ({
    attributes: { type: sobject.name, url: `${root(call)}/sobjects/${sobject.name}/${row.Id}` },
    Id: row.Id,
  }));
  return ok({ objectDescribe: globalDescription(call, sobject), recentItems });
}

export function describe(call: SalesforceCall): SandboxReply {
  const sobject = call.schema.resource(param(call, "sobject"));
  return ok({
    actionOverrides: [],
    childRelationships: [],
    compactLayoutable: true,
    ...globalDescription(call, sobject),
    fields: sobject.fields.map((field) => describeField(sobject, field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [],
    searchLayoutable: true,
    supportedScopes: [{ label: "All records", name: "everything" }],
  });
}

function globalDescription(call: SalesforceCall, { name, label, prefix, createable }: Sobject): Json {
  const base = `${root(call)}/sobjects/${name}`;
  const yes = [
    "layoutable",
    "mruEnabled",
    "queryable",
    "replicateable",
    "retrieveable",
    "searchable",
    "triggerable",
    "undeletable",
  ];
  const no = [
    "activateable",
    "customSetting",
    "deepCloneable",
    "deprecatedAndHidden",
    "feedEnabled",
    "hasSubtypes",
    "isInterface",
    "isSubtype",
    "mergeable",
  ];
  return {
    ...Object.fromEntries(yes.map((key) => [key, true])),
    ...Object.fromEntries(no.map((key) => [key, false])),
    createable,
    custom: name.endsWith("__c"),
    deletable: name !== "User",
    idEnabled: true,
    keyPrefix: prefix,
    label,
    labelPlural: `${label}s`,
    name,
    updateable: name !== "User",
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: "tns:ID", reference: "tns:ID", boolean: "xsd:boolean", double: "xsd:double", currency: "xsd:double", int: "xsd:int",
  date: "xsd:date", datetime: "xsd:dateTime", base64: "xsd:base64Binary",
}; // prettier-ignore

function describeField(sobject: Sobject, field: Field): Json {
  const { name, label, length, createable, updateable, unique, externalId, type, defaultValue } = field;
  const isNumber = type === "double" || type === "currency";
  return {
    ...FIELD_DEFAULTS,
    ...searchability(field),
    ...{ name, label, length, createable, updateable, unique, externalId, type, defaultValue },
    byteLength: length * 3,
    custom: name.endsWith("__c"),
    caseSensitive: unique,
    defaultedOnCreate: isDefaulted(field),
    idLookup: name === "Id" || externalId,
    nameField: name === sobject.nameField,
    nillable: !field.required && type !== "boolean" && name !== "Id",
    picklistValues: field.values.map((value) => describeChoice(value, value === defaultValue)),
    precision: isNumber ? 18 : 0,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    restrictedPicklist: field.restricted,
    soapType: SOAP_TYPES[type] ?? "xsd:string",
  };
}

function searchability({ type }: Field): Json {
  const isLong = type === "textarea" || type === "base64";
  return { filterable: !isLong, sortable: !isLong, groupable: !isLong && type !== "datetime" };
}

function isDefaulted({ name, type, defaultValue }: Field): boolean {
  return defaultValue !== null || type === "boolean" || name === "OwnerId";
}

function describeChoice(value: string, isDefault: boolean): Json {
  return { active: true, defaultValue: isDefault, label: value, validFor: null, value };
}

/** The same for every field of this organisation. */
const FIELD_DEFAULTS: Json = {
  aggregatable: true, aiPredictionField: false, autoNumber: false, calculated: false, calculatedFormula: null, cascadeDelete: false,
  compoundFieldName: null, controllerName: null, defaultValueFormula: null, dependentPicklist: false, deprecatedAndHidden: false, digits: 0,
  displayLocationInDecimal: false, encrypted: false, extraTypeInfo: null, filteredLookupInfo: null, formulaTreatNullNumberAsZero: false,
  highScaleNumber: false, htmlFormatted: false, inlineHelpText: null, mask: null, maskType: null, namePointing: false, permissionable: true,
  polymorphicForeignKey: false, queryByDistance: false, referenceTargetField: null, relationshipOrder: null, restrictedDelete: false,
  scale: 0, searchPrefilterable: false, writeRequiresMasterRead: false,
}; // prettier-ignore
