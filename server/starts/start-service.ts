import type { StartOf } from "../../workflows/flow/start.js";
import { readStartValues, type StartValues } from "../../workflows/flow/start-values.js";
import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { badRequest, conflict, notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorize } from "../members/authorize.js";
import { commitStart, type Beginning, type StartDependencies } from "./commit-start.js";
import { KEY_HEADER, type StartedRun } from "./start-api.js";
import { shareFlow, type StartableFlow } from "./start-store.js";
import { startedBy } from "./started-by.js";
import { refuseOutOfReach } from "./within-starts.js";

export interface StartServiceDependencies extends StartDependencies {
  readonly db: Db;
  /** Names of members and tokens, by id. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Called after commit when a run waits to be started. */
  readonly onRunsQueued: () => void;
}

export interface Call {
  readonly flowId: string;
  /** As it was sent, if it was. */
  readonly key: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A flow is started by somebody, by the button or by the API. */
export const createStartService = (own: StartServiceDependencies) => ({
  async call(actor: Actor, call: Call): Promise<StartedRun> {
    authorize(actor, "runs:act", { kind: "flow", id: call.flowId });
    const started = await transact(own.db, (tx) => callIn(tx, own, actor, call));
    if (!started.duplicate) own.onRunsQueued();
    return started;
  },
});
export type StartService = ReturnType<typeof createStartService>;

async function callIn(tx: Tx, own: StartServiceDependencies, actor: Actor, call: Call): Promise<StartedRun> {
  const { workspaceId } = actor;
  const { flowId, fields } = call;
  const flow = await shareFlow(tx, workspaceId, flowId);
  if (!flow) throw notFound("flow");
  refuseOutOfReach(actor, flowId);
  const key = keyOf(call);
  const begin = async (): Promise<Beginning> => {
    const called = calledFlow(flow);
    const by = (await own.names(tx, [actor.id])).get(actor.id) ?? "";
    return {
      ...called,
      at: new Date(),
      by,
      byToken: actor.kind === "token",
      values: valuesOf(called.config.start, fields),
    };
  };
  const started = await commitStart(tx, own, { workspaceId, flowId, key: `call|${key}`, asked: fields, begin });
  if (!started.duplicate) await record(tx, actor, flowId, started);
  return started;
}

function calledFlow({ state, published }: StartableFlow) {
  if (!published || state === "draft") throw conflict("not_published", "Publish this flow first.");
  if (state === "paused") throw conflict("flow_paused", "This flow is paused, so it starts nothing. Resume it first.");
  const called = startedBy(published, "call");
  if (!called)
    throw conflict("flow_not_called", "Nobody starts this flow: its published trigger waits for something else.");
  return called;
}

function valuesOf({ fields }: StartOf<"call">, given: Call["fields"]): StartValues {
  const read = readStartValues(fields, given);
  if (read.ok) return read.values;
  const words = read.problems.map(({ message }) => message).join(" ");
  throw unprocessable("start_fields_wrong", words, { problems: read.problems });
}

const record = (tx: Tx, actor: Actor, flowId: string, { runId }: StartedRun): Promise<void> =>
  auditBy(tx, actor, { action: "flow.started", target: { kind: "flow", id: flowId }, data: { run: runId } });

const MOST_KEY = 200;

function keyOf({ key = "" }: Call): string {
  if (key.trim() === "" || key.length > MOST_KEY)
    throw badRequest(
      "start_key_missing",
      `Send the header ${KEY_HEADER} with 1 to ${MOST_KEY} characters of your own, such as a UUID, and the same again when you try again: one key is one run.`,
    );
  return key;
}
