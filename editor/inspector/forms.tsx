import type { ComponentType } from "react";
import type { NodeType } from "../../workflows/flow/schema.js";
import { ActionForm } from "./action-form.js";
import { ApprovalForm } from "./approval-form.js";
import { ConditionForm } from "./condition-form.js";
import { EndForm } from "./end-form.js";
import type { FormProps } from "./form-props.js";
import { JoinForm } from "./join-form.js";
import { SetForm } from "./set-form.js";
import { SplitForm } from "./split-form.js";
import { SwitchForm } from "./switch-form.js";
import { TriggerForm } from "./trigger-form.js";
import { WaitForm } from "./wait-form.js";

/** One form a node type. */
export const forms: Readonly<Record<NodeType, ComponentType<FormProps>>> = {
  trigger: TriggerForm,
  condition: ConditionForm,
  switch: SwitchForm,
  split: SplitForm,
  join: JoinForm,
  set: SetForm,
  action: ActionForm,
  wait: WaitForm,
  approval: ApprovalForm,
  end: EndForm,
  stop: EndForm,
};
