import type { FlowContext } from "./catalogue.js";

type Fields = Readonly<Record<string, unknown>>;

const CONTACT_MASKS = { name: "[name]", email: "[e-mail]", phone: "[phone]", externalId: "[id]" };
const SAID_MASKS = { comment: "[comment]", score: "[score]", category: "[score]" };
/** The id begins with the time; language, product and relation tell somebody apart among few. */
const APART_MASKS = { id: "[id]", language: "[language]", product: "[product]", relation: "[relation]" };

/**
 * What texts are made of where an employee said it: who it was and what they said stays out, unless the step shows it. Who reviewed a
 * colleague is never shown. What conditions read: `judgedBy`.
 */
export function maskEmployees(context: FlowContext, shows: boolean): FlowContext {
  const { feedback, contact, account } = context;
  if (feedback["domain"] !== "employee") return context;
  const isReview = typeof feedback["relation"] === "string";
  if (shows && !isReview) return context;
  return {
    ...context,
    feedback: masked(withoutTime(feedback), {
      ...APART_MASKS,
      ...attributesOf(feedback),
      ...(shows ? {} : SAID_MASKS),
    }),
    contact: contact && masked(contact, CONTACT_MASKS),
    account: account && masked(account, allAs(account, "[account]")),
  };
}

/** Department and site tell somebody apart among few. */
const attributesOf = ({ attributes }: Fields): Fields =>
  typeof attributes === "object" && attributes !== null ? { attributes: allAs(attributes, "[attribute]") } : {};

const allAs = (fields: object, mask: string): Fields =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, mask]));

/** What is not there is as missing as before. */
const masked = (fields: Fields, masks: Fields): Fields => ({
  ...fields,
  ...Object.fromEntries(Object.entries(masks).filter(([name]) => fields[name] !== null && fields[name] !== undefined)),
});

/** The day is enough: who answered at that minute is known to whoever sat beside them. */
const withoutTime = (feedback: Fields): Fields => {
  const at = feedback["occurredAt"];
  return typeof at === "string" ? { ...feedback, occurredAt: dayAlone(at) } : feedback;
};

export const dayAlone = (at: string): string => `${at.slice(0, 10)}T00:00:00.000Z`;
