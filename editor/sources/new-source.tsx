import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { sourceWithSecretSchema } from "../../server/sources/source-api.js";
import { useChange } from "../api/change.js";
import { Hint } from "../ui/hint.js";
import { Refusal } from "../ui/refusal.js";
import { CopyLine } from "../ui/secret-line.js";
import { metrics, newGenericForm, usualScale, writeGenericForm } from "./generic-settings.js";
import type { Metric } from "./generic-settings.js";

type Created = z.infer<typeof sourceWithSecretSchema>;

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Two steps: name it, then carry its address and secret to the sender while they are on the screen. */
export function NewSource({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [created, setCreated] = useState<Created | null>(null);
  const close = () => {
    onClose();
    if (created) void navigate({ to: "/sources/$id", params: { id: created.id } });
    setCreated(null);
  };
  return (
    <Modal opened={opened} onClose={close} title={t(created ? "sources.ready" : "sources.new")} size="lg">
      {created ? <SecretOnce source={created} onDone={close} /> : <NameIt onCreated={setCreated} />}
    </Modal>
  );
}

function NameIt({ onCreated }: { readonly onCreated: (source: Created) => void }) {
  const { t } = useTranslation();
  const form = useForm<{ name: string; metric: Metric }>({ initialValues: { name: "", metric: "nps" } });
  const create = useChange({
    schema: sourceWithSecretSchema,
    call: ({ name, metric }: { name: string; metric: Metric }) => ({
      path: "/api/sources",
      body: { name, kind: "generic", settings: writeGenericForm({ ...newGenericForm, metric, ...usualScale(metric) }) },
    }),
    renews: ["source"],
    quiet: true,
  });
  const submit = form.onSubmit((values) => create.mutate(values, { onSuccess: onCreated }));
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("sources.name")}
          placeholder={t("sources.namePlaceholder")}
          required
          maxLength={80}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label={t("sources.metric")}
          description={t("sources.metricText")}
          allowDeselect={false}
          data={metrics.map((value) => ({ value, label: t(`metric.${value}`) }))}
          {...form.getInputProps("metric")}
        />
        <Refusal error={create.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("sources.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SecretOnce({ source, onDone }: { readonly source: Created; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text fz="sm">{t("sources.secretText")}</Text>
      <CopyLine label={t("sources.address")} value={source.url} />
      <CopyLine label={t("sources.secret")} value={source.secret} />
      <Hint tone="stuck">{t("sources.secretOnce")}</Hint>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t("sources.kept")}</Button>
      </Group>
    </Stack>
  );
}
