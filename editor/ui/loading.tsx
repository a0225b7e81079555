import { Skeleton, Stack } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ErrorNotice } from "./notice.js";

const PATIENCE = 300;

/** Shows nothing for 300 ms, so that quick answers do not flicker. */
export function Delayed({ children }: { readonly children: ReactNode }) {
  const [late, setLate] = useState(false);
  useTimeout(() => setLate(true), PATIENCE, { autoInvoke: true });
  return late ? children : null;
}

export function RowsSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Delayed>
      <Stack gap={14} p="md" aria-busy>
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={18} width={`${String(92 - ((row * 13) % 37))}%`} />
        ))}
      </Stack>
    </Delayed>
  );
}

interface Props<Data> {
  readonly query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  readonly loading?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** Full, loading or failed; what is already there stays while it is read again. */
export function Loaded<Data>({ query, loading, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorNotice error={query.error} retry={() => void query.refetch()} />;
  return loading ?? <RowsSkeleton />;
}
