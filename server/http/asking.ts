import { AsyncLocalStorage } from "node:async_hooks";
import type { Actor } from "./route.js";

/** A request of somebody known, while it is answered. */
export interface Asking {
  readonly actor: Actor;
  /** The route's path, with the names of its parameters. */
  readonly route: string;
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** For what must know who asks, however deep it stands: reading what is sealed. Empty in what runs by itself. */
export const asking = new AsyncLocalStorage<Asking>();
