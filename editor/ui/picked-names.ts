import { queryOptions, skipToken, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type { optionsSchema } from "../../server/connections/connection-api.js";

type Options = z.infer<typeof optionsSchema>["items"];
export type Labels = Readonly<Record<string, string>>;

/** Of one picker of a connection. */
export interface PickedFrom {
  readonly connectionId: string;
  /** "channels" */
  readonly picker: string;
}

/** What the pickers were told of ids since the page was opened: nobody is asked for it. */
export const pickedNames = queryOptions<Labels>({
  queryKey: ["picked names"],
  queryFn: skipToken,
  staleTime: Infinity,
  gcTime: Infinity,
});

const keyOf = ({ connectionId, picker }: PickedFrom, id: string): string => `${connectionId} ${picker} ${id}`;

export function keepNames(client: QueryClient, from: PickedFrom, options: Options): void {
  const labels = options.map(({ value, id = value, label }) => [keyOf(from, id), label] as const);
  client.setQueryData(pickedNames.queryKey, (before) => ({ ...before, ...Object.fromEntries(labels) }));
}

/** As the picker shows it; what no picker was told of stays as it is. */
export const pickedName = (labels: Labels, from: PickedFrom, value: string): string =>
  labels[keyOf(from, value)] ?? value;
