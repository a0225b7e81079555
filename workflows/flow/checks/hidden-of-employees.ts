import type { Catalogue } from "../catalogue.js";
import { compileCondition } from "../expression.js";
import { fieldsAt } from "../field-flow.js";
import { isHiddenOfEmployees } from "../judged-by.js";
import { nodes } from "../nodes/index.js";
import type { Condition } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowDraft, FlowNode } from "../schema.js";

interface Around {
  readonly draft: FlowDraft;
  readonly catalogue: Catalogue;
  /** Of the sources where employees speak. */
  readonly ids: Iterable<string> | undefined;
}

/** Conditions that ask what is missing wherever an employee spoke, in a flow that hears employees. */
export function hiddenOfEmployees(flowNodes: readonly FlowNode[], { draft, catalogue, ids = [] }: Around): Problem[] {
  if (!hears(flowNodes, new Set(ids))) return [];
  return flowNodes.flatMap((node) => {
    const fields = node.type === "trigger" ? catalogue.fields : fieldsAt(draft, node.id, catalogue);
    const uses = nodes[node.type].conditions?.(node.config) ?? [];
    return uses.flatMap(({ field, condition }) => {
      const hidden = readsOf(condition, fields).filter(isHiddenOfEmployees).join(", ");
      return hidden === "" ? [] : [hint(node.id, field, hidden)];
    });
  });
}

const hint = (nodeId: string, field: string, hidden: string): Problem =>
  problem(nodeId, field, "hidden_of_employees", {
    message: `In what employees say this is missing here, so that nobody is told apart: ${hidden}.`,
    params: { fields: hidden },
  });

const hears = (flowNodes: readonly FlowNode[], employeeSources: ReadonlySet<string>): boolean =>
  employeeSources.size > 0 &&
  flowNodes.some(
    (node) =>
      node.type === "trigger" &&
      !node.config.start &&
      (node.config.sources.length === 0 || node.config.sources.some((id) => employeeSources.has(id))),
  );

function readsOf(condition: Condition, fields: Catalogue["fields"]): readonly string[] {
  const compiled = compileCondition(condition, fields);
  return compiled.ok ? compiled.reads : [];
}
