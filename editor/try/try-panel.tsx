import { Button, Group, ScrollArea, Stack, Text } from "@mantine/core";
import { IconAdjustments, IconPin } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Try, TryStep } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useCatalogue } from "../flow/catalogue.js";
import { titleOfField, useDescribe } from "../flow/describe.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { ValueList } from "../runs/value-list.js";
import { dayAndTime } from "../ui/format.js";
import { PanelHead } from "../ui/panel-head.js";
import { StateMark } from "../ui/state-mark.js";
import { useServerWords } from "../ui/words.js";
import { PinForm } from "./pin-form.js";
import { RealStep } from "./real-step.js";
import { SentRequest } from "./sent-request.js";
import type { Trying } from "./trying.js";
import "../inspector/inspector.css";
import "../runs/runs.css";

interface Props {
  readonly trying: Trying;
  readonly result: Try;
  readonly nodeId: string;
  readonly onSettings: () => void;
}

/** What one step of a try read, put out and would send. */
export function TryPanel({ trying, result, nodeId, onSettings }: Props) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const store = useFlowStore();
  const node = useFlow(({ draft }) => draft.nodes.find(({ id }) => id === nodeId));
  const step = trying.steps[nodeId];
  if (!node || !step) return null;
  return (
    <aside className="lw-inspector" aria-label={t("try.title")}>
      <ScrollArea h="100%" scrollbarSize={8} type="hover">
        <Stack gap="lg" p="md">
          <PanelHead described={describe(node)} onClose={() => store.getState().select([])} />
          <StepState step={step} />
          <CameIn step={step} />
          {step.values && (
            <ValueList title={t(isExample(node, step) ? "try.example" : "try.putOut")} values={step.values} />
          )}
          {result.effects
            .filter((effect) => effect.nodeId === nodeId)
            .map((effect) => (
              <Stack key={effect.slot} gap="md">
                <SentRequest effect={effect} />
                <RealStep trying={trying} result={result} node={node} effect={effect} />
              </Stack>
            ))}
          <PinForm node={node} pin={trying.pins[nodeId] ?? null} onPin={(pin) => trying.pin(nodeId, pin)} />
          <Button
            variant="default"
            size="xs"
            leftSection={<IconAdjustments size={15} aria-hidden />}
            onClick={onSettings}
          >
            {t("try.settings")}
          </Button>
        </Stack>
      </ScrollArea>
    </aside>
  );
}

/** What is asked of others is made up in a try, unless it was pinned. */
const isExample = ({ type }: DraftNode, { isPinned }: TryStep): boolean =>
  !isPinned && (type === "action" || type === "approval");

function StepState({ step: { state, stuck, waitsUntil, isPinned } }: { readonly step: TryStep }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap={6}>
      <Group gap={10}>
        <StateMark state={state} />
        {isPinned && (
          <Text fz="sm" c="dimmed" className="lw-try-safe">
            <IconPin size={14} aria-hidden /> {t("try.pin.pinned")}
          </Text>
        )}
      </Group>
      {waitsUntil !== null && <Text fz="sm">{t("try.waits", { until: dayAndTime(waitsUntil, i18n.language) })}</Text>}
      {stuck && <Text fz="sm">{stuck.message ?? stuck.code}</Text>}
    </Stack>
  );
}

/** By the names of the catalogue; what is missing is told, because it decides. */
function CameIn({ step: { cameIn } }: { readonly step: TryStep }) {
  const { t } = useTranslation();
  const { catalogue } = useCatalogue();
  const word = useServerWords();
  const titles = Object.keys(cameIn).map((path) => [path, titleOfField(path, catalogue.fields, word)] as const);
  const values = Object.entries(cameIn).map(([path, value]) => [path, value ?? t("try.missing")] as const);
  return <ValueList title={t("try.cameIn")} titles={Object.fromEntries(titles)} values={Object.fromEntries(values)} />;
}
