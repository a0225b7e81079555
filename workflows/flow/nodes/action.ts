import { z } from "zod";
import type { ActionSpec, Catalogue } from "../catalogue.js";
import { checkInput, renderInput, templatesOf } from "../action-input.js";
import {
  defineNode,
  EvaluationError,
  output,
  type ConfigProblem,
  type NodeEvaluation,
  type NodeWorld,
  type ProducedField,
  type PublishWorld,
} from "../node-type.js";
import { addDuration, durationSchema, type NodeId } from "../parts.js";
import { plannedFact } from "../planned-fact.js";
import { showsPersonalDataSchema, wording } from "../wording.js";

export const actionConfigSchema = z.object({
  /** `name@major`, frozen when published. */
  action: z.string().regex(/^[a-z]+\.[a-zA-Z]+@\d+$/),
  /** The only place that may name a connection. Null only for actions that need none. */
  connectionId: z.string().nullable(),
  /** The action's own form; its template fields hold Liquid. */
  input: z.record(z.string(), z.unknown()),
  /** "Keeps trying until": how long Temporal retries what is transient. */
  retryFor: durationSchema,
  /** Not read where the action's own form says it (`honoursKey`). */
  onAmbiguous: z.enum(["park", "resend"]),
  showsPersonalData: showsPersonalDataSchema,
});
type ActionConfig = z.infer<typeof actionConfigSchema>;

export const actionNode = defineNode(actionConfigSchema, {
  group: "do",
  defaults: {
    action: "",
    connectionId: null,
    input: {},
    retryFor: { amount: 1, unit: "days" },
    onAmbiguous: "park",
  },
  outputs: () => [output("next"), output("failure")],
  produces: ({ action }, { id, catalogue }) => [...fieldsOf(id, catalogue.action(action)), errorField(id)],
  templates: ({ action, input }, catalogue) => {
    const spec = catalogue.action(action);
    return spec ? templatesOf(spec, input) : [];
  },
  check: (config, world) => {
    const spec = world.catalogue.action(config.action);
    if (!spec) return [unknownAction(config.action)];
    return [...wrongConnection(config, spec, world), ...checkInput(spec, config.input, false)];
  },
  evaluate: performAction,
});

function performAction(config: ActionConfig, world: NodeWorld): NodeEvaluation {
  const spec = world.catalogue.action(config.action);
  if (!spec) throw new EvaluationError("unknown_action", "action", unknownAction(config.action).message);
  const input = world.replacedInput ?? renderInput(spec, config.input, wording(config, world));
  const [problem] = checkInput(spec, input, true);
  if (problem) throw new EvaluationError("invalid_input", problem.field, problem.message);
  const { nodeId, slot, iteration } = world;
  const effectId = world.newId();
  const retryUntil = addDuration(world.now, config.retryFor);
  const { action, connectionId } = config;
  const onAmbiguous = onAmbiguousOf(config, spec, input);
  const closing = false;
  const effect = { effectId, nodeId, slot, iteration, action, connectionId, input, retryUntil, onAmbiguous, closing };
  return { facts: [plannedFact(effect)], effects: [effect] };
}

/** One source of truth: the form that says whether the receiver honours the key, or else the node's own choice. */
function onAmbiguousOf(
  { onAmbiguous }: ActionConfig,
  { honoursKey }: ActionSpec,
  input: Readonly<Record<string, unknown>>,
): ActionConfig["onAmbiguous"] {
  if (honoursKey === undefined) return onAmbiguous;
  return input[honoursKey] === true ? "resend" : "park";
}

function fieldsOf(id: NodeId, spec: ActionSpec | undefined): ProducedField[] {
  return Object.entries(spec?.output ?? {}).map(([name, { title, type, dataClass }]) => ({
    output: "next",
    field: { path: `steps.${id}.${name}`, title, type, dataClass, optional: false },
  }));
}

/** What the remote system answered, for the way "on failure". */
const errorField = (id: NodeId): ProducedField => ({
  output: "failure",
  field: { path: `steps.${id}.error`, title: "Error", type: "string", dataClass: "secret", optional: false },
});

const unknownAction = (action: string): ConfigProblem => ({
  field: "action",
  code: "unknown_action",
  message: action === "" ? "Choose what to do." : `The action “${action}” does not exist here. Choose another one.`,
  params: { action },
});

function wrongConnection(
  { connectionId }: ActionConfig,
  { needsConnection, connector }: ActionSpec,
  { connectionIds, catalogue }: PublishWorld,
): ConfigProblem[] {
  if (connectionId === null) return needsConnection ? [connectionProblem("connection_missing", connector)] : [];
  return connectionProblems(connectionId, { connector, connectionIds, catalogue });
}

/** Also for nodes that name a connection without being actions. */
export function connectionProblems(
  connectionId: string,
  {
    connector,
    connectionIds,
    catalogue,
  }: { connector: string; connectionIds: ReadonlySet<string>; catalogue: Catalogue },
): ConfigProblem[] {
  if (!connectionIds.has(connectionId)) return [connectionProblem("unknown_connection", connector)];
  const actual = catalogue.connectorOf?.(connectionId);
  return actual === undefined || actual === connector ? [] : [connectionProblem("wrong_connection", connector)];
}

const connectionMessages = {
  connection_missing: "Choose a connection.",
  unknown_connection: "This connection does not exist any more. Choose another one.",
  wrong_connection: "This connection belongs to another product. Choose one that fits.",
} as const;

const connectionProblem = (code: keyof typeof connectionMessages, connector: string): ConfigProblem => ({
  field: "connectionId",
  code,
  message: connectionMessages[code],
  params: { connector },
});
