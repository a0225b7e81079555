import { useQuery } from "@tanstack/react-query";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { queries } from "../api/queries.js";

const plain = (name: string): string => name.trim().replaceAll(/\s+/g, " ").toLowerCase();

/** Whether another flow than this one is called so, whatever its capitals and spaces. */
export const isNameTaken = (
  name: string,
  flows: readonly Pick<FlowSummary, "id" | "name">[],
  own: string | null = null,
): boolean => plain(name) !== "" && flows.some((flow) => flow.id !== own && plain(flow.name) === plain(name));

/** The same among the flows that the reader sees; two flows may have one name, so this is told and refuses nothing. */
export function useNameTaken(name: string, own: string | null = null): boolean {
  const flows = useQuery(queries.flows()).data?.items ?? [];
  return isNameTaken(name, flows, own);
}
