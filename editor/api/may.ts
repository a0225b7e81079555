import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../server/members/permission-api.js";
import { queries } from "./queries.js";

/** The server decides; pages only leave out what it would refuse. */
export function useMay(): (permission: Permission) => boolean {
  const permissions = useQuery(queries.me()).data?.permissions ?? [];
  return (permission) => permissions.includes(permission);
}
