import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loaded } from "./loading.js";

interface Props<Item> {
  readonly query: Pick<UseQueryResult<{ readonly items: readonly Item[] }>, "data" | "error" | "refetch">;
  readonly loading?: ReactNode;
  /** What stands there while there is none. */
  readonly nothing: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list in its four states. */
export function Listed<Item>({ query, loading, nothing, children }: Props<Item>) {
  return (
    <Loaded query={query} loading={loading}>
      {({ items }) => (items.length === 0 ? nothing : children(items))}
    </Loaded>
  );
}
