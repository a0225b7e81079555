import { z } from "zod";

export const requestInputSchema = z.object({
  method: z.enum(["POST", "PUT", "PATCH", "DELETE", "GET"]).default("POST").meta({ title: "Method" }),
  url: z.string().min(1).meta({
    title: "Address",
    description: "Complete, or relative to the connection's base address",
    template: true,
  }),
  headers: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.string() }))
    .max(30)
    .default([])
    .meta({ title: "Headers", template: true, advanced: true }),
  body: z.string().default("").meta({ title: "Body", template: true, multiline: true }),
  idempotencyHonoured: z.boolean().default(false).meta({
    title: "The receiver honours Idempotency-Key",
    description: "Then a request in doubt is sent again; otherwise a person decides",
  }),
});
export type RequestInput = z.output<typeof requestInputSchema>;
