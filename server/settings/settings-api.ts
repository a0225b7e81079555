import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Where stuck runs and broken connections are told; null: only in the product. */
export const settingsSchema = z.object({
  noticeChannel: z.object({ connectionId: uuidSchema, channel: z.string().min(1).max(80) }).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;
