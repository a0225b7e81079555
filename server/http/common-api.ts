import { z } from "zod";

/** RFC 9457, as every error of the API is answered. `code` is stable; `detail` says what happened and what to do. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  /** Messages for single fields of the request. */
  fields: z.record(z.string(), z.string()).optional(),
});
export type ApiProblem = z.infer<typeof problemSchema>;

export const uuidSchema = z.uuid();
export const timestampSchema = z.iso.datetime();

export const pageQuerySchema = z.object({
  /** `next` of the page before: ids sort by time. */
  cursor: uuidSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const emptySchema = z.object({});
