import { conditionSchema } from "../../workflows/flow/schema.js";
import { ConditionEditor } from "./condition-editor.js";
import { errorsUnder } from "./form-props.js";
import type { FormProps } from "./form-props.js";

export const noCondition = { match: "all" as const, rows: [] };

export function ConditionForm({ config, set, fields, errors }: FormProps) {
  return (
    <div data-field="when">
      <ConditionEditor
        path="when"
        value={conditionSchema.safeParse(config["when"]).data ?? noCondition}
        onChange={(when) => set({ when })}
        fields={fields}
        errors={errorsUnder(errors, "when")}
        error={errors["when"] ?? null}
      />
    </div>
  );
}
