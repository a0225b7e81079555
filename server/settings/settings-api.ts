import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Fewer would tell single people apart. */
export const LEAST_EMPLOYEES = 3;
export const MOST_EMPLOYEES = 100;

const channelSchema = z.object({ connectionId: uuidSchema, channel: z.string().min(1).max(80) });

export const settingsSchema = z.object({
  /** Where stuck runs and broken connections are told; null: only in the product. */
  noticeChannel: channelSchema.nullable(),
  /** Whoever made the last change of a flow's draft may not publish it. */
  fourEyes: z.boolean(),
  /** What employees say is shown from so many people on, together. Holds for groups that form from then on. */
  employeeGroup: z.number().int().min(LEAST_EMPLOYEES).max(MOST_EMPLOYEES),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What is left out stays as it is. */
export const changeSettingsSchema = settingsSchema.partial();
export type SettingsChange = z.infer<typeof changeSettingsSchema>;

export const settingsReplySchema = settingsSchema.extend({
  /** Members who may sign in and publish: with one alone, nobody could publish what they changed last. */
  publishers: z.number().int(),
});
export type SettingsReply = z.infer<typeof settingsReplySchema>;
