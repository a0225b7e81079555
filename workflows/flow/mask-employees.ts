import type { FlowContext } from "./catalogue.js";

type Fields = Readonly<Record<string, unknown>>;

const CONTACT_MASKS = { name: "[name]", email: "[e-mail]", phone: "[phone]", externalId: "[id]" };
const SAID_MASKS = { comment: "[comment]", score: "[score]", category: "[score]" };

/**
 * What texts are made of where an employee said it: who it was and what they said stays out, unless the step shows it. Who reviewed a
 * colleague is never shown. Conditions are judged by the whole.
 */
export function maskEmployees(context: FlowContext, shows: boolean): FlowContext {
  const { feedback, contact, account } = context;
  if (feedback["domain"] !== "employee") return context;
  const isReview = typeof feedback["relation"] === "string";
  if (shows && !isReview) return context;
  return {
    ...context,
    feedback: shows
      ? withoutTime(feedback)
      : masked(withoutTime(feedback), { ...SAID_MASKS, ...attributesOf(feedback) }),
    contact: contact && masked(contact, CONTACT_MASKS),
    account: account && masked(account, { name: "[account]" }),
  };
}

/** Department and site tell somebody apart among few. */
const attributesOf = ({ attributes }: Fields): Fields =>
  typeof attributes === "object" && attributes !== null
    ? { attributes: Object.fromEntries(Object.keys(attributes).map((name) => [name, "[attribute]"])) }
    : {};

/** What is not there is as missing as before. */
const masked = (fields: Fields, masks: Fields): Fields => ({
  ...fields,
  ...Object.fromEntries(Object.entries(masks).filter(([name]) => fields[name] !== null && fields[name] !== undefined)),
});

/** The day is enough: who answered at that minute is known to whoever sat beside them. */
const withoutTime = (feedback: Fields): Fields => {
  const at = feedback["occurredAt"];
  return typeof at === "string" ? { ...feedback, occurredAt: `${at.slice(0, 10)}T00:00:00.000Z` } : feedback;
};
