import { z } from "zod";
import { unreadable } from "./errors.js";

/** Jira ids are strings of digits; a number would be another product's answer. */
const id = z.string().regex(/^\d+$/);

export const createdIssueSchema = z.object({ id, key: z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/) });

export const foundIssuesSchema = z.object({ issues: z.array(createdIssueSchema) });

const propertySchema = z.object({ key: z.string(), value: z.unknown() });

export const commentSchema = z.object({
  id,
  created: z.string(),
  properties: z.array(propertySchema).default([]),
});

export const commentPageSchema = z.object({ comments: z.array(commentSchema), total: z.number() });

export const myselfSchema = z.object({
  accountId: z.string(),
  displayName: z.string(),
  emailAddress: z.string().optional(),
});

export const projectPageSchema = z.object({
  values: z.array(z.object({ id, key: z.string(), name: z.string() })),
  total: z.number(),
});

export const issueTypesSchema = z.object({
  issueTypes: z.array(
    z.object({ id, name: z.string(), description: z.string().optional(), subtask: z.boolean().optional() }),
  ),
});

export const priorityPageSchema = z.object({ values: z.array(z.object({ id: z.string(), name: z.string() })) });

export const usersSchema = z.array(
  z.object({
    accountId: z.string(),
    displayName: z.string(),
    emailAddress: z.string().optional(),
    active: z.boolean().optional(),
  }),
);

/** Reads an answer that Jira called a success. An answer we cannot read leaves a write in doubt. */
export function understood<T>(schema: z.ZodType<T>, answer: unknown, asked: { readonly writes: boolean }): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join(".") || "the answer").join(", ");
  throw unreadable({ ...asked, issue: null }, `Jira's answer lacks what its documentation promises (${where})`);
}
