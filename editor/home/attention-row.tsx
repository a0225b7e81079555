import { Button, Text } from "@mantine/core";
import {
  IconHandStop,
  IconHelpHexagon,
  IconInbox,
  IconPlayerPause,
  IconPlugConnectedX,
  IconUserCheck,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRunNames } from "../runs/run-name.js";
import { LinkButton } from "../ui/links.js";
import { Time } from "../ui/time.js";
import type { Tone } from "../ui/state-mark.js";
import type { AttentionItem } from "./attention.js";

interface Words {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly title: string;
  readonly why: string;
  readonly button: ReactNode;
}

const SMALL = { size: "xs", variant: "default" } as const;

type NameOf = ReturnType<typeof useRunNames>["nameOf"];

function runWords({ run }: Extract<AttentionItem, { kind: "run" }>, t: TFunction, nameOf: NameOf): Words {
  const doubt = run.inDoubt > 0;
  return {
    icon: doubt ? IconHelpHexagon : IconHandStop,
    tone: doubt ? "doubt" : "stuck",
    title: run.flowName,
    why: t(doubt ? "home.runInDoubt" : "home.runStuck", {
      who: nameOf(run),
      count: run.inDoubt,
    }),
    button: (
      <LinkButton {...SMALL} to="/runs/$id" params={{ id: run.id }}>
        {t("home.openRun")}
      </LinkButton>
    ),
  };
}

function connectionWords({ connection }: Extract<AttentionItem, { kind: "connection" }>, t: TFunction): Words {
  const isPaused = connection.state === "paused";
  return {
    icon: isPaused ? IconPlayerPause : IconPlugConnectedX,
    tone: isPaused ? "waiting" : "stuck",
    title: connection.name,
    why: t(isPaused ? "connections.paused" : "home.connectionBroken"),
    button: (
      <LinkButton {...SMALL} to="/connections/$id" params={{ id: connection.id }}>
        {t(isPaused ? "home.openConnection" : "home.mendConnection")}
      </LinkButton>
    ),
  };
}

function heldWords({ held, count }: Extract<AttentionItem, { kind: "held" }>, t: TFunction): Words {
  return {
    icon: IconInbox,
    tone: "stuck",
    title: held.sourceName,
    why: t("home.held", { count, reason: held.reason }),
    button: (
      <LinkButton {...SMALL} to="/sources/$id" params={{ id: held.sourceId }}>
        {t("home.mendMapping")}
      </LinkButton>
    ),
  };
}

function approvalWords({ approval }: Extract<AttentionItem, { kind: "approval" }>, t: TFunction): Words {
  const { url } = approval;
  return {
    icon: IconUserCheck,
    tone: "waiting",
    title: approval.title ?? approval.flowName,
    why: t("home.approvalWaits", { flow: approval.flowName }),
    button:
      url === null ? (
        <LinkButton {...SMALL} to="/runs/$id" params={{ id: approval.runId }}>
          {t("home.openRun")}
        </LinkButton>
      ) : (
        <Button {...SMALL} component="a" href={url} target="_blank" rel="noreferrer">
          {t("common.openIn", { system: "Slack" })}
        </Button>
      ),
  };
}

function wordsOf(item: AttentionItem, t: TFunction, nameOf: NameOf): Words {
  if (item.kind === "run") return runWords(item, t, nameOf);
  if (item.kind === "connection") return connectionWords(item, t);
  if (item.kind === "held") return heldWords(item, t);
  return approvalWords(item, t);
}

export function AttentionRow({ item }: { readonly item: AttentionItem }) {
  const { t } = useTranslation();
  const { icon: Mark, tone, title, why, button } = wordsOf(item, t, useRunNames().nameOf);
  return (
    <li className="lw-need">
      <span className="lw-need-mark" data-tone={tone}>
        <Mark size={19} stroke={1.7} aria-hidden />
      </span>
      <div className="lw-need-words">
        <Text fw={600} className="lw-clamp-2">
          <Titled item={item} title={title} />
        </Text>
        <Text fz="sm" c="dimmed" className="lw-clamp-2">
          {why}
        </Text>
      </div>
      {item.at !== null && (
        <Text fz="sm" c="dimmed" className="lw-need-time">
          <Time at={item.at} />
        </Text>
      )}
      <div className="lw-need-button">{button}</div>
    </li>
  );
}

/** Leads to the run that it is about; the button beside it to where it is dealt with. */
function Titled({ item, title }: { readonly item: AttentionItem; readonly title: string }) {
  const runId = item.kind === "approval" ? item.approval.runId : item.kind === "run" ? item.run.id : null;
  if (runId === null) return title;
  return (
    <Link to="/runs/$id" params={{ id: runId }} className="lw-row-link">
      {title}
    </Link>
  );
}
