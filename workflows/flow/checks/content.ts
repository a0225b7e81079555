import type { FieldSpec } from "../catalogue.js";
import { compileCondition } from "../expression.js";
import { fieldsAt, type Drawn } from "../field-flow.js";
import type { PublishWorld, TemplateUse } from "../node-type.js";
import { nodes } from "../nodes/index.js";
import type { Condition, NodeId } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowNode } from "../schema.js";
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
    ...templates.flatMap((one) => checkTemplate(node.id, one, fields)),
  ];
}

interface ConditionUse {
  readonly field: string;
  readonly condition: Condition;
}

function checkCondition(nodeId: NodeId, { field, condition }: ConditionUse, fields: readonly FieldSpec[]): Problem[] {
  const compiled = compileCondition(condition, fields);
  if (!compiled.ok) {
    return compiled.problems.map(({ row, start, end, code, message, params }) =>
      problem(nodeId, row === null ? field : `${field}.${row}`, code, {
        message,
        params: start === null || end === null ? params : { ...params, start, end },
      }),
    );
  }
  if (!("cel" in condition)) return [];
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
  const problems = checkCondition(nodeId, use, catalogue.fields);
  const compiled = compileCondition(use.condition, catalogue.fields);
  if (!compiled.ok) return problems;
  const secret = catalogue.fields.filter(
    ({ path, dataClass }) => dataClass === "secret" && compiled.reads.includes(path),
  );
  return [
    ...problems,
    ...secret.map(({ path, title }) =>
      problem(nodeId, use.field, "secret_in_trigger", {
        message: `A trigger cannot look at “${title}”, which is kept secret. Put a condition after the trigger.`,
        params: { field: path },
      }),
    ),
  ];
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
