import { z } from "zod";

/**
 * What runs of a flow are taken one at a time by: whom they are about, or what an expression says of the event. `then` is what becomes
 * of a run that finds an older one of its key open.
 */
export const flowKeySchema = z.object({
  by: z.union([z.enum(["contact", "account"]), z.object({ expression: z.string().min(1).max(2000) })]),
  then: z.enum(["queue", "replace", "skip"]),
});
export type FlowKey = z.infer<typeof flowKeySchema>;

/** What the key is by, as a word. */
export type KeyKind = "contact" | "account" | "expression";
export const keyKind = ({ by }: Pick<FlowKey, "by">): KeyKind => (typeof by === "string" ? by : "expression");
