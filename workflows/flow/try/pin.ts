import { z } from "zod";

const valueSchema = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);

/** How one step is to answer in a try: what a system gives back or refuses, what a person decides. */
export const pinSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), output: z.record(z.string().max(60), valueSchema) }),
  z.object({ kind: z.literal("failed"), code: z.string().trim().min(1).max(100) }),
  z.object({ kind: z.literal("decided"), output: z.enum(["approved", "rejected", "expired"]) }),
]);
export type Pin = z.infer<typeof pinSchema>;

/** By node. */
export const pinsSchema = z.record(z.string().min(1).max(40), pinSchema);
export type Pins = z.infer<typeof pinsSchema>;
