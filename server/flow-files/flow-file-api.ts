import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Of a file, in characters. */
export const FILE_LENGTH = 200_000;

/** The file's own text. `name`: in place of the one that it holds. */
export const importFileSchema = z.object({
  file: z.string().max(FILE_LENGTH),
  name: z.string().trim().min(1).max(120).optional(),
});

/** A name that stands for nothing here, or for several things; its step is unfinished. */
const missingNameSchema = z.object({
  nodeId: z.string(),
  kind: z.enum(["connection", "source"]),
  name: z.string(),
  why: z.enum(["unknown", "several"]),
});

export const importedSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  missing: z.array(missingNameSchema),
});
export type Imported = z.infer<typeof importedSchema>;

const fileProblemSchema = z.object({
  /** From 1. */
  line: z.number().int(),
  column: z.number().int(),
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FileProblemView = z.infer<typeof fileProblemSchema>;

/** Problems are answered 422 `flow_file_refused` with `problems` beside the problem fields. */
export const fileRefusedSchema = z.object({ problems: z.array(fileProblemSchema) });
