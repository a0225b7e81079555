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
  temporal: partSchema.extend({ address: z.string() }),
  sandbox: partSchema.extend({ url: z.string().nullable() }),
});
export type Health = z.infer<typeof healthSchema>;
