import type { Role } from "./member-api.js";
import { permissionSchema, type Permission } from "./permission-api.js";

/** Who may do what, in one table. A permission that is not here does not exist, and a route without one does not start. */
export const permissions = {
  "flows:read": ["viewer", "builder", "publisher", "admin", "privacy_officer"],
  "flows:edit": ["builder", "publisher", "admin"],
  "flows:publish": ["publisher", "admin"],
  "runs:read": ["viewer", "builder", "publisher", "admin", "privacy_officer"],
  "runs:act": ["builder", "publisher", "admin"],
  "approvals:read": ["viewer", "builder", "publisher", "admin", "privacy_officer"],
  "feedback:read": ["viewer", "builder", "publisher", "admin", "privacy_officer"],
  /** Names, words and rendered requests. */
  "people:read": ["builder", "publisher", "admin", "privacy_officer"],
  /** What one employee said, for a request of their own. */
  "employees:reveal": ["privacy_officer"],
  "sources:read": ["builder", "publisher", "admin", "privacy_officer"],
  "sources:manage": ["admin"],
  "connections:read": ["builder", "publisher", "admin", "privacy_officer"],
  "connections:manage": ["admin"],
  "members:manage": ["admin"],
  /** Members by their directory, which makes nobody an admin. */
  "members:provision": ["admin"],
  "tokens:manage": ["admin"],
  "settings:read": ["builder", "publisher", "admin"],
  "settings:manage": ["admin"],
  /** Finding, exporting, restricting and erasing a person. */
  "privacy:manage": ["admin", "privacy_officer"],
  "audit:read": ["admin", "privacy_officer"],
  /** The registry of sources and connections: who answers for them, and how risky they are. */
  "oversight:read": ["builder", "publisher", "admin", "privacy_officer"],
  "oversight:manage": ["admin", "privacy_officer"],
  /** For a source or a connection, which others decide on and make. */
  "oversight:ask": ["viewer", "builder", "publisher", "admin", "privacy_officer"],
} as const satisfies Record<Permission, readonly Role[]>;

export const may = (role: Role, permission: Permission): boolean => {
  const roles: readonly Role[] = permissions[permission];
  return roles.includes(role);
};

export const permissionsOf = (role: Role): Permission[] => allPermissions.filter((permission) => may(role, permission));

export const allPermissions: readonly Permission[] = permissionSchema.options;
