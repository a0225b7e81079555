import { z } from "zod";
import { idSchema } from "./parts.js";

/** What authors write and arrange around a flow. It is the draft's alone: nothing of it is published, hashed or run. */

export const MAX_COMMENT = 2000;
export const commentSchema = z.string().min(1).max(MAX_COMMENT);

export const noteColours = ["yellow", "green", "blue", "pink", "grey"] as const;

export const MAX_NOTES = 100;
export const noteSchema = z.object({
  id: idSchema,
  text: z.string().max(MAX_COMMENT),
  position: z.object({ x: z.number(), y: z.number() }),
  size: z.object({ width: z.number().min(80).max(2000), height: z.number().min(48).max(2000) }),
  colour: z.enum(noteColours),
});
export type Note = z.infer<typeof noteSchema>;

export const MAX_GROUPS = 100;
/** A frame around steps; a step stands in one group at most. */
export const groupSchema = z.object({
  id: idSchema,
  title: z.string().max(120),
  nodeIds: z.array(idSchema).min(1).max(500),
  collapsed: z.boolean(),
});
export type Group = z.infer<typeof groupSchema>;
