import { Radio, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FlowKey, KeyKind } from "../../workflows/flow/flow-key.js";
import { startFields, startSchema } from "../../workflows/flow/start.js";
import { useCatalogue } from "../flow/catalogue.js";
import { asRecord, asText, isRecord } from "../ui/read.js";
import { errorAt, type FormProps } from "./form-props.js";
import { ExpressionField } from "./template-field.js";

const kinds = ["contact", "account", "expression"] as const satisfies readonly KeyKind[];
const thens = ["queue", "replace", "skip"] as const satisfies readonly FlowKey["then"][];
const OFF = "off";

interface Shown {
  readonly kind: KeyKind;
  readonly expression: string;
  readonly then: FlowKey["then"];
}

/** A draft's key as far as it is written: an expression may still be empty. */
function shownOf(config: unknown): Shown | null {
  if (!isRecord(config)) return null;
  const { by, then: asked } = config;
  const then = thens.find((one) => one === asked) ?? "queue";
  const kind = kinds.find((one) => one === by) ?? "expression";
  return { kind, expression: asText(asRecord(by)["expression"]), then };
}

const keyOf = ({ kind, expression, then }: Shown): FlowKey => ({
  by: kind === "expression" ? { expression } : kind,
  then,
});

const isKind = (value: string | null): value is KeyKind => kinds.some((kind) => kind === value);

/** What the flow's runs are taken one at a time by, and what becomes of one that finds another open. Without a key: no key at all. */
export function KeyField({ config, set, errors }: Pick<FormProps, "config" | "set" | "errors">) {
  const { t } = useTranslation();
  const shown = shownOf(config["key"]);
  const write = (change: Partial<Shown>) =>
    set({ key: keyOf({ kind: "contact", expression: "", then: "queue", ...shown, ...change }) });
  return (
    <Stack gap={10} data-field="key">
      <Select
        label={t("form.key")}
        description={t("form.keyText")}
        allowDeselect={false}
        data={[OFF, ...kinds].map((value) => ({ value, label: t(`form.keyBy.${value as KeyKind}`) }))}
        value={shown?.kind ?? OFF}
        error={shown?.kind === "expression" ? null : errorAt(errors, "key")}
        onChange={(kind) => (isKind(kind) ? write({ kind }) : set({ key: undefined }))}
      />
      {shown?.kind === "expression" && (
        <KeyExpression
          value={shown.expression}
          config={config}
          errors={errors}
          onChange={(expression) => write({ expression })}
        />
      )}
      {shown && (
        <Radio.Group
          label={t("form.keyThen")}
          value={shown.then}
          onChange={(value) => write({ then: thens.find((then) => then === value) ?? "queue" })}
        >
          <Stack gap={8} mt={8}>
            {thens.map((then) => (
              <Radio key={then} value={then} label={t(`form.then.${then}`)} description={t(`form.then.${then}Text`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  );
}

interface ExpressionProps extends Pick<FormProps, "config" | "errors"> {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The key is read as the event comes in, as the trigger is: from clear fields, or from what a start is asked with. */
function KeyExpression({ value, config, errors, onChange }: ExpressionProps) {
  const { t } = useTranslation();
  const { catalogue } = useCatalogue();
  const start = startSchema.safeParse(config["start"]).data;
  return (
    <div data-field="key.by.expression">
      <ExpressionField
        label={t("form.keyExpression")}
        value={value}
        fields={start ? startFields(start) : catalogue.fields.filter(({ dataClass }) => dataClass === "clear")}
        error={errorAt(errors, "key")}
        onChange={onChange}
      />
    </div>
  );
}
