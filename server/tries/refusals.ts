import type { Rehearsed } from "../../integrations/rehearse.js";
import type { PlannedEffect } from "../../workflows/flow/evaluation.js";
import { graphOf } from "../../workflows/flow/graph.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import type { Pins } from "../../workflows/flow/try/pin.js";
import type { Tried } from "../../workflows/flow/try/try-flow.js";
import { unprocessable } from "../errors.js";

interface Rehearsal {
  readonly effect: Pick<PlannedEffect, "nodeId">;
  readonly rehearsed: Rehearsed;
}

interface Refusing<Effect extends Rehearsal> {
  readonly flow: PublishedFlow;
  readonly pins: Pins;
  readonly tryWith: (pins: Pins) => Tried;
  readonly rehearse: (tried: Tried) => Promise<readonly Effect[]>;
}

/** Each is a whole try. As deep as flows are where one refusal leads to the next. */
const ROUNDS = 20;

/**
 * What an action would refuse before it sends anything fails in earnest too: the try is taken up again with that as the answer. Refusals that
 * have none before them are no other for one another, so they are answered together.
 */
export async function tryWithRefusals<Effect extends Rehearsal>({
  flow,
  pins,
  tryWith,
  rehearse,
}: Refusing<Effect>): Promise<{ readonly tried: Tried; readonly effects: readonly Effect[] }> {
  let answers = pins;
  for (let round = 0; round < ROUNDS; round += 1) {
    const tried = tryWith(answers);
    const effects = await rehearse(tried);
    const refused = firstRefusals(flow, answers, effects);
    if (Object.keys(refused).length === 0) return { tried, effects };
    answers = { ...refused, ...answers };
  }
  throw unprocessable(
    "too_many_refusals",
    `More than ${ROUNDS} steps, one after the other, would be refused before anything is sent. Mend the first of them, and try again.`,
  );
}

/** Those that are not answered yet, and have none of them before them. */
function firstRefusals(flow: PublishedFlow, answers: Pins, effects: readonly Rehearsal[]): Pins {
  const codes = new Map(
    effects.flatMap(({ effect: { nodeId }, rehearsed }) =>
      rehearsed.kind === "refused" && !(nodeId in answers) ? [[nodeId, rehearsed.code] as const] : [],
    ),
  );
  const { before } = graphOf(flow);
  const first = [...codes].filter(([nodeId]) => [...codes.keys()].every((other) => !before(nodeId).has(other)));
  return Object.fromEntries(first.map(([nodeId, code]) => [nodeId, { kind: "failed", code } as const]));
}
