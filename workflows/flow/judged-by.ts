import type { FlowContext } from "./catalogue.js";
import { dayAlone } from "./mask-employees.js";

type Fields = Readonly<Record<string, unknown>>;
type Judged = Partial<FlowContext> & Pick<FlowContext, "feedback">;

/** What many have in common: it may say where a run goes, because nobody is told apart by it. */
const TOLD = ["score", "metric", "category", "source", "sourceId", "domain"];

/**
 * What conditions read. Where an employee said it, who it was and in which words is missing, as if it had not been sent: else the way that a run
 * takes, and the words written beside that way, would tell who said what. Never a mask instead: “[comment]” would contain and equal something.
 */
export function judgedBy<Context extends Judged>(context: Context): Context {
  const { feedback } = context;
  if (feedback["domain"] !== "employee") return context;
  const told = Object.fromEntries(TOLD.map((name) => [name, feedback[name]]));
  return { ...context, feedback: { ...told, id: "", ...timeOf(feedback) }, contact: null, account: null };
}

/** `id` and time are always there for conditions: the one says nothing, the other the day. */
const timeOf = ({ occurredAt }: Fields): Fields =>
  typeof occurredAt === "string" ? { occurredAt: dayAlone(occurredAt) } : {};

/** A field that conditions find missing of employees. */
export const isHiddenOfEmployees = (path: string): boolean => {
  const [root = "", name = ""] = path.split(".");
  if (root === "feedback") return !TOLD.includes(name) && name !== "occurredAt";
  return root === "contact" || root === "account";
};
