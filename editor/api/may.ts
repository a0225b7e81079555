import { useQuery } from "@tanstack/react-query";
import { queries } from "./queries.js";

/** The permissions that pages ask for; the server decides, pages only leave out what it would refuse. */
export type Permission =
  | "flows:edit"
  | "flows:publish"
  | "runs:act"
  | "sources:read"
  | "sources:manage"
  | "connections:read"
  | "connections:manage"
  | "audit:read"
  | "members:manage"
  | "privacy:manage"
  | "oversight:read"
  | "oversight:manage"
  | "oversight:ask"
  | "tokens:manage"
  | "settings:read"
  | "settings:manage";

export function useMay(): (permission: Permission) => boolean {
  const permissions = useQuery(queries.me()).data?.permissions ?? [];
  return (permission) => permissions.includes(permission);
}
