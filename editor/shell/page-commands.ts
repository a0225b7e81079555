import type { Icon } from "@tabler/icons-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** Something that the open page can do, beside the pages that Ctrl-K leads to. */
export interface PageCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly text?: string;
  readonly run: () => void;
}

const offered = createStore<{ readonly commands: readonly PageCommand[] }>()(() => ({ commands: [] }));

/** Offers these for as long as the page is open. Give the same list as long as nothing of it changes. */
export function useOfferedCommands(commands: readonly PageCommand[]): void {
  useEffect(() => {
    offered.setState({ commands });
    return () => offered.setState({ commands: [] });
  }, [commands]);
}

export const usePageCommands = (): readonly PageCommand[] => useStore(offered, ({ commands }) => commands);
