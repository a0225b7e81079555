import type { FlowContext } from "../../workflows/flow/catalogue.js";
import { readPath } from "../../workflows/flow/values.js";
import { madeUpSchema, type MadeUp } from "./try-api.js";

/** What stands for what a person is called, and for what they said. */
const STAND_INS = {
  "feedback.comment": "Something that somebody said.",
  "contact.name": "Somebody",
  "contact.email": "somebody@example.com",
  "contact.phone": "+44 20 7946 0000",
  "contact.externalId": "somebody-1",
  "account.name": "A company",
} as const;

/** An event like this one: the same scores and attributes, and nobody's words or names. What was missing stays missing. */
export function madeUpLike({
  feedback,
  contact,
  account,
}: Pick<FlowContext, "feedback" | "contact" | "account">): MadeUp {
  const context = { feedback, contact, account };
  const read = (path: string): unknown => readPath(context, path) ?? null;
  const standIn = (path: keyof typeof STAND_INS): string | null => (read(path) === null ? null : STAND_INS[path]);
  const { metric, score, language, product, attributes, sourceId } = feedback;
  return madeUpSchema.parse({
    ...{ metric, score, language, product, attributes: attributes ?? {}, sourceId: uuidOrNull(sourceId) },
    comment: standIn("feedback.comment"),
    contact: {
      name: standIn("contact.name"),
      email: standIn("contact.email"),
      phone: standIn("contact.phone"),
      externalId: standIn("contact.externalId"),
    },
    account: account && {
      name: standIn("account.name"),
      tier: read("account.tier"),
      region: read("account.region"),
      annualRevenue: read("account.annualRevenue"),
    },
  });
}

const uuidOrNull = (value: unknown): string | null => madeUpSchema.shape.sourceId.safeParse(value).data ?? null;
