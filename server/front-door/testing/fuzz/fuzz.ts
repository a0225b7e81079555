import fc from "fast-check";
import { expect } from "vitest";
import { problemSchema } from "../../../http/common-api.js";
import type { Answer, Client } from "../../../testing/http.js";
import { readOpenApi } from "../clients.js";
import { requestTo, type FuzzRequest, type Known, type Operation, type Parameter } from "./requests.js";
import type { Schema } from "./schema-values.js";

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly "x-access": string;
}

export interface Target {
  readonly url: string;
  readonly ids: Known["ids"];
  /** Texts that no answer may hold, whoever asks. */
  readonly secrets: readonly string[];
}

/** What the published document says can be asked. An answer without end is left out. */
export async function readOperations(url: string): Promise<{ operations: Operation[]; resolve: Known["resolve"] }> {
  const { paths, components } = await readOpenApi(url);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as unknown as Record<string, Described>).map(([method, one]) => ({
      method: method.toUpperCase(),
      path,
      access: one["x-access"],
      parameters: one.parameters ?? [],
      body: one.requestBody?.content["application/json"]?.schema ?? null,
    })),
  );
  const resolve = (ref: string): Schema => components.schemas[ref.replace("#/components/schemas/", "")] ?? {};
  return { operations: operations.filter(({ path }) => path !== "/api/live"), resolve };
}

export interface Effort {
  readonly seed: number;
  readonly numRuns: number;
  readonly forMs?: number;
}

/** Sends requests of every kind that the document knows; throws the smallest that is answered as none may be. Answers how many of each status. */
export async function fuzz(client: Client, target: Target, effort: Effort): Promise<Map<number, number>> {
  const { operations, resolve } = await readOperations(target.url);
  const known = { resolve, ids: target.ids };
  const request = fc.constantFrom(...operations).chain((operation) => requestTo(operation, known));
  const statuses = new Map<number, number>();
  const property = fc.asyncProperty(request, async (one) => {
    const answer = await client(one.method, one.path, wrapped(one.body));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    judge(one, answer, target.secrets);
  });
  const { seed, numRuns, forMs } = effort;
  const limit = forMs === undefined ? {} : { interruptAfterTimeLimit: forMs, markInterruptAsFailure: false };
  await fc.assert(property, { seed, numRuns, endOnFailure: false, ...limit });
  return statuses;
}

/** Anything that is not undefined is sent, also null and texts. */
const wrapped = (body: unknown): object | undefined => (body === undefined ? undefined : { toJSON: () => body });

const TOO_LONG = 431;
const TRACE = /\n\s+at .+:\d+:\d+|node_modules|file:\/\/\/|\.ts:\d+/;

function judge({ operation }: FuzzRequest, { status, headers, json, text }: Answer, secrets: readonly string[]): void {
  const said = `${operation} answered ${status}: ${text.slice(0, 300)}`;
  expect(status < 500 || status === 503, said).toBe(true);
  const type = headers.get("content-type") ?? "";
  expect(!/javascript|css/.test(type) && TRACE.test(text), said).toBe(false);
  expect(
    secrets.filter((secret) => text.includes(secret)),
    said,
  ).toEqual([]);
  if (status < 400 || type.includes("html")) return;
  // RFC 7644 has errors of its own; what cannot be read as a request never comes to where they are known.
  if (operation.includes("/scim/") && status !== TOO_LONG) expect(type, said).toMatch(/^application\/scim\+json/);
  else {
    expect(type, said).toMatch(/^application\/problem\+json/);
    expect(problemSchema.safeParse(json).success, said).toBe(true);
  }
}
