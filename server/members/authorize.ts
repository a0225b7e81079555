import { forbidden, notFound } from "../errors.js";
import type { Actor, ResourceKind } from "../http/route.js";
import { idsWithin } from "./reach.js";
import type { Permission } from "./permission-api.js";
import { allPermissions, may } from "./permissions.js";
import { isNarrowable } from "./token-api.js";

export interface Resource {
  readonly kind: ResourceKind;
  /** Null: one that is about to be made. */
  readonly id: string | null;
}

/** Throws 403 where the actor may not do this at all, and 404 where this thing is out of their sight. */
export function authorize(actor: Actor, action: Permission, resource?: Resource): void {
  if (!mayDo(actor, action)) throw forbidden(refusal(actor, action));
  if (resource) refuseOutOfScope(actor, resource);
}

export function mayDo({ role, scope }: Actor, action: Permission): boolean {
  if (scope?.reach && !isNarrowable(action)) return false;
  return scope?.permissions?.includes(action) ?? (role !== null && may(role, action));
}

export const permissionsOfActor = (actor: Actor): Permission[] =>
  allPermissions.filter((permission) => mayDo(actor, permission));

/** The only ids of this kind that the actor sees; null: all of the workspace. For the WHERE of lists of things; rows: `reachWhere`. */
export const within = ({ scope }: Actor, kind: ResourceKind): readonly string[] | null => idsWithin(scope?.reach, kind);

/** Whether the actor sees less than the whole workspace: what tells of all of it is not for them. */
export const isNarrow = ({ scope }: Actor): boolean => scope !== undefined;

function refuseOutOfScope(actor: Actor, { kind, id }: Resource): void {
  const ids = within(actor, kind);
  if (ids === null) return;
  if (id === null) throw forbidden(`You see certain ${kind}s only, so you make no new ones. Ask an admin.`);
  if (!ids.includes(id)) throw notFound(kind);
}

function refusal({ role, scope }: Actor, action: Permission): string {
  if (scope?.reach && !isNarrowable(action))
    return `This concerns the whole workspace (${action}), and you see a part of it. Ask an admin.`;
  if (role === null) return `This token may not do this; it needs ${action}.`;
  return `Your role (${role.replace("_", " ")}) may not do this; it needs ${action}.`;
}
