import { ActionIcon, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import type { i18n } from "i18next";
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import { clockTime, dayAndTime } from "../ui/format.js";
import { asText } from "../ui/read.js";
import { systemName } from "../ui/system-mark.js";

type FactView = RunDetail["facts"][number];

interface Props {
  readonly run: RunDetail;
  readonly onSelect: (nodeId: string) => void;
}

/** All that happened, one line each, newest last: a run is its list of facts. */
export function FactList({ run, onSelect }: Props) {
  const { t } = useTranslation();
  const viewport = useFollowed(run.facts.length);
  return (
    <section className="lw-facts" aria-label={t("runs.facts")}>
      <div className="lw-overline">{t("runs.factCount", { count: run.facts.length })}</div>
      <ScrollArea flex={1} scrollbarSize={8} type="hover" viewportRef={viewport}>
        <ol>
          {run.facts.map((fact) => (
            <FactRow key={fact.seq} fact={fact} run={run} onSelect={onSelect} />
          ))}
        </ol>
      </ScrollArea>
    </section>
  );
}

/** What happens while the reader looks on is brought into view; an old run is read from its beginning. */
function useFollowed(count: number): RefObject<HTMLDivElement | null> {
  const viewport = useRef<HTMLDivElement>(null);
  const seen = useRef(count);
  useEffect(() => {
    if (count > seen.current) viewport.current?.scrollTo({ top: viewport.current.scrollHeight });
    seen.current = count;
  }, [count]);
  return viewport;
}

function useFactWords(run: RunDetail): (fact: FactView) => string {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return ({ kind, nodeId, data, by }) => {
    const node = run.nodes.find(({ id }) => id === nodeId);
    const output = asText(data["output"]);
    const key = keyOf(kind, data, i18n);
    const values = {
      by: by ?? t("common.someone"),
      output: node ? outputTitle(node, output, language) : output,
      outcome: asText(data["outcome"]),
      id: asText(data["externalId"]),
      until: timeOf(data["until"] ?? data["expiresAt"], i18n.language),
      defaultValue: kind,
    };
    return t(`fact.${key}` as "fact.started", values);
  };
}

/** An approval's card is posted and updated: other words than for an action. */
function keyOf(kind: string, data: FactView["data"], { exists }: Pick<i18n, "exists">): string {
  const key = kind === "settled" ? `settled_${asText(data["state"])}` : kind;
  const ofSlot = `${key}_${asText(data["slot"])}`;
  return exists(`fact.${ofSlot}`) ? ofSlot : key;
}

const timeOf = (value: unknown, language: string) => (typeof value === "string" ? dayAndTime(value, language) : "");

function FactRow({ fact, run, onSelect }: Props & { readonly fact: FactView }) {
  const { i18n } = useTranslation();
  const describe = useDescribe();
  const words = useFactWords(run);
  const node = run.nodes.find(({ id }) => id === fact.nodeId);
  return (
    <li className="lw-fact-row">
      <UnstyledButton className="lw-fact" disabled={!node} onClick={() => node && onSelect(node.id)}>
        <time dateTime={fact.at} className="lw-numbers">
          {clockTime(fact.at, i18n.language)}
        </time>
        <Text span fz="sm" c="dimmed" truncate>
          {node && (
            <Text span inherit fw={550} c="var(--lw-text)">
              {describe(node).title}{" "}
            </Text>
          )}
          {words(fact)}
        </Text>
      </UnstyledButton>
      <FactLink fact={fact} run={run} />
    </li>
  );
}

/** To what the fact made over there. */
function FactLink({ fact: { data }, run }: Pick<Props, "run"> & { readonly fact: FactView }) {
  const { t } = useTranslation();
  const url = asText(data["url"]);
  const effect = run.effects.find(({ id }) => id === data["effectId"]);
  if (url === "" || !effect) return null;
  return (
    <ActionIcon
      component="a"
      href={url}
      target="_blank"
      rel="noreferrer"
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t("common.openIn", { system: systemName(effect.system) })}
    >
      <IconArrowUpRight size={15} stroke={1.8} />
    </ActionIcon>
  );
}
