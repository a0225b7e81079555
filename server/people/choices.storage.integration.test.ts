import { sql } from "kysely";
import { expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { lockWaits } from "../../workflows/testing/lock-waits.js";
import { until } from "../../workflows/testing/until.js";
import { contactOf, own, say, useAging } from "../retention/testing/aging.js";
import { setChoices } from "./choices.js";

useAging();

const email = "jane@choices.example";
const restricted = { restricted: true, consents: [], objections: [] };

/** One way to have a promise decided by the test. */
function aGate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

it("a run that starts while a choice is being made starts by that choice: none slips by the one before", async () => {
  await say({ email });
  const contact = { workspaceId: own.workspaces.here, id: await contactOf() };
  const [made, kept] = [aGate(), aGate()];
  const choosing = transact(own.db, async (tx) => {
    await setChoices(tx, contact, restricted);
    made.open();
    await kept.opened;
  });
  await made.opened;
  let isStored = false;
  const saying = say({ email }).then((said) => {
    isStored = true;
    return said;
  });
  await until(async () => isStored || (await lockWaits(own.db)) > 0, Boolean, { what: "a run that waits" });
  kept.open();
  const [{ accepted }] = await Promise.all([saying, choosing]);
  expect(accepted.runIds).toHaveLength(1);
  const { rows } = await sql<{ withheld: string | null }>`
    select withheld from run where response_id in (select id from response where contact_id = ${contact.id})`.execute(
    own.db,
  );
  expect(rows).toEqual([{ withheld: "restricted" }, { withheld: "restricted" }]);
});
