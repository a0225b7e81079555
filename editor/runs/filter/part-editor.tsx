import { Button, Checkbox, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTranslation } from "react-i18next";
import { errorClassSchema, runStateSchema } from "../../../server/runs/run-filter-api.js";
import { queries } from "../../api/queries.js";
import type { RunAddress } from "../run-address.js";
import { useFindPerson } from "./find-person.js";
import { ofStates, statesOf, type PartKind } from "./parts.js";

interface EditorProps {
  readonly address: RunAddress;
  readonly onChange: (part: Partial<RunAddress>) => void;
  readonly onDone: () => void;
}

/** Where one part of the filter is chosen. */
export function PartEditor({ kind, ...props }: EditorProps & { readonly kind: PartKind }) {
  const Editor = editors[kind];
  return Editor && <Editor {...props} />;
}

function StateEditor({ address, onChange }: EditorProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t("runFilter.kind.state")}
      value={[...statesOf(address)]}
      onChange={(states) => onChange(ofStates(states))}
    >
      <Stack gap={8} mt={8}>
        {runStateSchema.options.map((state) => (
          <Checkbox key={state} value={state} label={t(`state.${state}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function FlowEditor({ address, onChange, onDone }: EditorProps) {
  const { t } = useTranslation();
  const flows = useQuery(queries.flows()).data?.items ?? [];
  return (
    <Select
      label={t("runFilter.kind.flow")}
      w={280}
      searchable
      data-autofocus
      comboboxProps={{ withinPortal: false }}
      data={flows.map(({ id, name }) => ({ value: id, label: name }))}
      value={address.flowId ?? null}
      onChange={(flowId) => {
        onChange({ flowId: flowId ?? undefined });
        onDone();
      }}
    />
  );
}

function SourceEditor({ address, onChange, onDone }: EditorProps) {
  const { t } = useTranslation();
  const sources = useQuery(queries.sources()).data?.items ?? [];
  return (
    <Select
      label={t("runFilter.kind.source")}
      w={280}
      searchable
      data-autofocus
      comboboxProps={{ withinPortal: false }}
      data={sources.map(({ id, name }) => ({ value: id, label: name }))}
      value={address.sourceId ?? null}
      onChange={(sourceId) => {
        onChange({ sourceId: sourceId ?? undefined });
        onDone();
      }}
    />
  );
}

function PersonEditor({ onChange, onDone }: EditorProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const { find, unknown, isPending } = useFindPerson((contactId) => {
    onChange({ contactId });
    onDone();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        find(email.trim());
      }}
    >
      <Group gap={8} align="flex-end">
        <TextInput
          type="email"
          required
          w={240}
          data-autofocus
          label={t("runFilter.email")}
          value={email}
          error={unknown === null ? undefined : t("runFilter.nobody", { email: unknown })}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          {t("runFilter.find")}
        </Button>
      </Group>
    </form>
  );
}

function ErrorEditor({ address, onChange, onDone }: EditorProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("runFilter.kind.error")}
      value={address.errorClass ?? null}
      onChange={(value) => {
        onChange({ errorClass: errorClassSchema.parse(value) });
        onDone();
      }}
    >
      <Stack gap={8} mt={8}>
        {errorClassSchema.options.map((one) => (
          <Radio key={one} value={one} label={t(`runFilter.error.${one}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

const BACK = [0, 1, 7, 30, 90] as const;

function BeganEditor({ address, onChange }: EditorProps) {
  const { t } = useTranslation();
  const { from, to } = address;
  const onDay = (change: Partial<RunAddress>) => onChange({ from, to, ...change });
  return (
    <Stack gap={12}>
      <Radio.Group
        label={t("runFilter.kind.began")}
        value={address.days === undefined ? null : String(address.days)}
        onChange={(days) => onChange({ days: Number(days) })}
      >
        <Stack gap={8} mt={8}>
          {BACK.map((days) => (
            <Radio
              key={days}
              value={String(days)}
              label={days === 0 ? t("runFilter.today") : t("runFilter.lastDays", { count: days })}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Group gap={8} wrap="nowrap">
        <TextInput
          type="date"
          label={t("runFilter.from")}
          value={from ?? ""}
          onChange={({ currentTarget: { value } }) => onDay({ from: value === "" ? undefined : value })}
        />
        <TextInput
          type="date"
          label={t("runFilter.to")}
          value={to ?? ""}
          onChange={({ currentTarget: { value } }) => onDay({ to: value === "" ? undefined : value })}
        />
      </Group>
      <span className="lw-filter-note">{t("runFilter.utc")}</span>
    </Stack>
  );
}

/** Search has its box. */
const editors: Readonly<Record<PartKind, ((props: EditorProps) => JSX.Element) | null>> = {
  state: StateEditor,
  flow: FlowEditor,
  source: SourceEditor,
  person: PersonEditor,
  error: ErrorEditor,
  began: BeganEditor,
  search: null,
};
