import { keyKind } from "../../workflows/flow/flow-key.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";
import { aheadOf, mustTakeTurn } from "../../workflows/ledger/turns.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { runsOfEmployees } from "../employees/of-employee.js";
import type { Seer } from "../members/reach-where.js";
import { runsSeen } from "./authorize-run.js";
import type { RunSummary } from "./run-api.js";
import type { RunListRow } from "./run-store.js";

/** No page needs to tell more of them apart. */
const COUNTED = 100;

/**
 * By run: whom those wait for that are not begun because an older run of their key is open, where that one is within reach and no employee's.
 * Asks nothing
 * where none has a key.
 */
export async function waitsFor(
  reader: Reader,
  { publishedFlow }: Pick<ExecutionPorts, "publishedFlow">,
  { rows, seer }: { readonly rows: readonly RunListRow[]; readonly seer: Seer },
): Promise<Map<string, NonNullable<RunSummary["waitsFor"]>>> {
  const waiting = rows.filter((row) => row.finished_at === null && mustTakeTurn(row));
  if (waiting.length === 0) return new Map();
  const before = await aheadOf(
    reader,
    waiting.map(({ id }) => id),
    COUNTED,
  );
  const firsts = [...before.values()].map(({ first }) => first);
  const hidden = await runsOfEmployees(reader, firsts);
  const seen = await runsSeen(reader, seer, firsts);
  const told = await Promise.all(
    waiting.flatMap(({ id, flow_version_id }) => {
      const ahead = before.get(id);
      return ahead && seen.has(ahead.first) && !hidden.has(ahead.first)
        ? [publishedFlow(reader, flow_version_id).then((flow) => ({ id, ahead, key: triggerOf(flow)?.config.key }))]
        : [];
    }),
  );
  return new Map(
    told.map(({ id, ahead: { first, count }, key }) => [
      id,
      { runId: first, ahead: count, by: key ? keyKind(key) : "expression" },
    ]),
  );
}
