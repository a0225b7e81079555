import { z } from "zod";
import { holdKindSchema } from "../holds/hold-api.js";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";

/**
 * `restored`: the database was restored from a backup that still knew somebody who had been erased. `source`: a source asked, because the
 * system behind it forgot them.
 */
export const groundSchema = z.enum(["request", "restored", "source"]);
export type Ground = z.infer<typeof groundSchema>;

/**
 * What became of a copy in another system. `open`: still being tried. `gone`: it was not there any more. `foreign`: a record of that
 * system's own, which a person decides on. `by_hand`: it cannot be called back, or nobody knows whether it arrived. `failed`: refused.
 */
export const copyStateSchema = z.enum(["open", "deleted", "emptied", "gone", "foreign", "by_hand", "failed"]);
export type CopyState = z.infer<typeof copyStateSchema>;

/** What another system keeps of a copy although it was taken away. */
export const remainsSchema = z.enum(["jira_history", "salesforce_recycle_bin"]);

export const copySchema = z.object({
  /** "slack.postMessage@1" */
  action: z.string(),
  /** Null for what needs no connection, or where the connection is gone. */
  connection: z.string().nullable(),
  externalId: z.string().nullable(),
  url: z.string().nullable(),
  /** The effect's key: what to search that system for where no id is known. */
  key: z.string(),
  state: copyStateSchema,
  remains: remainsSchema.nullable(),
  code: z.string().nullable(),
});
export type ErasureCopy = z.infer<typeof copySchema>;

/** What the receipt vouches for; names nobody. */
export const receiptBodySchema = z.object({
  erasureId: uuidSchema,
  workspaceId: uuidSchema,
  ground: groundSchema,
  askedAt: timestampSchema,
  doneAt: timestampSchema,
  /** Rows that went, by table. */
  deleted: z.record(z.string(), z.number().int()),
  copies: z.array(copySchema),
  /** Sealed words in older backups cannot be opened without this installation's keys file; backups should be gone by then. */
  backupsUntil: timestampSchema,
});
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

export const receiptSchema = z.object({
  body: receiptBodySchema,
  keyId: z.string(),
  /** Ed25519, SPKI, base64. */
  publicKey: z.base64(),
  /** Over the canonical JSON (RFC 8785) of `body`. */
  signature: z.base64(),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const eraseSchema = z
  .object({
    contactIds: z.array(uuidSchema).max(50).default([]),
    /** Of responses whose author is not known. */
    responseIds: z.array(uuidSchema).max(500).default([]),
    /** Held deliveries. */
    quarantineIds: z.array(uuidSchema).max(500).default([]),
  })
  .refine(
    ({ contactIds, responseIds, quarantineIds }) => contactIds.length + responseIds.length + quarantineIds.length > 0,
    {
      message: "names nobody: give contacts, responses or held deliveries",
    },
  );
export type EraseRequest = z.infer<typeof eraseSchema>;

export const erasureSchema = z.object({
  id: uuidSchema,
  ground: groundSchema,
  askedAt: timestampSchema,
  /** A member, a token, or the source. */
  askedBy: z.string().nullable(),
  /** The steps, in order; null while still to come. */
  settledAt: timestampSchema.nullable(),
  copiesAt: timestampSchema.nullable(),
  rowsAt: timestampSchema.nullable(),
  tracesAt: timestampSchema.nullable(),
  doneAt: timestampSchema.nullable(),
  /** A legal hold stops it; it goes on once that is lifted. */
  held: z.object({ by: holdKindSchema, since: timestampSchema }).nullable(),
  copies: z.array(copySchema),
  receipt: receiptSchema.nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;

export const erasureQuerySchema = pageQuerySchema;

/** A source asks to forget them; they are known elsewhere too, so a person decides. */
const leftToPersonSchema = z.object({ contactId: uuidSchema, sourceName: z.string(), askedAt: timestampSchema });
export type LeftToPerson = z.infer<typeof leftToPersonSchema>;

export const erasureListSchema = pageOf(erasureSchema).extend({
  /** With the first page. */
  left: z.array(leftToPersonSchema),
});
