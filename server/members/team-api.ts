import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { rowRuleSchema } from "./rule-api.js";
import { thingsSchema } from "./token-api.js";

const nameSchema = z.string().trim().min(1).max(80);

/**
 * People who see the same part of the workspace: these flows with their runs, these sources with their feedback, these connections (null:
 * all), and of the rows those alone that the rule names.
 */
export const teamSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  ...thingsSchema.shape,
  ...rowRuleSchema.shape,
  memberIds: z.array(uuidSchema),
  createdAt: timestampSchema,
});
export type Team = z.infer<typeof teamSchema>;
export const teamListSchema = z.object({ items: z.array(teamSchema) });

/** The whole of a team, as it is to be. */
export const saveTeamSchema = z.object({
  name: nameSchema,
  ...thingsSchema.shape,
  ...rowRuleSchema.shape,
  memberIds: z.array(uuidSchema).max(1_000),
});
export type SaveTeam = z.infer<typeof saveTeamSchema>;
