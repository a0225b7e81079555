import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { roleSchema } from "../members/member-api.js";

/** RFC 7643 and 7644, as far as members need them. */
export const SCIM = {
  mediaType: "application/scim+json",
  base: "/scim/v2",
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  list: "urn:ietf:params:scim:api:messages:2.0:ListResponse",
  patch: "urn:ietf:params:scim:api:messages:2.0:PatchOp",
  error: "urn:ietf:params:scim:api:messages:2.0:Error",
} as const;

const USER_PREFIX = `${SCIM.user}:`.toLowerCase();

/** An attribute may be named together with its schema (RFC 7644 section 3.10). */
export const withoutSchema = (attribute: string): string =>
  attribute.toLowerCase().startsWith(USER_PREFIX) ? attribute.slice(USER_PREFIX.length) : attribute;

export const MOST_USERS = 200;

const metaSchema = z.object({ resourceType: z.literal("User"), created: timestampSchema, location: z.string() });

export const scimUserSchema = z.object({
  schemas: z.array(z.string()),
  id: uuidSchema,
  externalId: z.string().optional(),
  /** The e-mail address: it is what a member signs in with. */
  userName: z.string(),
  displayName: z.string(),
  name: z.object({ formatted: z.string() }),
  active: z.boolean(),
  emails: z.array(z.object({ value: z.string(), type: z.literal("work"), primary: z.literal(true) })),
  roles: z.array(z.object({ value: roleSchema, primary: z.literal(true) })),
  meta: metaSchema,
});
export type ScimUser = z.infer<typeof scimUserSchema>;

export const scimUserListSchema = z.object({
  schemas: z.array(z.string()),
  totalResults: z.number().int(),
  startIndex: z.number().int(),
  itemsPerPage: z.number().int(),
  Resources: z.array(scimUserSchema),
});

export const scimListQuerySchema = z.object({
  filter: z.string().max(500).optional(),
  /** From 1; less is 1 (RFC 7644 section 3.4.2.4). */
  startIndex: z.coerce
    .number()
    .int()
    .default(1)
    .transform((index) => Math.max(1, index)),
  count: z.coerce
    .number()
    .int()
    .default(100)
    .transform((count) => Math.min(MOST_USERS, Math.max(0, count))),
});

/** Some directories write "True". */
const booleanSchema = z.union([z.boolean(), z.stringbool()]);
const emailSchema = z.email("must be an e-mail address: it is what a member signs in with").max(254);
const textSchema = z.string().max(250);
export const externalIdSchema = z.string().min(1).max(250);

/** One value, or many of which the primary one counts, or the first. */
const valuesSchema = z
  .union([z.string().transform((value) => [{ value }]), z.array(z.looseObject({ value: z.string() }))])
  .transform((values: readonly { value: string; primary?: unknown }[]) => {
    const primary = values.find((one) => booleanSchema.safeParse(one.primary).data === true);
    return (primary ?? values[0])?.value;
  });

export const nameSchema = z.looseObject({
  formatted: textSchema.nullish(),
  givenName: textSchema.nullish(),
  familyName: textSchema.nullish(),
});

/** What of a user is read; the rest is left to the directory. */
export const scimAttributesSchema = z.looseObject({
  userName: emailSchema.optional(),
  externalId: externalIdSchema.nullish(),
  displayName: textSchema.nullish(),
  name: nameSchema.nullish(),
  active: booleanSchema.optional(),
  emails: valuesSchema.nullish(),
  roles: valuesSchema.pipe(roleSchema.optional()).nullish(),
});
export type ScimAttributes = z.infer<typeof scimAttributesSchema>;

export const scimUserInputSchema = scimAttributesSchema.required({ userName: true });

export const scimPatchSchema = z.looseObject({
  Operations: z
    .array(
      z.looseObject({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(["add", "replace", "remove"])),
        path: z.string().max(250).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type ScimPatch = z.infer<typeof scimPatchSchema>;

/** ServiceProviderConfig, ResourceTypes and Schemas: documents of the protocol about itself. */
export const scimDocumentSchema = z.looseObject({ schemas: z.array(z.string()) });
