import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Pages whose lists can be kept as they are narrowed. */
export const viewPageSchema = z.enum(["runs"]);

const nameSchema = z.string().trim().min(1).max(60);

/** As the page's address has it. An address of a person is none of it: it would be kept in the clear. */
const filterSchema = z
  .record(z.string().max(40), z.union([z.string().max(200), z.number()]))
  .refine((filter) => Object.keys(filter).length <= 20, "holds too much")
  .refine((filter) => !JSON.stringify(filter).includes("@"), "holds an address of a person, which is not kept");

export const viewSchema = z.object({
  id: uuidSchema,
  page: viewPageSchema,
  name: z.string(),
  filter: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Everybody in the workspace has it. */
  shared: z.boolean(),
  /** The reader may rename, change and delete it. */
  mayChange: z.boolean(),
});
export type View = z.infer<typeof viewSchema>;
export const viewListSchema = z.object({ items: z.array(viewSchema) });
export const viewQuerySchema = z.object({ page: viewPageSchema });

export const createViewSchema = z.object({
  page: viewPageSchema,
  name: nameSchema,
  filter: filterSchema,
  shared: z.boolean().default(false),
});
export type CreateView = z.infer<typeof createViewSchema>;
export const changeViewSchema = z.object({
  name: nameSchema.optional(),
  filter: filterSchema.optional(),
  shared: z.boolean().optional(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;
