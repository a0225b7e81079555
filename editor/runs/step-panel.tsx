import { Group, ScrollArea, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail, StepView } from "../../server/runs/run-api.js";
import { useCatalogue } from "../flow/catalogue.js";
import { useDescribe } from "../flow/describe.js";
import { dayAndTime, formatLength } from "../ui/format.js";
import { PanelHead } from "../ui/panel-head.js";
import { StateMark, type ShownState } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";
import { useDecisionWords } from "./decision-words.js";
import { EffectView } from "./effect-view.js";
import { heldOf } from "./held.js";
import { sentConfig } from "./sent-config.js";
import { StuckActions } from "./stuck-actions.js";
import { ValueList } from "./value-list.js";

interface Props {
  readonly run: RunDetail;
  readonly nodeId: string;
  /** As it stood at an earlier moment: nothing can be done there. */
  readonly isPast?: boolean;
  readonly onClose: () => void;
}

/** One step of the run, all of it: nothing about it is hidden elsewhere. */
export function StepPanel({ run, nodeId, isPast = false, onClose }: Props) {
  const describe = useDescribe();
  const node = run.nodes.find(({ id }) => id === nodeId);
  if (!node) return null;
  const described = describe(node, sentConfig(run, node));
  return (
    <aside className="lw-inspector" aria-label={described.title}>
      <ScrollArea h="100%" scrollbarSize={8} type="hover">
        <Stack gap="lg" p="md">
          <PanelHead described={described} onClose={onClose} />
          <StepDetails run={run} node={node} isPast={isPast} />
        </Stack>
      </ScrollArea>
    </aside>
  );
}

interface DetailsProps extends Pick<Props, "run" | "isPast"> {
  readonly node: RunDetail["nodes"][number];
}

/** How it stands, what can be done about it, what was sent and what came of it. */
export function StepDetails({ run, node, isPast = false }: DetailsProps) {
  const { t } = useTranslation();
  const titles = useTitles(run, node.id);
  const step = run.steps.find(({ nodeId }) => nodeId === node.id);
  const effects = run.effects.filter(({ nodeId }) => nodeId === node.id);
  return (
    <>
      {step && <StepState step={step} held={heldOf(run, step)} />}
      {step?.stuck && <StuckActions run={run} node={node} step={step} isPast={isPast} />}
      {effects.map((effect) => (
        <EffectView key={effect.id} effect={effect} />
      ))}
      {step?.values && <ValueList title={t("runs.output")} titles={titles} values={step.values} />}
    </>
  );
}

/** What the actions of a step call their outputs; an approval has those of its decision, too. */
function useTitles({ effects }: RunDetail, nodeId: string): Readonly<Record<string, string>> {
  const { catalogue } = useCatalogue();
  const decisionWords = useDecisionWords();
  const outputs = effects
    .filter((effect) => effect.nodeId === nodeId)
    .flatMap(({ action }) => Object.entries(catalogue.action(action)?.output ?? {}));
  return { ...decisionWords, ...Object.fromEntries(outputs.map(([name, { title }]) => [name, title])) };
}

interface StateProps {
  readonly step: StepView;
  /** What it waits for, where it cannot go out. */
  readonly held: ReturnType<typeof heldOf>;
}

function StepState({ step, held }: StateProps) {
  const { t, i18n } = useTranslation();
  const { startedAt, endedAt } = step;
  const length = startedAt === null ? null : formatLength(startedAt, endedAt, i18n.language);
  return (
    <Stack gap={6}>
      <Group gap={10}>
        <StateMark state={shownState(step, held)} />
        {startedAt !== null && (
          <Text fz="sm" c="dimmed">
            <Time at={startedAt} />
            {length !== null && ` · ${t("runs.took", { length })}`}
          </Text>
        )}
      </Group>
      {held ? <Text fz="sm">{t(`held.${held.state}`, { name: held.name })}</Text> : <StepText step={step} />}
    </Stack>
  );
}

function shownState({ state, stuck }: StepView, held: StateProps["held"]): ShownState {
  if (stuck?.inDoubt === true) return "ambiguous";
  return held ? "waiting" : state;
}

/** "Done" says all; every other state needs a sentence. */
function StepText({ step: { state, stuck, waitsUntil } }: { readonly step: StepView }) {
  const { t, i18n } = useTranslation();
  if (state === "done") return null;
  return (
    <>
      <Text fz="sm">{t(`stepText.${stuck?.inDoubt === true ? "inDoubt" : state}`)}</Text>
      {state === "waiting" && waitsUntil !== null && (
        <Text fz="sm" c="dimmed">
          {t("runs.waitsUntil", { until: dayAndTime(waitsUntil, i18n.language) })}
        </Text>
      )}
    </>
  );
}
