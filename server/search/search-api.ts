import { z } from "zod";

/**
 * - `off`: nothing is copied; words can only be read, not looked for.
 * - `building`: what was said before is being copied; what is found is not all yet.
 * - `on`: all is copied, but for the last moments.
 * - `clearing`: switched off; the copies are being deleted.
 */
export const searchStateSchema = z.object({ state: z.enum(["off", "building", "on", "clearing"]) });
export type SearchState = z.infer<typeof searchStateSchema>["state"];

export const searchSwitchSchema = z.object({ on: z.boolean() });
