import type { NodeType } from "../draft-schema.js";
import type { NodeKind } from "../node-type.js";
import { actionNode } from "./action.js";
import { approvalNode } from "./approval.js";
import { conditionNode } from "./condition.js";
import { endNode } from "./end.js";
import { joinNode } from "./join.js";
import { setNode } from "./set.js";
import { splitNode } from "./split.js";
import { stopNode } from "./stop.js";
import { switchNode } from "./switch.js";
import { triggerNode } from "./trigger.js";
import { waitNode } from "./wait.js";

/** Every node type. A new one is its name in `draft-schema.ts`, a file here, a line here, and its words in `sentences/`. */
export const nodes = {
  trigger: triggerNode,
  condition: conditionNode,
  switch: switchNode,
  split: splitNode,
  join: joinNode,
  set: setNode,
  action: actionNode,
  wait: waitNode,
  approval: approvalNode,
  end: endNode,
  stop: stopNode,
} as const satisfies Readonly<Record<NodeType, NodeKind>>;
