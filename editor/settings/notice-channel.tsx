import { Button, Group, Paper, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settingsReplySchema } from "../../server/settings/settings-api.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { Settings, SettingsChange } from "../../server/settings/settings-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { OptionPicker } from "../ui/option-picker.js";
import { Part } from "../ui/part.js";

/** Where stuck runs and broken connections are told. */
export function NoticeChannel() {
  const { t } = useTranslation();
  const query = useQuery(queries.settings());
  return (
    <Part title={t("settings.notices")} text={t("settings.noticesText")}>
      <Paper p="lg" className="lw-card" maw={720}>
        <Loaded query={query}>
          {(settings) => <ChannelForm key={JSON.stringify(settings.noticeChannel)} settings={settings} />}
        </Loaded>
      </Paper>
    </Part>
  );
}

function ChannelForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const slacks = (useQuery(queries.connections()).data?.items ?? []).filter(({ connector }) => connector === "slack");
  const [connectionId, setConnectionId] = useState(settings.noticeChannel?.connectionId ?? null);
  const [channel, setChannel] = useState(settings.noticeChannel?.channel ?? "");
  const save = useChange({
    schema: settingsReplySchema,
    call: (body: SettingsChange) => ({ path: "/api/settings", method: "PUT", body }),
    renews: ["settings"],
    told: () => t("settings.saved"),
  });
  const chosen = connectionId !== null && channel !== "" ? { connectionId, channel } : null;
  const isSame = isSameJson(chosen, settings.noticeChannel);
  return (
    <Stack>
      <Group align="flex-start" grow>
        <Select
          label={t("settings.slack")}
          placeholder={t("settings.onlyHere")}
          clearable
          data={slacks.map(({ id, name }) => ({ value: id, label: name }))}
          value={connectionId}
          onChange={(id) => {
            setConnectionId(id);
            setChannel("");
          }}
        />
        <OptionPicker
          frame={{ label: t("settings.channel") }}
          connectionId={connectionId}
          options="channels"
          values={{}}
          value={channel}
          onChange={setChannel}
        />
      </Group>
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={isSame}
          loading={save.isPending}
          onClick={() => save.mutate({ noticeChannel: chosen })}
        >
          {t("common.save")}
        </Button>
      </Group>
    </Stack>
  );
}
