import type { z } from "zod";

export interface Ask {
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly body: unknown;
  readonly items: <Item>(all: readonly Item[]) => Item[];
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly schema: z.ZodType;
  readonly answer: (ask: Ask) => unknown;
}

export const answering =
  (method: string) =>
  (path: RegExp, schema: z.ZodType, answer: Route["answer"]): Route => ({ method, path, schema, answer });

export const get = answering("GET");
