import type { Catalogue, FieldSpec } from "../catalogue.js";
import {
  compileCondition,
  compileValue,
  type CompiledCondition,
  type CompiledValue,
  type UncompiledCondition,
} from "../expression.js";
import { fieldsAt, type Drawn } from "../field-flow.js";
import type { PublishWorld, TemplateUse } from "../node-type.js";
import { nodes } from "../nodes/index.js";
import type { Condition, NodeId } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowNode, NodeOf } from "../schema.js";
import { startFields } from "../start.js";
import { compileTemplate } from "../template.js";

/** Whether every condition and text of a node can be understood, with the fields that exist where the node stands. */
export function checkContent(node: FlowNode, flow: Drawn, world: PublishWorld): Problem[] {
  const kind = nodes[node.type];
  const fields = fieldsAt(flow, node.id, world.catalogue);
  const conditions = kind.conditions?.(node.config) ?? [];
  const templates = kind.templates?.(node.config, world.catalogue) ?? [];
  const own = kind.check?.(node.config, world) ?? [];
  return [
    ...own.map(({ field, code, ...words }) => problem(node.id, field, code, words)),
    ...conditions.flatMap((one) =>
      node.type === "trigger" ? checkTrigger(node.id, one, world) : checkCondition(node.id, one, fields),
    ),
    ...(node.type === "trigger" ? checkKey(node, world) : []),
    ...templates.flatMap((one) => checkTemplate(node.id, one, fields)),
  ];
}

interface ConditionUse {
  readonly field: string;
  readonly condition: Condition;
}

function checkCondition(nodeId: NodeId, { field, condition }: ConditionUse, fields: readonly FieldSpec[]): Problem[] {
  const compiled = compileCondition(condition, fields);
  return [
    ...problemsIn(nodeId, field, compiled),
    ...("cel" in condition ? unsureIn(nodeId, field, { compiled, fields }) : []),
  ];
}

type Compiled = CompiledCondition | CompiledValue | UncompiledCondition;

const problemsIn = (nodeId: NodeId, field: string, compiled: Compiled): Problem[] =>
  compiled.ok
    ? []
    : compiled.problems.map(({ row, start, end, code, message, params }) =>
        problem(nodeId, row === null ? field : `${field}.${row}`, code, {
          message,
          params: start === null || end === null ? params : { ...params, start, end },
        }),
      );

/** What a typed expression reads without asking whether it is there. */
function unsureIn(
  nodeId: NodeId,
  field: string,
  { compiled, fields }: { compiled: Compiled; fields: readonly FieldSpec[] },
): Problem[] {
  if (!compiled.ok) return [];
  const unsure = fields.filter(({ path, optional }) => optional && compiled.reads.includes(path));
  return unsure
    .filter(({ path }) => !compiled.asksFor.includes(path))
    .map(({ path, title }) =>
      problem(nodeId, field, "field_may_be_missing", {
        message: `“${title}” may be missing here. Ask first: has(${path}) && …`,
        params: { field: path },
      }),
    );
}

/** A trigger is matched when feedback comes in, before any secret is opened or any run exists. */
function checkTrigger(nodeId: NodeId, use: ConditionUse, { catalogue }: PublishWorld): Problem[] {
  const compiled = compileCondition(use.condition, catalogue.fields);
  return [...checkCondition(nodeId, use, catalogue.fields), ...secretsIn(nodeId, use.field, { compiled, catalogue })];
}

const KEY_FIELD = "key.by.expression";

/** The same is true of what its runs are taken one at a time by. */
function checkKey({ id, config: { key, start } }: NodeOf<"trigger">, { catalogue }: PublishWorld): Problem[] {
  if (!key || typeof key.by === "string") return [];
  if (start) return checkStartKey(id, key.by.expression, startFields(start));
  const compiled = compileValue(key.by.expression, catalogue.fields);
  return [
    ...problemsIn(id, KEY_FIELD, compiled),
    ...secretsIn(id, KEY_FIELD, { compiled, catalogue }),
    ...unsureIn(id, KEY_FIELD, { compiled, fields: catalogue.fields }),
  ];
}

/** What somebody filled in is at hand when they start the flow, and the key is stored blinded. */
function checkStartKey(id: NodeId, expression: string, fields: readonly FieldSpec[]): Problem[] {
  const compiled = compileValue(expression, fields);
  return [...problemsIn(id, KEY_FIELD, compiled), ...unsureIn(id, KEY_FIELD, { compiled, fields })];
}

function secretsIn(
  nodeId: NodeId,
  field: string,
  { compiled, catalogue }: { compiled: Compiled; catalogue: Catalogue },
): Problem[] {
  if (!compiled.ok) return [];
  const secret = catalogue.fields.filter(
    ({ path, dataClass }) => dataClass === "secret" && compiled.reads.includes(path),
  );
  return secret.map(({ path, title }) =>
    problem(nodeId, field, "secret_in_trigger", {
      message: `A trigger cannot look at “${title}”, which is kept secret. Put a condition after the trigger.`,
      params: { field: path },
    }),
  );
}

function checkTemplate(nodeId: NodeId, { field, template }: TemplateUse, fields: readonly FieldSpec[]): Problem[] {
  const compiled = compileTemplate(template);
  if (!compiled.ok) return compiled.problems.map(({ code, ...words }) => problem(nodeId, field, code, words));
  return compiled.reads.flatMap(({ path, guarded }) => {
    const spec = fields.find((known) => known.path === path);
    if (!spec) {
      const message = `There is no field “${path}” here.`;
      return [problem(nodeId, field, "unknown_field", { message, params: { field: path } })];
    }
    if (!spec.optional || guarded) return [];
    const message = `“${spec.title}” may be missing here. Say what then: {{ ${path} | default: "…" }}`;
    return [problem(nodeId, field, "field_may_be_missing", { message, params: { field: path } })];
  });
}
