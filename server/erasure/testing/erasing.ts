import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { beforeEach } from "vitest";
import type { Found } from "../../../integrations/connector.js";
import { createRemote } from "../../../workflows/testing/fake-action.js";
import { createFakePorts } from "../../../workflows/testing/fake-ports.js";
import { createSigner } from "../../privacy/signer.js";
import { own, vault } from "../../retention/testing/aging.js";
import { createErasing } from "../eraser.js";
import { createErasureService } from "../erasure-service.js";
import type { Erasure } from "../erasure-api.js";
import type { ErasureRow } from "../erasure-tables.js";

/** What other systems and the file of tombstones do at each call; tests put their own in. */
export const outside = {
  erase: (_externalId: string): Promise<unknown> => Promise.resolve(),
  bury: (): Promise<unknown> => Promise.resolve(),
};
export const calledBack: string[] = [];

const found: Found = { kind: "found", sent: { externalId: "SUP-1", url: null, output: { status: 200 } } };
const remote = createRemote(undefined, { find: () => Promise.resolve(found) }).action;
const opened = { erased: false, value: { url: "http://127.0.0.1/" } } as const;

const dependencies = () => ({
  ...{ db: own.db, vault, signer: createSigner(randomBytes(32)), deleteExecution: () => Promise.resolve() },
  ports: {
    ...createFakePorts(),
    sealer: { ...vault, open: (_: unknown, cells: readonly unknown[]) => Promise.resolve(cells.map(() => opened)) },
  },
  tombstones: {
    async add() {
      await outside.bury();
    },
    all: () => Promise.resolve([]),
    nameOf: (subjectId: string) => subjectId,
  },
  action: () => ({
    ...remote,
    async erase({ externalId }: { externalId: string }) {
      calledBack.push(externalId);
      await outside.erase(externalId);
      return { copy: "deleted" } as const;
    },
  }),
});

/** Each test has erasures of its own, and nothing outside does anything of its own accord. */
export function useErasing(): void {
  beforeEach(async () => {
    await sql`truncate erasure cascade`.execute(own.db);
    calledBack.length = 0;
    outside.erase = outside.bury = () => Promise.resolve();
  });
}

export const turn = (): Promise<boolean> => createErasing(dependencies())();

/** Until nothing is due. */
export async function eraseOn(): Promise<void> {
  await sql`update erasure set due_at = lw_now() where done_at is null`.execute(own.db);
  while (await turn());
}

const service = () => createErasureService({ db: own.db, memberNames: () => Promise.resolve(new Map()) });
export const ask = (contactId: string): Promise<Erasure> =>
  service().ask(own.actor, { contactIds: [contactId], responseIds: [], quarantineIds: [] });

export async function erasureRow(): Promise<ErasureRow> {
  const { rows } = await sql<ErasureRow>`select * from erasure`.execute(own.db);
  return rows[0]!;
}

/** What the receipt says of each copy. */
export async function receiptCopies(): Promise<string[]> {
  const { receipt } = await erasureRow();
  return (receipt?.body.copies ?? []).map(({ externalId, state }) => `${externalId} ${state}`).sort();
}
