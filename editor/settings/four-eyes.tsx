import { Paper, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { settingsReplySchema } from "../../server/settings/settings-api.js";
import type { SettingsReply } from "../../server/settings/settings-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { Hint } from "../ui/hint.js";
import { LinkAnchor } from "../ui/links.js";
import { Loaded } from "../ui/loading.js";
import { Part } from "../ui/part.js";

/** Whether the last editor of a draft may publish it. */
export function FourEyes() {
  const { t } = useTranslation();
  const query = useQuery(queries.settings());
  return (
    <Part title={t("fourEyes.title")}>
      <Paper p="lg" className="lw-card" maw={720}>
        <Loaded query={query}>{(settings) => <Choice settings={settings} />}</Loaded>
      </Paper>
    </Part>
  );
}

function Choice({ settings: { fourEyes, publishers } }: { readonly settings: SettingsReply }) {
  const { t } = useTranslation();
  const save = useChange({
    schema: settingsReplySchema,
    call: (isOn: boolean) => ({ path: "/api/settings", method: "PUT", body: { fourEyes: isOn } }),
    renews: ["settings", "flow"],
  });
  return (
    <Stack>
      <Switch
        label={t("fourEyes.switch")}
        description={t("fourEyes.switchText")}
        checked={save.isPending ? save.variables : fourEyes}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      {fourEyes && publishers < 2 && <Alone />}
    </Stack>
  );
}

function Alone() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Hint tone="stuck" title={t("fourEyes.alone")}>
      {t("fourEyes.aloneText")}{" "}
      {may("members:manage") && (
        <LinkAnchor to="/members" c="inherit" underline="always">
          {t("fourEyes.invite")}
        </LinkAnchor>
      )}
    </Hint>
  );
}
