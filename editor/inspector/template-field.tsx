import { Box, Input } from "@mantine/core";
import { lazy, Suspense, useId } from "react";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { TextPreview } from "../preview/text-preview.js";

const CodeField = lazy(async () => ({ default: (await import("./code-field.js")).CodeField }));

interface Props {
  /** Names the field to the problem list. */
  readonly name?: string;
  /** Within the step's form: "input.summary". */
  readonly path: string;
  readonly label: string;
  readonly description?: string | null;
  readonly required?: boolean;
  readonly multiline?: boolean;
  readonly value: string;
  readonly fields: readonly FieldSpec[];
  readonly error: string | null;
  readonly onChange: (text: string) => void;
}

/** Text with `{{ fields }}`. CodeMirror comes when the first of them is shown; until then a box of its size stands in. */
export function TemplateField(props: Props) {
  const {
    name,
    path,
    label,
    description = null,
    required = false,
    multiline = false,
    value,
    fields,
    error,
    onChange,
  } = props;
  const id = useId();
  return (
    <Input.Wrapper
      {...(name !== undefined && { "data-field": name })}
      label={label}
      labelElement="div"
      labelProps={{ id }}
      description={description}
      withAsterisk={required}
      error={error}
    >
      <Box mt={4}>
        <Suspense fallback={<div className="lw-code" data-multiline={multiline} />}>
          <CodeField
            language="template"
            labelledBy={id}
            describedBy={`${id}-preview`}
            multiline={multiline}
            invalid={error !== null}
            value={value}
            fields={fields}
            onChange={onChange}
          />
        </Suspense>
        <TextPreview id={`${id}-preview`} path={path} fields={fields} />
      </Box>
    </Input.Wrapper>
  );
}

type ExpressionProps = Pick<Props, "label" | "value" | "fields" | "error" | "onChange">;

/** A CEL expression: the advanced view of a condition. */
export function ExpressionField({ label, value, fields, error, onChange }: ExpressionProps) {
  const id = useId();
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id }} error={error}>
      <Box mt={4}>
        <Suspense fallback={<div className="lw-code" data-multiline />}>
          <CodeField
            language="cel"
            labelledBy={id}
            multiline
            invalid={error !== null}
            value={value}
            fields={fields}
            onChange={onChange}
          />
        </Suspense>
      </Box>
    </Input.Wrapper>
  );
}
