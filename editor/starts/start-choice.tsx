import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { startKinds, type Start } from "../../workflows/flow/start.js";
import type { FormProps } from "../inspector/form-props.js";
import { asRecord } from "../ui/read.js";

type Kind = Start["kind"] | "feedback";
const kinds: readonly Kind[] = ["feedback", "call"];

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const first: Readonly<Record<Start["kind"], () => Start>> = {
  schedule: () => ({ kind: "schedule", cron: "0 9 * * 1-5", timeZone: ownZone() }),
  call: () => ({ kind: "call", fields: [] }),
};

/** What a trigger waits for, also while its form is unfinished. */
export const kindOf = (config: FormProps["config"]): Kind =>
  startKinds.find((kind) => kind === asRecord(config["start"])["kind"]) ?? "feedback";

/** What only feedback has goes with it. */
const withoutFeedback = { sources: [], metrics: [], when: null, on: "first", purpose: undefined };

export function StartChoice({ config, set }: Pick<FormProps, "config" | "set">) {
  const { t } = useTranslation();
  const choose = (value: string | null) => {
    const kind = startKinds.find((known) => known === value);
    set(kind ? { ...withoutFeedback, start: first[kind]() } : { start: undefined });
  };
  return (
    <Select
      data-field="start"
      label={t("starts.when")}
      allowDeselect={false}
      data={kinds.map((value) => ({ value, label: t(`starts.kind.${value}`) }))}
      value={kindOf(config)}
      onChange={choose}
    />
  );
}
