import { ActionIcon, Button, Group, Menu, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconArrowUpRight, IconCircleX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../ui/links.js";
import { runActionReplySchema } from "../../server/runs/run-api.js";
import type { RunDetail } from "../../server/runs/run-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { formatLength } from "../ui/format.js";
import { MoreMenu } from "../ui/more-menu.js";
import { Day, Time } from "../ui/time.js";
import { RunMark } from "./run-mark.js";
import { useRunNames } from "./run-name.js";
import { RunState } from "./run-state.js";
import { useVersionWords } from "./version-words.js";

export function RunHeader({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const versionOf = useVersionWords();
  const who = useRunNames().nameOf(run);
  useDocumentTitle(`${who} · ${run.flowName} · Loopwright`);
  return (
    <header className="lw-flow-head">
      <ActionIcon component={Link} to="/runs" variant="subtle" color="gray" aria-label={t("runs.back")}>
        <IconArrowLeft size={18} stroke={1.8} />
      </ActionIcon>
      <RunMark run={run} />
      <div className="lw-run-title">
        <Title order={1} fz={15} lh={1.3}>
          {who}
        </Title>
        <Text fz={12} c="dimmed" className="lw-run-flow">
          <LinkAnchor to="/flows/$id" params={{ id: run.flowId }}>
            {run.flowName}
          </LinkAnchor>{" "}
          · {versionOf(run)}
        </Text>
      </div>
      <div className="lw-flow-gap" />
      <Outcome run={run} />
      <RunState run={run} />
      <RunMenu run={run} />
    </header>
  );
}

export function Outcome({ run: { startedAt, finishedAt, outcome, ofEmployee } }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  const length = ofEmployee ? null : formatLength(startedAt, finishedAt, i18n.language);
  return (
    <Text fz="sm" c="dimmed" className="lw-run-outcome">
      {outcome !== null && `${t("runs.outcome", { outcome })} · `}
      {t("runs.startedAt")} {ofEmployee ? <Day at={startedAt} /> : <Time at={startedAt} />}
      {length !== null && ` · ${t("runs.took", { length })}`}
    </Text>
  );
}

export function RunMenu({ run: { id, state, engineUrl } }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const mayAct = useMay()("runs:act");
  const isOver = state === "finished" || state === "cancelled";
  const cancel = useChange({
    schema: runActionReplySchema,
    call: () => ({ path: `/api/runs/${id}/cancel` }),
    renews: ["run"],
  });
  const ask = () =>
    askFirst({
      title: t("runs.cancel"),
      text: t("runs.cancelText"),
      cancel: t("runs.keep"),
      onConfirm: () => cancel.mutate(undefined),
    });
  return (
    <Group gap={6} wrap="nowrap">
      {!isOver && mayAct && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCircleX size={15} />}
          loading={cancel.isPending}
          onClick={ask}
        >
          {t("runs.cancel")}
        </Button>
      )}
      {engineUrl !== null && <EngineMenu url={engineUrl} />}
    </Group>
  );
}

function EngineMenu({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  return (
    <MoreMenu label={t("common.more")}>
      <Menu.Item component="a" href={url} target="_blank" rel="noreferrer" leftSection={<IconArrowUpRight size={16} />}>
        {t("runs.engine")}
      </Menu.Item>
    </MoreMenu>
  );
}
