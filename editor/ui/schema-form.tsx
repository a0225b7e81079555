import { Button, Collapse, Stack } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "./field-frame.js";
import type { FormField } from "./form-fields.js";
import { PlainField } from "./plain-field.js";
import { withField } from "./read.js";

interface Props {
  readonly fields: readonly FormField[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (values: Readonly<Record<string, unknown>>) => void;
  readonly errors?: Readonly<Record<string, string>>;
  /** How one field is drawn; plain inputs unless told. */
  readonly draw?: ComponentType<FieldProps>;
}

/** A form drawn from a JSON Schema: every field in its order, the advanced ones folded away. */
export function SchemaForm(props: Props) {
  const { t } = useTranslation();
  const { fields, values, errors = {} } = props;
  const advanced = fields.filter((field) => field.advanced);
  const isNeeded = advanced.some(
    ({ name, initial }) => (values[name] !== undefined && values[name] !== initial) || errors[name] !== undefined,
  );
  const [opened, setOpened] = useState(isNeeded);
  if (fields.length === 0) return null;
  return (
    <Stack gap="md">
      {advanced.length < fields.length && <FieldList {...props} fields={fields.filter((field) => !field.advanced)} />}
      {advanced.length > 0 && (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            w="fit-content"
            ml={-8}
            aria-expanded={opened}
            leftSection={opened ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
            onClick={() => setOpened(!opened)}
          >
            {t("form.advanced")}
          </Button>
          <Collapse expanded={opened}>
            <FieldList {...props} fields={advanced} />
          </Collapse>
        </>
      )}
    </Stack>
  );
}

function FieldList({ fields, values, onChange, errors = {}, draw: Draw = PlainField }: Props) {
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <div key={field.name} data-field={field.name}>
          <Draw
            field={field}
            value={values[field.name]}
            values={values}
            error={errors[field.name] ?? null}
            onChange={(value) => onChange(withField(values, field.name, value))}
          />
        </div>
      ))}
    </Stack>
  );
}
