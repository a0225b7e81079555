import { useQuery } from "@tanstack/react-query";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";

/** Sources by name, for whoever may see them. */
export function useSourceOptions(): { readonly value: string; readonly label: string }[] {
  const { data } = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") });
  return (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
