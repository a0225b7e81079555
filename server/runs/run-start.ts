import { z } from "zod";
import type { Sealer } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { STARTS } from "../sources/source-store.js";
import type { RunSummary } from "./run-api.js";
import type { RunListRow } from "./run-store.js";

const beganSchema = z.object({
  start: z.object({ by: z.string().nullable(), byToken: z.boolean().default(false) }),
});

/** In the order of the rows: what began each in place of feedback. Who did is somebody's name. */
export async function runStarts(
  reader: Reader,
  sealer: Pick<Sealer, "open">,
  { rows, mayReadPeople }: { readonly rows: readonly RunListRow[]; readonly mayReadPeople: boolean },
): Promise<RunSummary["start"][]> {
  const started = rows.filter((row) => row.source_kind === STARTS);
  const cells = started.map((row) => ({ sealed: row.respondent, place: `revision.respondent|${row.revision_id}` }));
  const opened = await sealer.open(reader, cells);
  const starts = new Map(
    started.map((row, index) => {
      const cell = opened[index];
      const began = beganSchema.safeParse(cell?.erased === false ? cell.value : null);
      return [row.id, startOf(row, began.data?.start, mayReadPeople)];
    }),
  );
  return rows.map(({ id }) => starts.get(id) ?? null);
}

type Began = z.infer<typeof beganSchema>["start"];

/** One whose person was erased began by hand or by a program: a schedule is about nobody. */
function startOf({ occurred_at: at }: RunListRow, began: Began | undefined, mayReadPeople: boolean) {
  const by = mayReadPeople ? (began?.by ?? null) : null;
  return { kind: kindOf(began), at: at.toISOString(), by };
}

function kindOf(began: Began | undefined): NonNullable<RunSummary["start"]>["kind"] {
  if (began?.by === null) return "schedule";
  return began?.byToken === true ? "api" : "hand";
}
