import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftNode } from "../../workflows/flow/schema.js";
import type { Pin } from "../../workflows/flow/try/pin.js";
import { useCatalogue } from "../flow/catalogue.js";
import { Folded } from "../ui/folded.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";

interface Props {
  readonly node: DraftNode;
  readonly pin: Pin | null;
  readonly onPin: (pin: Pin | null) => void;
}

const answers = {
  action: ["none", "done", "failed"],
  approval: ["none", "approved", "rejected", "expired"],
} as const;
type Answer = (typeof answers)[keyof typeof answers][number];

const isAnswering = (type: DraftNode["type"]): type is keyof typeof answers => type in answers;

const answerOf = (pin: Pin | null): Answer => {
  if (!pin) return "none";
  return pin.kind === "decided" ? pin.output : pin.kind;
};

/** How the step is to answer in tries, begun anew where it was pinned elsewhere: what a system gives back, what a person decides. */
export function PinForm({ node, pin, onPin }: Props) {
  const { t } = useTranslation();
  if (!isAnswering(node.type)) return null;
  return (
    <Folded label={t("try.pin.title")}>
      <Fields key={JSON.stringify(pin)} node={node} options={answers[node.type]} pin={pin} onPin={onPin} />
    </Folded>
  );
}

function Fields({ node, options, pin, onPin }: Props & { readonly options: readonly Answer[] }) {
  const { t } = useTranslation();
  const { catalogue } = useCatalogue();
  const outputs = Object.entries(catalogue.action(asText(node.config["action"]))?.output ?? {});
  const [answer, setAnswer] = useState<Answer>(answerOf(pin));
  const [code, setCode] = useState(pin?.kind === "failed" ? pin.code : "rejected");
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => ({
    ...Object.fromEntries(outputs.map(([name, { sample }]) => [name, sample ?? ""])),
    ...(pin?.kind === "done" &&
      Object.fromEntries(Object.entries(pin.output).map(([name, value]) => [name, asText(value)]))),
  }));
  const made = (): Pin | null => {
    if (answer === "none") return null;
    if (answer === "failed") return { kind: "failed", code };
    if (answer !== "done") return { kind: "decided", output: answer };
    return { kind: "done", output: typed(values, outputs) };
  };
  return (
    <Stack gap={8}>
      <Select
        size="xs"
        aria-label={t("try.pin.title")}
        allowDeselect={false}
        data={options.map((value) => ({ value, label: t(`try.pin.${value}`) }))}
        value={answer}
        onChange={(value) => setAnswer(options.find((one) => one === value) ?? "none")}
      />
      {answer === "failed" && (
        <TextInput
          size="xs"
          label={t("try.pin.code")}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
      )}
      {answer === "done" && <Outputs outputs={outputs} values={values} set={setValues} />}
      <Button size="xs" disabled={answer === "failed" && code.trim() === ""} onClick={() => onPin(made())}>
        {t("try.pin.set")}
      </Button>
    </Stack>
  );
}

interface OutputProps {
  readonly outputs: readonly (readonly [string, { readonly title: string }])[];
  readonly values: Readonly<Record<string, string>>;
  readonly set: (values: Readonly<Record<string, string>>) => void;
}

function Outputs({ outputs, values, set }: OutputProps) {
  const word = useServerWords();
  return outputs.map(([name, { title }]) => (
    <TextInput
      key={name}
      size="xs"
      label={word(title)}
      value={values[name] ?? ""}
      onChange={({ currentTarget }) => set({ ...values, [name]: currentTarget.value })}
    />
  ));
}

/** What was left empty is answered as usual. */
const typed = (
  values: Readonly<Record<string, string>>,
  outputs: readonly (readonly [string, { readonly type: string }])[],
): Record<string, string | number | boolean> =>
  Object.fromEntries(
    outputs
      .filter(([name]) => (values[name] ?? "") !== "")
      .map(([name, { type }]) => [name, readAs(type, values[name] ?? "")] as const),
  );

function readAs(type: string, text: string): string | number | boolean {
  if (type === "number") return Number(text);
  return type === "boolean" ? text === "true" : text;
}
