import type { Command, RunView } from "./commands.js";
import { evaluate, wake, type Evaluation, type World } from "./evaluate.js";
import type { ApprovalRequest, PlannedEffect } from "./evaluation.js";
import type { Fact, FactData, NewFact } from "./facts.js";
import { SEMANTICS } from "./facts.js";
import type { Folded } from "./folded.js";
import { interpret } from "./interpreter.js";
import type { PublishedFlow } from "./schema.js";

/** How the world answers. Time stands still but for waits, which pass at once. */
export interface Answers {
  /** Without it every effect succeeds, and its outputs are named after themselves. */
  readonly effect?: (effect: PlannedEffect) => EffectAnswer;
  /** Without it every approval is approved. */
  readonly approval?: (request: ApprovalRequest) => ApprovalAnswer;
  /** Which of the open commands is done next, as an index. Without it: what needs neither people nor time comes first. */
  readonly pick?: (open: number) => number;
}

export type EffectAnswer = Pick<FactData<"settled">, "state"> &
  Partial<Pick<FactData<"settled">, "code" | "externalId" | "url">> & {
    readonly output?: Readonly<Record<string, unknown>>;
    readonly message?: string;
  };
export interface ApprovalAnswer {
  readonly output: FactData<"decided">["output"];
  readonly by?: string | null;
  readonly reason?: string;
}

export interface Simulation {
  readonly facts: readonly Fact[];
  readonly effects: readonly PlannedEffect[];
  readonly approvals: readonly ApprovalRequest[];
  readonly view: RunView;
}

/** More steps than any flow of 500 nodes can take: an endless run would be a defect, and says so. */
const MAX_STEPS = 10_000;

/**
 * Carries out a run without the world: the dry run, the backtest and the tests. Pure given its world and answers, and made of
 * the same `plan` and `evaluate` that a real run uses. Ends when nothing more can happen: finished, cancelled, or stuck.
 */
export function simulate(
  flow: PublishedFlow,
  world: World,
  answers: Answers = {},
  given: readonly Fact[] = [],
): Simulation {
  const run: Running = { flow, world, answers, facts: [...given], effects: [], approvals: [] };
  if (given.length === 0) append(run, [startedFact]);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const read = interpret(flow, run.facts);
    const { commands } = read;
    const command = answers.pick ? commands[answers.pick(commands.length)] : (commands.find(isPrompt) ?? commands[0]);
    if (!command) return { ...run, view: read.view() };
    append(run, carryOut[command.kind](run, command as never, read.folded));
  }
  throw new Error(`This run did not end within ${MAX_STEPS} steps.`);
}

const isPrompt = ({ kind }: Command): boolean => kind !== "await" && kind !== "sleep";

interface Running {
  readonly flow: PublishedFlow;
  readonly world: World;
  readonly answers: Answers;
  readonly facts: Fact[];
  readonly effects: PlannedEffect[];
  readonly approvals: ApprovalRequest[];
}

const startedFact: NewFact = {
  kind: "started",
  nodeId: null,
  data: { semantics: SEMANTICS, responseId: "simulated", revisionId: "simulated" },
};

const append = (run: Running, facts: readonly NewFact[]): void => {
  const at = run.world.now.toISOString();
  for (const fact of facts) run.facts.push({ ...fact, seq: run.facts.length + 1, at });
};

type CommandOf<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

type CarryOut<Kind extends Command["kind"]> = (
  run: Running,
  command: CommandOf<Kind>,
  folded: Folded,
) => readonly NewFact[];

const carryOut: { readonly [Kind in Command["kind"]]: CarryOut<Kind> } = {
  evaluate: (run, command, folded) => note(run, evaluate(folded, command, run.world)),
  perform: settle,
  sleep: (_run, command) => {
    const woken = wake(command, new Date(command.until));
    return woken ? [woken] : [];
  },
  await: decide,
  finish: (_run, { outcome }) => [{ kind: "finished", nodeId: null, data: { outcome } }],
};

function note(run: Running, { facts, effects, approval }: Evaluation): readonly NewFact[] {
  run.effects.push(...effects);
  if (approval) run.approvals.push(approval);
  return facts;
}

function settle(run: Running, { nodeId, slot, iteration, effectId }: CommandOf<"perform">): readonly NewFact[] {
  const effect = run.effects.find((planned) => planned.effectId === effectId);
  const answer = (effect && run.answers.effect?.(effect)) ?? succeeded(run.world, effect);
  const { state, code = null, externalId = null, url = null, output = {}, message = "" } = answer;
  return [
    {
      kind: "settled",
      nodeId,
      data: { slot, iteration, effectId, state, code, externalId, url, output: {} },
      sealed: { output, message },
    },
  ];
}

const samples = { string: (name: string) => name, number: () => 1, boolean: () => true } as const;

/** What an effect answers of which nothing is known: its outputs are their samples, or named after themselves. */
export function succeeded(world: World, effect: PlannedEffect | undefined): EffectAnswer {
  const outputs = Object.entries((effect && world.catalogue.action(effect.action)?.output) ?? {});
  const output = outputs.map(([name, { type, sample }]): [string, unknown] => {
    if (sample !== undefined) return [name, sample];
    if (type === "timestamp") return [name, world.now.toISOString()];
    return [name, type === "list" ? [] : samples[type](name)];
  });
  return { state: "done", output: Object.fromEntries(output) };
}

function decide(run: Running, { nodeId, approvalId }: CommandOf<"await">): readonly NewFact[] {
  const request = run.approvals.find((asked) => asked.approvalId === approvalId);
  const answer: ApprovalAnswer = (request && run.answers.approval?.(request)) ?? { output: "approved" };
  const by = answer.by ?? (answer.output === "expired" ? null : "somebody");
  const sealed = answer.reason === undefined ? {} : { sealed: { reason: answer.reason } };
  return [{ kind: "decided", nodeId, data: { approvalId, output: answer.output, by }, ...sealed }];
}
