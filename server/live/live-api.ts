import { z } from "zod";

/** One server-sent event at `/api/live`: something of this kind changed; read it again. Ids only; none: whichever. */
export const liveEventSchema = z.object({
  topic: z.enum(["run", "flow", "draft", "approval", "connection", "feedback"]),
  ids: z.array(z.string()),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;
