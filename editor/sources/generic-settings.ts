import { z } from "zod";
import { asNumber, asRecord, asText, withField } from "../ui/read.js";

/** The canonical fields that a mapping can fill, in the order in which people think of them. */
export const mappedFields = [
  "responseId",
  "score",
  "comment",
  "name",
  "email",
  "phone",
  "externalId",
  "account",
  "accountExternalId",
  "product",
  "language",
  "submittedAt",
  "relation",
] as const;
export type MappedField = (typeof mappedFields)[number];

export const metrics = ["nps", "csat", "ces", "stars", "text"] as const;
export type Metric = (typeof metrics)[number];
export const domains = ["customer", "employee", "product", "brand"] as const;

export const schemes = ["standard-webhooks", "sha256-hmac", "hubspot-v3"] as const;
type Scheme = (typeof schemes)[number];

/** What the form holds: every field present, paths and constants both as one text. */
export interface GenericForm {
  readonly scheme: Scheme;
  readonly erasureRequests: boolean;
  readonly header: string;
  readonly prefix: string;
  readonly metric: Metric;
  readonly scaleMin: number | null;
  readonly scaleMax: number | null;
  readonly domain: (typeof domains)[number];
  readonly mapping: Readonly<Record<MappedField, string>>;
  readonly attributes: readonly { readonly name: string; readonly from: string }[];
}

const scales: Readonly<Record<Metric, readonly [number | null, number | null]>> = {
  nps: [0, 10],
  csat: [1, 5],
  ces: [1, 7],
  stars: [1, 5],
  text: [null, null],
};
/** The usual scale of a metric, as a start; sources differ, so both ends stay editable. */
export const usualScale = (metric: Metric) => ({ scaleMin: scales[metric][0], scaleMax: scales[metric][1] });

export const newGenericForm: GenericForm = {
  scheme: "standard-webhooks",
  erasureRequests: false,
  header: "x-signature",
  prefix: "sha256=",
  metric: "nps",
  ...usualScale("nps"),
  domain: "customer",
  mapping: {
    responseId: "$.responseId",
    score: "$.score",
    comment: "$.comment",
    name: "$.name",
    email: "$.email",
    phone: "",
    externalId: "",
    account: "$.account",
    accountExternalId: "",
    product: "$.product",
    language: "",
    submittedAt: "$.submittedAt",
    relation: "",
  },
  attributes: [],
};

/** A path begins with `$`; anything else is one value for every delivery. */
const toField = (text: string): unknown => (text.startsWith("$") ? text : { constant: text });
const fromField = (field: unknown): string => (typeof field === "string" ? field : asText(asRecord(field)["constant"]));

const oneOf = <Choice extends string>(choices: readonly Choice[], value: unknown, otherwise: Choice): Choice =>
  choices.find((choice) => choice === value) ?? otherwise;

export function readGenericForm(settings: Readonly<Record<string, unknown>>): GenericForm {
  const verifier = asRecord(settings["verifier"]);
  const mapping = asRecord(settings["mapping"]);
  const field = (name: MappedField) => [name, fromField(mapping[name])] as const;
  const named = z.record(z.enum(mappedFields), z.string()).parse(Object.fromEntries(mappedFields.map(field)));
  return {
    scheme: oneOf(schemes, verifier["scheme"], "standard-webhooks"),
    erasureRequests: settings["erasureRequests"] === true,
    header: asText(verifier["header"]) || newGenericForm.header,
    prefix: asText(verifier["prefix"] ?? newGenericForm.prefix),
    metric: oneOf(metrics, settings["metric"], "nps"),
    scaleMin: asNumber(settings["scaleMin"]),
    scaleMax: asNumber(settings["scaleMax"]),
    domain: oneOf(domains, settings["domain"], "customer"),
    mapping: named,
    attributes: Object.entries(asRecord(mapping["attributes"])).map(([name, from]) => ({
      name,
      from: fromField(from),
    })),
  };
}

/** `kept` carries what this form does not show. */
export function writeGenericForm(
  form: GenericForm,
  kept: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const { scheme, erasureRequests, header, prefix, metric, scaleMin, scaleMax, domain } = form;
  const filled = mappedFields.filter((name) => form.mapping[name].trim() !== "");
  const fields = Object.fromEntries(filled.map((name) => [name, toField(form.mapping[name].trim())]));
  const attributes = form.attributes.filter(({ name, from }) => name !== "" && from !== "");
  const named = Object.fromEntries(attributes.map(({ name, from }) => [name, toField(from)]));
  return {
    ...kept,
    verifier: scheme === "sha256-hmac" ? { scheme, header, prefix } : { scheme },
    erasureRequests,
    mapping: withField(fields, "attributes", attributes.length > 0 ? named : undefined),
    metric,
    scaleMin,
    scaleMax,
    domain,
  };
}
