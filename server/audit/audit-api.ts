import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";

/** Everything that the audit tells of: what, in the past tense. A word that is not here cannot be written. */
export const auditActions = [
  "account.imported",
  "account.placed",
  "approval.approved",
  "approval.refused",
  "approval.rejected",
  "audit.exported",
  "connection.created",
  "connection.deleted",
  "connection.paused",
  "connection.refused",
  "connection.resumed",
  "connection.updated",
  "delivery.replayed",
  "erasure.asked",
  "erasure.done",
  "erasure.left_to_person",
  "erasure.nobody",
  "flow.created",
  "flow.deleted",
  "flow.draft_saved",
  "flow.paused",
  "flow.published",
  "flow.renamed",
  "flow.resumed",
  "flow.started",
  "flow.step_done",
  "flow.taken_over",
  "flow.test_deleted",
  "flow.test_saved",
  "flow.tests_overridden",
  "flow.unpublished",
  "hold.lifted",
  "hold.placed",
  "incident.effect_doubled",
  "incident.run_stuck",
  "keys.kek_dropped",
  "keys.kek_made",
  "keys.kek_rotated",
  "keys.rotated",
  "member.changed",
  "member.created",
  "member.credentials_ended",
  "member.invited",
  "member.let_in",
  "member.link_made",
  "member.made_admin",
  "member.passkey_added",
  "member.passkey_removed",
  "member.passkey_renamed",
  "member.password_set",
  "member.provider_linked",
  "member.provider_unlinked",
  "member.provisioned",
  "member.put_out",
  "member.second_factor_off",
  "member.second_factor_on",
  "member.sign_in_refused",
  "member.signed_in",
  "oversight.entry_changed",
  "oversight.exported",
  "person.choices_changed",
  "person.exported",
  "person.merged",
  "person.rectified",
  "person.revealed",
  "person.searched",
  "person.unmerged",
  "restore.nothing_lost",
  "restore.point_named",
  "retention.applied",
  "retention.changed",
  "run.cancelled",
  "run.group_resumed",
  "run.step_looked_again",
  "run.step_retried",
  "run.step_settled",
  "run.step_skipped",
  "search.switched",
  "session.ended",
  "settings.changed",
  "settings.employee_group_changed",
  "settings.four_eyes_off",
  "settings.four_eyes_on",
  "sign_in_provider.changed",
  "sign_in_provider.removed",
  "source.created",
  "source.paused",
  "source.resumed",
  "source.sampled",
  "source.secret_rotated",
  "source.secret_shown",
  "source.updated",
  "team.changed",
  "team.created",
  "team.deleted",
  "token.created",
  "token.revoked",
  "tool_request.approved",
  "tool_request.asked",
  "tool_request.declined",
  "tool_request.linked",
  "view.changed",
  "view.created",
  "view.deleted",
] as const;

export type AuditAction = (typeof auditActions)[number];

export const auditFilterSchema = z.object({
  action: z.enum(auditActions).optional(),
  actorId: uuidSchema.optional(),
  targetId: uuidSchema.optional(),
  /** Inclusive. */
  from: timestampSchema.optional(),
  /** Exclusive. */
  until: timestampSchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = pageQuerySchema.extend(auditFilterSchema.shape);
export const auditExportQuerySchema = auditFilterSchema.extend({ format: z.enum(["csv", "jsonl"]).default("csv") });

export const auditEventSchema = z.object({
  id: uuidSchema,
  at: timestampSchema,
  actor: z.object({
    kind: z.enum(["member", "token", "person", "system"]),
    id: uuidSchema.nullable(),
    /** Null where nobody is named by it any more, and for the product itself. */
    name: z.string().nullable(),
  }),
  action: z.enum(auditActions),
  target: z.object({ kind: z.string(), id: z.string() }),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Its place in the chain; null for a few seconds after it was written. */
  seq: z.number().int().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
export const auditListSchema = pageOf(auditEventSchema);

export const chainSchema = z.object({
  /** In the chain, and not yet. */
  events: z.number().int(),
  unchained: z.number().int(),
  /** Where the chain was last signed: what a copy outside the database can be compared with. */
  signed: z
    .object({ seq: z.number().int(), hash: z.string(), keyId: z.string(), signedAt: timestampSchema })
    .nullable(),
});
export type Chain = z.infer<typeof chainSchema>;
