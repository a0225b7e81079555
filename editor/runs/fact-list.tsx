import { ActionIcon, Anchor, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowUpRight, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { clockTime } from "../ui/format.js";
import { asText } from "../ui/read.js";
import { systemName } from "../ui/system-mark.js";
import { FactDetails } from "./fact-details.js";
import { effectOf, useFactWords } from "./fact-words.js";
import type { FactSentence, FactView } from "./fact-words.js";

interface Props {
  readonly run: Pick<RunDetail, "facts" | "nodes" | "effects">;
  /** Number of the fact after which the run is shown; null: as it is now. */
  readonly moment?: number | null;
  readonly onSelect: (nodeId: string) => void;
}

/** All that happened, one line each, newest last: a run is its list of facts. */
export function FactList({ run, moment = null, onSelect }: Props) {
  const { t } = useTranslation();
  const viewport = useFollowed(run.facts.length);
  const wordsOf = useFactWords(run);
  return (
    <section className="lw-facts" aria-label={t("runs.facts")}>
      <div className="lw-overline">{t("runs.factCount", { count: run.facts.length })}</div>
      <ScrollArea flex={1} scrollbarSize={8} type="hover" viewportRef={viewport}>
        <ol>
          {run.facts.map((fact) => (
            <FactRow key={fact.seq} fact={fact} words={wordsOf(fact)} run={run} moment={moment} onSelect={onSelect} />
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

/** The fact that was gone to stands in view. */
function useShownWhen(isCurrent: boolean): RefObject<HTMLLIElement | null> {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return row;
}

interface RowProps extends Props {
  readonly fact: FactView;
  readonly words: FactSentence;
}

function FactRow({ fact, words: { step, text }, run, moment, onSelect }: RowProps) {
  const { t, i18n } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const node = run.nodes.find(({ id }) => id === fact.nodeId);
  const Mark = opened ? IconChevronDown : IconChevronRight;
  const row = useShownWhen(fact.seq === moment);
  return (
    <li
      ref={row}
      data-later={moment != null && fact.seq > moment}
      aria-current={fact.seq === moment ? "step" : undefined}
    >
      <div className="lw-fact-row">
        <UnstyledButton className="lw-fact" disabled={!node} onClick={() => node && onSelect(node.id)}>
          <time dateTime={fact.at} className="lw-numbers">
            {clockTime(fact.at, i18n.language)}
          </time>
          <Text span fz="sm" c="dimmed">
            {step !== null && (
              <Text span inherit fw={550} c="var(--lw-text)">
                {step}{" "}
              </Text>
            )}
            {text}
          </Text>
        </UnstyledButton>
        <FactLink fact={fact} run={run} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t("runs.factDetails")}
          aria-expanded={opened}
          onClick={toggle}
        >
          <Mark size={15} stroke={1.8} />
        </ActionIcon>
      </div>
      {opened && <FactDetails fact={fact} />}
    </li>
  );
}

/** Keys of issues are words to those who work with them; other systems' ids are read by nobody. */
const SPOKEN = /^[A-Z][A-Z0-9_]*-\d+$/;

/** To what the fact made over there. */
function FactLink({ fact, run }: Pick<RowProps, "fact" | "run">) {
  const { t } = useTranslation();
  const effect = effectOf(run, fact);
  const url = asText(fact.data["url"]) || (effect?.url ?? "");
  if (fact.kind !== "settled" || fact.data["state"] !== "done" || !effect || url === "") return null;
  const externalId = asText(fact.data["externalId"]);
  const openIn = t("common.openIn", { system: systemName(effect.system) });
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" fz="sm" className="lw-out">
      {SPOKEN.test(externalId) ? externalId : openIn}
      <IconArrowUpRight size={15} stroke={1.8} aria-hidden />
    </Anchor>
  );
}
