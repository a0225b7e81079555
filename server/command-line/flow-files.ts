import { readFile } from "node:fs/promises";
import { fromFile, type Missing } from "../../workflows/flow/file/from-file.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Db } from "../db/database.js";
import { FILE_LENGTH } from "../flow-files/flow-file-api.js";
import { allNamed, idsOf, namesOf } from "../flow-files/named-here.js";
import { readFlowFile } from "../flow-files/read-file.js";
import { writeFlowFile } from "../flow-files/write-file.js";
import { insertFlow, listFlows, type FlowRow } from "../flows/flow-store.js";
import { UsageError } from "./read-words.js";

interface Exporting {
  readonly db: Db;
  readonly workspaceId: string;
}

interface Importing extends Exporting {
  readonly publicUrl: string;
  readonly readInput: () => Promise<string>;
  readonly tell: (line: string) => void;
}

/** The draft of the flow of this name or id, as a file. */
export async function exportFlow({ db, workspaceId }: Exporting, name: string): Promise<string> {
  const flow = await flowCalled({ db, workspaceId }, name);
  // Results are printed with a line end.
  return writeFlowFile(flow, namesOf(await allNamed(db, workspaceId))).trimEnd();
}

async function flowCalled({ db, workspaceId }: Exporting, name: string): Promise<FlowRow> {
  const flows = await listFlows(db, { workspaceId, only: null });
  const called = flows.filter((flow) => flow.id === name || flow.name === name);
  const [flow] = called;
  if (!flow) throw new UsageError(`There is no flow "${name}". There are:\n${lines(flows, ({ name: own }) => own)}`);
  if (called.length === 1) return flow;
  throw new UsageError(
    `${called.length} flows are called "${name}". Name one by its id:\n${lines(called, ({ id }) => id)}`,
  );
}

const lines = (flows: readonly FlowRow[], word: (flow: FlowRow) => string): string =>
  flows.map((flow) => `  ${word(flow)}`).join("\n");

/** A new flow from a file, "-" from standard input; prints its address. What is there already is left as it is. */
export async function importFlow(
  { db, workspaceId, publicUrl, readInput, tell }: Importing,
  given: { readonly file: string; readonly name?: string | undefined },
): Promise<string> {
  const read = readFlowFile(await textOf(given.file, readInput));
  const id = uuidv7();
  const missing = await transact(db, async (tx) => {
    const { draft, ...imported } = fromFile(read, idsOf(await allNamed(tx, workspaceId)));
    const name = given.name ?? imported.name;
    await insertFlow(tx, { id, workspaceId, name, draft, memberId: null, hand: null, now: new Date() });
    const doer = { workspaceId, kind: "system", id: null } as const;
    await auditBy(tx, doer, { action: "flow.created", target: { kind: "flow", id } });
    return imported.missing;
  });
  missing.map(missingWords).forEach(tell);
  return `${publicUrl}/flows/${id}`;
}

async function textOf(file: string, readInput: () => Promise<string>): Promise<string> {
  const text = file === "-" ? await readInput() : await readFile(file, "utf8").catch(unreadable(file));
  if (text.length > FILE_LENGTH) throw new UsageError(`A flow file has at most ${FILE_LENGTH} characters.`);
  return text;
}

const unreadable = (file: string) => (error: unknown) => {
  throw new UsageError(`"${file}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
};

const missingWords = ({ nodeId, kind, name, why }: Missing): string =>
  why === "unknown"
    ? `Step "${nodeId}": there is no ${kind} "${name}" here. Choose another one in the step.`
    : `Step "${nodeId}": several ${kind}s here are called "${name}". Choose one in the step.`;
