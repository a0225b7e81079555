import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { RunListAddress } from "./run-address.js";

/** From here on there is room for a run beside the list. */
const ROOM = "(min-width: 1100px)";

export interface OpenedRun {
  /** The run at the side. */
  readonly id: string | undefined;
  /** Null where a run has a page of its own only. */
  readonly open: ((id: string) => void) | null;
  readonly close: () => void;
}

/** The run at the side of the list, kept in the address: going back closes it, whatever was looked at meanwhile. */
export function useOpenedRun(): OpenedRun {
  const hasRoom = useMediaQuery(ROOM, undefined, { getInitialValueInEffect: false });
  const { run: id } = useSearch({ from: "/runs" });
  const navigate = useNavigate();
  const go = useCallback(
    (run: string | undefined) =>
      void navigate({
        to: "/runs",
        search: (now: RunListAddress) => ({ ...now, run }),
        replace: id !== undefined,
        resetScroll: false,
      }),
    [navigate, id],
  );
  const close = useCallback(() => go(undefined), [go]);
  return { id, open: hasRoom ? go : null, close };
}
