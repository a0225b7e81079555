import { createContext, useContext } from "react";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { OptionPicker } from "../ui/option-picker.js";
import { useFrame, type FieldProps } from "../ui/field-frame.js";
import { PlainField } from "../ui/plain-field.js";
import { asText } from "../ui/read.js";
import { TemplateField } from "./template-field.js";

interface ActionFormParts {
  readonly fields: readonly FieldSpec[];
  readonly connectionId: string | null;
  readonly templates: ReadonlySet<string>;
}

export const ActionFormContext = createContext<ActionFormParts>({
  fields: [],
  connectionId: null,
  templates: new Set(),
});

/** Pickers ask the connected system, texts complete fields; the rest are plain inputs. */
export function ActionField(props: FieldProps) {
  const { field, value, values, onChange, error } = props;
  const { fields, connectionId, templates } = useContext(ActionFormContext);
  const frame = useFrame({ field, error });
  const set = (text: string) => onChange(text === "" && !field.required ? undefined : text);
  if (field.options !== null && field.kind === "text") {
    return (
      <OptionPicker
        frame={frame}
        connectionId={connectionId}
        options={field.options}
        values={values}
        value={asText(value)}
        onChange={set}
      />
    );
  }
  if (field.kind === "text" && (field.template || templates.has(field.name))) {
    return (
      <TemplateField
        path={`input.${field.name}`}
        label={frame.label}
        description={frame.description}
        required={field.required}
        multiline={field.multiline}
        value={asText(value)}
        fields={fields}
        error={error}
        onChange={set}
      />
    );
  }
  return <PlainField {...props} />;
}
