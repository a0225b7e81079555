import { Button, Group, NumberInput, Paper, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LEAST_EMPLOYEES, MOST_EMPLOYEES, settingsReplySchema } from "../../server/settings/settings-api.js";
import type { SettingsReply } from "../../server/settings/settings-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";

/** From how many employees on what they said is shown. */
export function EmployeeGroup() {
  const { t } = useTranslation();
  const query = useQuery(queries.settings());
  return (
    <section>
      <Title order={2} mb={10}>
        {t("employees.title")}
      </Title>
      <Paper p="lg" className="lw-card" maw={720}>
        <Loaded query={query}>{(settings) => <Least key={settings.employeeGroup} settings={settings} />}</Loaded>
      </Paper>
    </section>
  );
}

function Least({ settings: { employeeGroup } }: { readonly settings: SettingsReply }) {
  const { t } = useTranslation();
  const [least, setLeast] = useState<number | string>(employeeGroup);
  const save = useChange({
    schema: settingsReplySchema,
    call: (count: number) => ({ path: "/api/settings", method: "PUT", body: { employeeGroup: count } }),
    renews: ["settings", "feedback"],
    told: (saved) => t("employees.saved", { count: saved.employeeGroup }),
  });
  return (
    <Group align="flex-end" justify="space-between">
      <NumberInput
        maw={460}
        label={t("employees.least")}
        description={t("employees.leastText")}
        min={LEAST_EMPLOYEES}
        max={MOST_EMPLOYEES}
        clampBehavior="blur"
        allowDecimal={false}
        value={least}
        onChange={setLeast}
      />
      <Button
        variant="default"
        disabled={typeof least !== "number" || least === employeeGroup}
        loading={save.isPending}
        onClick={() => typeof least === "number" && save.mutate(least)}
      >
        {t("common.save")}
      </Button>
    </Group>
  );
}
