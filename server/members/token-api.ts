import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { roleSchema } from "./member-api.js";
import { permissionSchema, type Permission } from "./permission-api.js";

/** Whoever has one of these can give themselves the others, so a token that names its permissions has neither. */
const POWERS = ["members:manage", "tokens:manage"] as const satisfies readonly Permission[];
/** What one employee said is for a person with that role to see, not for a token that an admin makes. */
export const grantedSchema = permissionSchema.exclude([...POWERS, "employees:reveal"]);

/** What a list of flows, sources or connections can narrow. The rest concerns the workspace as a whole. */
const NARROWABLE: readonly Permission[] = [
  "flows:read",
  "flows:edit",
  "flows:publish",
  "runs:read",
  "runs:act",
  "approvals:read",
  "feedback:read",
  "people:read",
  "sources:read",
  "sources:manage",
  "connections:read",
  "connections:manage",
];

export const isNarrowable = (permission: Permission): boolean => NARROWABLE.includes(permission);

const idsSchema = z.array(uuidSchema).min(1).max(100).nullable();

/** The only things of each kind that somebody reaches; null: all. */
export const thingsSchema = z.object({ flowIds: idsSchema, sourceIds: idsSchema, connectionIds: idsSchema });
export type Things = z.infer<typeof thingsSchema>;

export const tokenSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  /** What it begins with, to tell it by; null for one that was made before this was kept. */
  prefix: z.string().nullable(),
  /** Null where it names its permissions itself. */
  role: roleSchema.nullable(),
  permissions: z.array(permissionSchema).nullable(),
  ...thingsSchema.shape,
  /** False while whoever made it is put out. */
  active: z.boolean(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
  /** Null for one that was made when tokens could last for ever. */
  expiresAt: timestampSchema.nullable(),
});
export type TokenView = z.infer<typeof tokenSchema>;
export const tokenListSchema = z.object({ items: z.array(tokenSchema) });

export const TOKEN_DAYS = { usual: 90, most: 365 } as const;

/** A role, or single permissions; and if need be the only things that it reaches. */
export const createTokenSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    role: roleSchema.optional(),
    permissions: z.array(grantedSchema).min(1).optional(),
    ...thingsSchema.partial().shape,
    expiresInDays: z.number().int().min(1).max(TOKEN_DAYS.most).default(TOKEN_DAYS.usual),
  })
  .refine(({ role, permissions }) => (role === undefined) !== (permissions === undefined), {
    path: ["role"],
    error: "needs a role or a list of permissions, and not both",
  })
  .refine((token) => !isScoped(token) || (token.permissions ?? []).every(isNarrowable), {
    path: ["permissions"],
    error:
      "cannot be limited to flows, sources or connections: leave the lists out, or what concerns the whole workspace",
  });
export type CreateToken = z.infer<typeof createTokenSchema>;

type MaybeScope = { readonly [Kind in keyof Things]?: Things[Kind] | undefined };
const isScoped = ({ flowIds, sourceIds, connectionIds }: MaybeScope): boolean =>
  [flowIds, sourceIds, connectionIds].some((ids) => ids !== undefined && ids !== null);

/** The token itself is shown once. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() });
