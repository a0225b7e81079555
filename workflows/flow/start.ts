import { z } from "zod";
import type { FieldSpec } from "./catalogue.js";
import { idSchema } from "./parts.js";

/** `contact`: the e-mail of whom it is about, so that what they allow is asked before anything is sent. */
export const startFieldTypes = ["string", "number", "boolean", "date", "contact"] as const;

export const startFieldSchema = z.object({
  /** As in `start.<name>`. */
  name: idSchema,
  title: z.string().trim().min(1).max(80),
  type: z.enum(startFieldTypes),
  required: z.boolean(),
});
export type StartField = z.infer<typeof startFieldSchema>;

/** What starts a flow in place of feedback: a clock, or somebody by a form or by the API, who fills in the same fields. */
export const startSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("schedule"),
    /** As `cronProblem` reads it. */
    cron: z.string().min(1).max(200),
    timeZone: z.string().min(1).max(60),
  }),
  z.object({ kind: z.literal("call"), fields: z.array(startFieldSchema).max(20) }),
]);
export const startKinds = ["schedule", "call"] as const;
export type Start = z.infer<typeof startSchema>;
export type StartOf<Kind extends Start["kind"]> = Extract<Start, { kind: Kind }>;

/** Names that the product gives itself. */
export const OWN_NAMES: readonly string[] = ["at", "by"];

const types: Readonly<Record<StartField["type"], FieldSpec["type"]>> = {
  string: "string",
  number: "number",
  boolean: "boolean",
  date: "timestamp",
  contact: "string",
};

const at: FieldSpec = {
  path: "start.at",
  title: "Time of the start",
  type: "timestamp",
  dataClass: "clear",
  optional: false,
};
const by: FieldSpec = { path: "start.by", title: "Started by", type: "string", dataClass: "secret", optional: false };

/** What conditions and texts of a flow that is started so may read. What somebody filled in is secret: nobody declared it clear. */
export const startFields = (start: Start): FieldSpec[] =>
  start.kind === "schedule"
    ? [at]
    : [
        at,
        by,
        ...start.fields.map(({ name, title, type, required }): FieldSpec => ({
          path: `start.${name}`,
          title,
          type: types[type],
          dataClass: "secret",
          optional: !required,
        })),
      ];

/** The field that says whom a start is about. */
export const contactField = (start: Start): StartField | undefined =>
  start.kind === "call" ? start.fields.find(({ type }) => type === "contact") : undefined;

/** Of all that a workspace knows, what there is where no feedback came in: a contact only where a field names one. */
export function givenWithout(start: Start, fields: readonly FieldSpec[]): FieldSpec[] {
  const isNamed = contactField(start)?.required;
  return fields.flatMap((field) => {
    if (field.path === "contact.email" && isNamed === true) return [{ ...field, optional: false }];
    return field.path.startsWith("contact.") && isNamed !== undefined ? [field] : [];
  });
}
