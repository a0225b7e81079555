import { sql } from "kysely";
import { expect } from "vitest";
import { until } from "../../../workflows/testing/until.js";
import type { Db } from "../../db/database.js";
import { setDatabaseClock } from "../../testing/database-clock.js";
import { checkInvariants } from "../../testing/invariants.js";
import { effects, responses } from "../../testing/ledger-views.js";
import { post, type FlowHandle, type Posted } from "../../testing/product-front.js";
import type { Product } from "../../testing/product.js";
import { between, seeded } from "../../testing/seeded.js";
import { allAtRest } from "./settled.js";
import { systems, writesOf, type System } from "./three-systems.js";

const RUNS = 20;

/** Longer than any claim of these tests. */
const PAST_ALL_CLAIMS_MS = 40_000;

/** Calls hang for as long as their action allows, so that the worker is killed with all three systems in the air. */
export const killTiming = { deadlineCapMs: 30_000 };

/**
 * Twenty runs of each system in flight; the seed says from which request on everything is accepted and nothing answered. The
 * worker is killed while calls hang, the clock passes their claims, and another worker takes over.
 */
export async function killBetweenAcceptanceAndReply(
  product: Product,
  flows: ReadonlyMap<System, readonly FlowHandle[]>,
  seed: number,
): Promise<Posted[]> {
  const { sandbox, db } = product;
  const random = seeded(seed);
  const before = (await responses(db)).length;
  const rules = systems.map((system) =>
    sandbox.faults.add({
      system,
      match: { ...writesOf[system], nth: between(random, 1, RUNS / 2) },
      times: null,
      fault: { kind: "hold_after_apply" },
    }),
  );
  const posted = await Promise.all(
    systems.flatMap((system) => {
      const targets = flows.get(system) ?? [];
      return Array.from({ length: RUNS }, (_, index) =>
        post(targets[index % targets.length]!, { responseId: `${seed}-${system}-${index}` }),
      );
    }),
  );
  await until(
    () => hanging(product, rules),
    (count) => count === systems.length,
    { what: "a request of each system that was taken and not answered", timeoutMs: 300_000 },
  );
  await product.roles().worker.kill();
  await setDatabaseClock(db, PAST_ALL_CLAIMS_MS);
  sandbox.faults.clear();
  await product.startWorker();
  await allAtRest(db, before + posted.length);
  await setClockBack(db);
  // Conservation: what was posted is what is stored, no more and no less.
  expect(posted.filter(({ status }) => status === 202)).toHaveLength(systems.length * RUNS);
  expect((await responses(db)).length).toBe(before + systems.length * RUNS);
  expect(sandbox.effects().duplicates).toEqual([]);
  await checkInvariants(product, posted);
  return posted;
}

/**
 * Before the next kill: a look-up reaches back five minutes from the database's clock, so a clock that ran ahead of the systems' by more
 * would hide what they accepted. Slots that were reserved meanwhile lie in the future.
 */
async function setClockBack(db: Db): Promise<void> {
  await setDatabaseClock(db, 0);
  await sql`delete from rate_slot`.execute(db);
}

/** In how many systems a call hangs now whose effect took place. */
async function hanging({ db, sandbox }: Product, rules: readonly string[]): Promise<number> {
  const struck = sandbox.faults.list().filter(({ id, struck: times }) => rules.includes(id) && times > 0);
  const taken = (await effects(db)).filter(({ state, key }) => state === "sending" && sandbox.effects(key).effects > 0);
  return struck.filter(({ rule: { system } }) => taken.some(({ action }) => action.startsWith(system))).length;
}
