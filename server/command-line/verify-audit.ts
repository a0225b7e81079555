import { readFile } from "node:fs/promises";
import { z } from "zod";
import { createHeadSigner } from "../audit/head-signer.js";
import { exportedHeadSchema, type ExportedHead } from "../audit/heads.js";
import { verifyChain, type ChainReport } from "../audit/verify-chain.js";
import type { Db } from "../db/database.js";
import { allWorkspaces } from "../members/member-store.js";
import type { Kek } from "../privacy/kek.js";
import { UsageError } from "./read-words.js";

interface Verifying {
  readonly db: Db;
  readonly kek: Kek;
  /** The installation's own export. */
  readonly headsFile: string;
}

/** One line a workspace; throws with the same lines where any chain is broken. */
export async function verifyAudit(
  { db, kek, headsFile }: Verifying,
  { heads, key }: { readonly heads?: string | undefined; readonly key?: readonly string[] | undefined },
): Promise<string> {
  const own = kek.ids().map((id) => createHeadSigner(kek.seed("audit-head", id)).publicKey);
  const evidence = {
    publicKeys: [...own, ...(key ?? [])],
    exported:
      heads === undefined ? await readHeads(headsFile).catch(noneYet) : await readHeads(heads).catch(unreadable),
  };
  const workspaces = await allWorkspaces(db);
  const reports = await Promise.all(
    workspaces.map(async ({ id, name }) => ({ name, ...(await verifyChain(db, id, evidence)) })),
  );
  const text = reports.map(describe).join("\n");
  if (reports.some(({ problem }) => problem !== null)) throw new Error(text);
  return text;
}

async function readHeads(file: string): Promise<ExportedHead[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line, index) => {
    const read = z.string().transform(parseJson).pipe(exportedHeadSchema).safeParse(line);
    if (read.success) return read.data;
    throw new UsageError(`Line ${index + 1} of ${file} is not a signed end of a chain.`);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

function noneYet(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}

function unreadable(error: unknown): never {
  if (isMissing(error)) throw new UsageError("--heads names a file that is not there.");
  throw error;
}

function describe({ name, events, unchained, heads, problem }: ChainReport & { readonly name: string }): string {
  const waiting = unchained > 0 ? `, ${unchained} not chained yet` : "";
  return `${name}: ${events} events${waiting}, ${heads} signed ends. ${problem ?? "The chain is whole."}`;
}
