import { z } from "zod";

/** Everything that may be asked of Loopwright. Who may do what stands in `permissions.ts`. */
export const permissionSchema = z.enum([
  "flows:read",
  "flows:edit",
  "flows:publish",
  "runs:read",
  "runs:act",
  "approvals:read",
  "feedback:read",
  "people:read",
  "employees:reveal",
  "sources:read",
  "sources:manage",
  "connections:read",
  "connections:manage",
  "members:manage",
  "members:provision",
  "tokens:manage",
  "settings:read",
  "settings:manage",
  "privacy:manage",
  "audit:read",
  "oversight:read",
  "oversight:manage",
  "oversight:ask",
]);
export type Permission = z.infer<typeof permissionSchema>;
