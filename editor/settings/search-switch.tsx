import { Paper, Switch, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { searchStateSchema } from "../../server/search/search-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";

/** Whether a masked copy of what people said is kept, so that it can be searched. */
export function SearchSwitch() {
  const { t } = useTranslation();
  const may = useMay();
  const query = useQuery(queries.wordSearch());
  const change = useChange({
    schema: searchStateSchema,
    call: (on: boolean) => ({ path: "/api/feedback/search", method: "PUT", body: { on } }),
    renews: ["wordSearch"],
  });
  return (
    <section>
      <Title order={2}>{t("settings.search")}</Title>
      <Text fz="sm" c="dimmed" mb={10} maw={720}>
        {t("settings.searchText")}
      </Text>
      <Paper p="lg" className="lw-card" maw={720}>
        <Loaded query={query}>
          {({ state }) => (
            <Switch
              label={t("settings.searchOn")}
              description={t(`settings.searchState.${state}`)}
              checked={state === "on" || state === "building"}
              disabled={!may("privacy:manage") || change.isPending}
              onChange={(event) => change.mutate(event.currentTarget.checked)}
            />
          )}
        </Loaded>
      </Paper>
    </section>
  );
}
