import { z } from "zod";

const partSchema = z.object({ status: z.enum(["ok", "down"]), detail: z.string().nullable() });

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  processes: z.array(
    z.object({
      role: z.string(),
      pid: z.number().int(),
      /** Proportional set size in bytes; null where the system does not tell. */
      memory: z.number().nullable(),
    }),
  ),
  database: partSchema.extend({ version: z.string().nullable() }),
  /** `held`: this is a restored database, and nothing is sent until an operator speaks (docs/decisions/0010-restore-point.md). */
  effects: z.object({ status: z.enum(["ok", "held"]), detail: z.string().nullable() }),
  temporal: partSchema.extend({ address: z.string() }),
  /** `off`: connections point at it, and it does not run here; that does not degrade the rest. */
  sandbox: partSchema.extend({ status: z.enum(["ok", "off", "down"]), url: z.string().nullable() }),
});
export type Health = z.infer<typeof healthSchema>;
