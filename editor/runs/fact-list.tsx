import { ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import { clockTime, dayAndTime } from "../ui/format.js";
import { asText } from "../ui/read.js";

type FactView = RunDetail["facts"][number];

interface Props {
  readonly run: RunDetail;
  readonly onSelect: (nodeId: string) => void;
}

/** All that happened, one line each, newest last: a run is its list of facts. */
export function FactList({ run, onSelect }: Props) {
  const { t } = useTranslation();
  return (
    <section className="lw-facts" aria-label={t("runs.facts")}>
      <div className="lw-overline">{t("runs.factCount", { count: run.facts.length })}</div>
      <ScrollArea flex={1} scrollbarSize={8} type="hover">
        <ol>
          {run.facts.map((fact) => (
            <FactRow key={fact.seq} fact={fact} run={run} onSelect={onSelect} />
          ))}
        </ol>
      </ScrollArea>
    </section>
  );
}

function useFactWords(run: RunDetail): (fact: FactView) => string {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return ({ kind, nodeId, data, by }) => {
    const node = run.nodes.find(({ id }) => id === nodeId);
    const output = asText(data["output"]);
    const key = kind === "settled" ? `settled_${asText(data["state"])}` : kind;
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

const timeOf = (value: unknown, language: string) => (typeof value === "string" ? dayAndTime(value, language) : "");

function FactRow({ fact, run, onSelect }: Props & { readonly fact: FactView }) {
  const { i18n } = useTranslation();
  const describe = useDescribe();
  const words = useFactWords(run);
  const node = run.nodes.find(({ id }) => id === fact.nodeId);
  return (
    <li>
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
    </li>
  );
}
