import { Button, Checkbox, Group, NumberInput, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sourceSchema } from "../../server/sources/source-api.js";
import type { SourceView } from "../../server/sources/source-api.js";
import { useChange } from "../api/change.js";
import { AddButton } from "../ui/add-button.js";
import { Refusal } from "../ui/refusal.js";
import { RemoveButton } from "../ui/remove-button.js";
import {
  domains,
  mappedFields,
  metrics,
  readGenericForm,
  schemes,
  usualScale,
  writeGenericForm,
} from "./generic-settings.js";
import type { GenericForm } from "./generic-settings.js";

interface Part {
  readonly form: GenericForm;
  readonly set: (change: Partial<GenericForm>) => void;
}

export function MappingForm({ source }: { readonly source: SourceView }) {
  const { t } = useTranslation();
  const [saved] = useState(() => readGenericForm(source.settings));
  const [form, setForm] = useState(saved);
  const set = (change: Partial<GenericForm>) => setForm((before) => ({ ...before, ...change }));
  const save = useChange({
    schema: sourceSchema,
    call: () => ({
      path: `/api/sources/${source.id}`,
      method: "PUT",
      body: { settings: writeGenericForm(form, source.settings) },
    }),
    renews: ["source"],
    told: () => t("sources.mappingSaved"),
    quiet: true,
  });
  return (
    <Paper p="lg" className="lw-card">
      <Stack gap="lg">
        <Scale form={form} set={set} />
        <Fields form={form} set={set} />
        <Attributes form={form} set={set} />
        <Signature form={form} set={set} />
        <Refusal error={save.error} />
        <Group justify="flex-end">
          <Button disabled={form === saved} loading={save.isPending} onClick={() => save.mutate(undefined)}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Scale({ form, set }: Part) {
  const { t } = useTranslation();
  const ends = [
    ["scaleMin", form.scaleMin],
    ["scaleMax", form.scaleMax],
  ] as const;
  return (
    <Group align="flex-start">
      <Select
        label={t("sources.metric")}
        w={180}
        allowDeselect={false}
        value={form.metric}
        data={metrics.map((value) => ({ value, label: t(`metric.${value}`) }))}
        onChange={(value) => {
          const metric = metrics.find((name) => name === value) ?? "nps";
          set({ metric, ...usualScale(metric) });
        }}
      />
      {ends.map(([name, value]) => (
        <NumberInput
          key={name}
          label={t(`sources.${name}`)}
          w={110}
          value={value ?? ""}
          disabled={form.metric === "text"}
          onChange={(next) => set({ [name]: typeof next === "number" ? next : null })}
        />
      ))}
      <Select
        label={t("sources.domain")}
        w={180}
        allowDeselect={false}
        value={form.domain}
        data={domains.map((value) => ({ value, label: t(`domain.${value}`) }))}
        onChange={(value) => set({ domain: domains.find((name) => name === value) ?? "customer" })}
      />
    </Group>
  );
}

function Fields({ form, set }: Part) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text fz="sm" c="dimmed">
        {t("sources.mappingText")}
      </Text>
      <div className="lw-mapping">
        {mappedFields.map((name) => (
          <TextInput
            key={name}
            label={t(`mapped.${name}`)}
            placeholder={t("sources.notSent")}
            value={form.mapping[name]}
            required={name === "responseId"}
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
            onChange={(event) => set({ mapping: { ...form.mapping, [name]: event.currentTarget.value } })}
          />
        ))}
      </div>
    </Stack>
  );
}

function Attributes({ form, set }: Part) {
  const { t } = useTranslation();
  const { attributes } = form;
  const change = (at: number, part: Partial<GenericForm["attributes"][number]>) =>
    set({ attributes: attributes.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <Stack gap="xs">
      <Text fz="sm" fw={550}>
        {t("sources.attributes")}
      </Text>
      <Text fz="sm" c="dimmed">
        {t("sources.attributesText")}
      </Text>
      {attributes.map(({ name, from }, index) => (
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("sources.attributeName")}
            placeholder={t("sources.attributeName")}
            value={name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <TextInput
            flex={1}
            aria-label={t("sources.attributeFrom")}
            placeholder="$.store"
            value={from}
            onChange={(event) => change(index, { from: event.currentTarget.value })}
          />
          <RemoveButton onClick={() => set({ attributes: attributes.filter((_, at) => at !== index) })} />
        </Group>
      ))}
      <AddButton
        label={t("sources.addAttribute")}
        onClick={() => set({ attributes: [...attributes, { name: "", from: "" }] })}
      />
    </Stack>
  );
}

function Signature({ form, set }: Part) {
  const { t } = useTranslation();
  return (
    <Group align="flex-start">
      <Select
        label={t("sources.signature")}
        w={260}
        allowDeselect={false}
        value={form.scheme}
        data={schemes.map((value) => ({ value, label: t(`sources.scheme.${value}`) }))}
        onChange={(value) => set({ scheme: schemes.find((name) => name === value) ?? "standard-webhooks" })}
      />
      {form.scheme === "sha256-hmac" && (
        <>
          <TextInput
            label={t("sources.header")}
            value={form.header}
            onChange={(event) => set({ header: event.currentTarget.value })}
          />
          <Select
            label={t("sources.prefix")}
            w={140}
            allowDeselect={false}
            value={form.prefix === "" ? "none" : form.prefix}
            data={[
              { value: "sha256=", label: "sha256=" },
              { value: "none", label: t("sources.noPrefix") },
            ]}
            onChange={(value) => set({ prefix: value === "sha256=" ? "sha256=" : "" })}
          />
        </>
      )}
      <Checkbox
        mt={30}
        label={t("sources.erasureRequests")}
        description={t("sources.erasureRequestsText")}
        checked={form.erasureRequests}
        onChange={(event) => set({ erasureRequests: event.currentTarget.checked })}
      />
    </Group>
  );
}
