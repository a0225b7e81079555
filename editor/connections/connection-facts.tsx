import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import { StateMark } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import { Time } from "../ui/time.js";
import { useServerWords } from "../ui/words.js";
import { WhyNot } from "./why-not.js";

/** Who we are there, and what the connection can and cannot do, worst first. */
export function ConnectionFacts({ connection }: { readonly connection: ConnectionView }) {
  const { t } = useTranslation();
  const word = useServerWords();
  const { connector, account, target, state, notes, checkedAt, sandbox } = connection;
  return (
    <Paper p="lg" className="lw-card" maw={720}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <SystemMark kind={connector} size={36} />
            <div>
              <Text fw={600}>
                {t(state === "broken" ? "connections.wasConnectedAs" : "connections.connectedAs", { account, target })}
              </Text>
              <Text fz="sm" c="dimmed">
                {checkedAt === null ? t("connections.unchecked") : t("connections.checked")}{" "}
                {checkedAt !== null && <Time at={checkedAt} />}
                {sandbox && ` · ${t("connections.sandbox")}`}
              </Text>
            </div>
          </Group>
          <StateMark state={state} />
        </Group>
        <WhyNot connection={connection} />
        {notes.map(({ level, message }) => (
          <Group
            key={message}
            gap={8}
            wrap="nowrap"
            align="flex-start"
            className="lw-note"
            data-tone={level === "ok" ? "done" : "stuck"}
          >
            {level === "ok" ? <IconCircleCheck size={17} stroke={1.8} /> : <IconAlertTriangle size={17} stroke={1.8} />}
            <Text fz="sm">{word(message)}</Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
