import { Button, Fieldset, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { entrySchema, type Answers, type Entry } from "../../server/oversight/oversight-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { Hint } from "../ui/hint.js";
import { Refusal } from "../ui/refusal.js";
import { answersOf, valuesOf, type EntryValues } from "./entry-values.js";
import { KeepingFields, WhatFields, WhereFields } from "./entry-fields.js";

/** What is said of a tool; whoever may not change it reads the same form. */
export function EntryForm({ entry, onDone }: { readonly entry: Entry; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const mayChange = useMay()("oversight:manage");
  const form = useForm<EntryValues>({ initialValues: valuesOf(entry) });
  const save = useChange({
    schema: entrySchema,
    call: (body: Answers) => ({ path: `/api/oversight/${entry.kind}s/${entry.id}`, method: "PUT", body }),
    renews: ["oversight"],
    told: () => t("oversight.saved"),
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(answersOf(values), { onSuccess: onDone }))}>
      <Stack>
        {!mayChange && <Hint tone="waiting">{t("oversight.readOnly")}</Hint>}
        <Fieldset legend={t("oversight.section.what")} disabled={!mayChange}>
          <WhatFields form={form} />
        </Fieldset>
        <Fieldset legend={t("oversight.section.where")} disabled={!mayChange}>
          <WhereFields form={form} />
        </Fieldset>
        <Fieldset legend={t("oversight.section.keeping")} disabled={!mayChange}>
          <KeepingFields form={form} />
        </Fieldset>
        <Refusal error={save.error} />
        {mayChange && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
