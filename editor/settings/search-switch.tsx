import { Paper, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { searchStateSchema } from "../../server/search/search-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Part } from "../ui/part.js";

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
    <Part title={t("settings.search")} text={t("settings.searchText")}>
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
    </Part>
  );
}
