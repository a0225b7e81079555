import { z } from "zod";

/** What a flow acts for: `service`, to follow up on what somebody said, needs no consent; the others do. */
export const purposeSchema = z.enum(["service", "research", "marketing"]);
export type Purpose = z.infer<typeof purposeSchema>;
