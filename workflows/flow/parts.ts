import { z } from "zod";

/** The parts that documents and node configs are made of. */

export const idSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, "an id is a letter followed by up to 39 letters, digits or underscores");

/** Stable and never reused within a flow: effects, facts and expressions (`steps.<id>`) name it. */
export type NodeId = string;

export const operators = [
  "equals",
  "notEquals",
  "lessThan",
  "atMost",
  "atLeast",
  "greaterThan",
  "contains",
  "notContains",
  "startsWith",
  "matches",
  "oneOf",
  "isEmpty",
  "isNotEmpty",
] as const;
export type Operator = (typeof operators)[number];

export const conditionRowSchema = z.object({
  field: z.string().min(1).max(200),
  operator: z.enum(operators),
  value: z.union([z.string().max(1000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)]).nullable(),
});
export type ConditionRow = z.infer<typeof conditionRowSchema>;

export interface ConditionGroup {
  match: "all" | "any";
  rows: (ConditionRow | ConditionGroup)[];
}
export const conditionGroupSchema: z.ZodType<ConditionGroup> = z.object({
  match: z.enum(["all", "any"]),
  get rows() {
    return z.array(z.union([conditionRowSchema, conditionGroupSchema])).max(50);
  },
});

/** Rows are what is stored; `cel` is the advanced view for what rows cannot say. */
export const conditionSchema = z.union([conditionGroupSchema, z.object({ cel: z.string().min(1).max(2000) })]);
export type Condition = z.infer<typeof conditionSchema>;

export const durationSchema = z.object({
  amount: z.number().int().min(1).max(1000),
  unit: z.enum(["minutes", "hours", "days"]),
});
export type Duration = z.infer<typeof durationSchema>;

const MILLISECONDS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export const addDuration = (from: Date, { amount, unit }: Duration): Date =>
  new Date(from.getTime() + amount * MILLISECONDS[unit]);
