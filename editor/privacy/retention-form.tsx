import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  outlookSchema,
  retentionViewSchema,
  type Retention,
  type RetentionView,
} from "../../server/retention/retention-api.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import { useChange } from "../api/change.js";
import { LimitsTable } from "./limits-table.js";
import { OutlookList } from "./outlook-list.js";

/** Limits of each source; what would go is looked at before it is saved. */
export function RetentionForm({ saved }: { readonly saved: RetentionView }) {
  const { t } = useTranslation();
  const { known, ...before } = saved;
  const [form, setForm] = useState<Retention>(before);
  const look = useChange({
    schema: outlookSchema,
    call: (body: Retention) => ({ path: "/api/privacy/retention/outlook", body }),
    renews: [],
  });
  const save = useChange({
    schema: retentionViewSchema,
    call: (body: Retention) => ({ path: "/api/privacy/retention", method: "PUT", body }),
    renews: ["retention"],
    told: () => t("retention.saved"),
  });
  const change = (changed: Retention) => {
    setForm(changed);
    look.reset();
  };
  const isSame = isSameJson(form, before);
  return (
    <section className="lw-card" aria-label={t("retention.title")}>
      <Stack p="md">
        <LimitsTable form={form} known={known} change={change} />
        {look.data && <OutlookList outlook={look.data} />}
        <Group justify="flex-end">
          <Button variant="default" disabled={isSame} loading={look.isPending} onClick={() => look.mutate(form)}>
            {t("retention.look")}
          </Button>
          {look.data && (
            <Button loading={save.isPending} onClick={() => save.mutate(form)}>
              {t("retention.save")}
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  );
}
