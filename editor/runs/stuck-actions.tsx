import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { runActionReplySchema } from "../../server/runs/run-api.js";
import type { EffectView, RunDetail, StepView } from "../../server/runs/run-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { systemName } from "../ui/system-mark.js";
import { RetryDialog } from "./retry-dialog.js";
import { SettleDialog } from "./settle-dialog.js";
import { SkipDialog } from "./skip-dialog.js";
import { heldBackBy, useStuckWords } from "./stuck-words.js";

type RunNode = RunDetail["nodes"][number];
export interface StuckProps {
  readonly run: RunDetail;
  readonly node: RunNode;
  readonly step: StepView;
  readonly isPast: boolean;
}
type Dialog = "change" | "skip" | "settle" | null;

/** A stuck step: why, and everything that a person can do about it. */
export function StuckActions({ run, node, step, isPast }: StuckProps) {
  const { t } = useTranslation();
  const mayAct = useMay()("runs:act");
  const [dialog, setDialog] = useState<Dialog>(null);
  const effect = run.effects.findLast(({ nodeId }) => nodeId === node.id) ?? null;
  const doubt = step.stuck?.inDoubt === true;
  return (
    <Stack gap={10} className="lw-stuck" data-tone={doubt ? "doubt" : "stuck"}>
      <Why step={step} system={effect?.system ?? null} />
      {isPast && (
        <Text fz={12.5} c="dimmed">
          {t("moment.shown")}
        </Text>
      )}
      {mayAct && !isPast && (
        <Group gap={8}>
          <Retry runId={run.id} nodeId={node.id} doubt={doubt} />
          {choicesFor(doubt, effect).map((choice) => (
            <Button key={choice} size="xs" variant="default" onClick={() => setDialog(choice)}>
              {t(`stuck.${choice}`)}
            </Button>
          ))}
        </Group>
      )}
      <OpenDialog dialog={dialog} run={run} node={node} effect={effect} onClose={() => setDialog(null)} />
    </Stack>
  );
}

interface DialogProps extends Omit<StuckProps, "step" | "isPast"> {
  readonly dialog: Dialog;
  readonly effect: EffectView | null;
  readonly onClose: () => void;
}

function OpenDialog({ dialog, run, node, effect, onClose }: DialogProps) {
  if (dialog === "skip") return <SkipDialog run={run} node={node} onClose={onClose} />;
  if (dialog === "settle") return <SettleDialog runId={run.id} nodeId={node.id} onClose={onClose} />;
  return dialog === "change" && effect ? <RetryDialog runId={run.id} effect={effect} onClose={onClose} /> : null;
}

/** A request is changed only when the old one certainly did not happen. */
function choicesFor(doubt: boolean, effect: EffectView | null): readonly Exclude<Dialog, null>[] {
  if (doubt) return ["settle", "skip"];
  return effect?.request ? ["change", "skip"] : ["skip"];
}

function Why({ step: { stuck }, system }: { readonly step: StepView; readonly system: string | null }) {
  const { t } = useTranslation();
  const why = useStuckWords();
  if (!stuck) return null;
  return (
    <Text fz="sm">
      {system !== null && !heldBackBy(stuck.code) && (
        <Text span fw={600} inherit>
          {t(stuck.inDoubt ? "stuck.doubtAt" : "stuck.refusedBy", { system: systemName(system) })}{" "}
        </Text>
      )}
      {why(stuck)}
    </Text>
  );
}

interface RetryProps {
  readonly runId: string;
  readonly nodeId: string;
  readonly doubt: boolean;
}

/** In doubt nothing is tried: the other system is asked once more. */
function Retry({ runId, nodeId, doubt }: RetryProps) {
  const { t } = useTranslation();
  const retry = useChange({
    schema: runActionReplySchema,
    call: () => ({ path: `/api/runs/${runId}/steps/${nodeId}/${doubt ? "look-again" : "retry"}` }),
    renews: ["run"],
  });
  return (
    <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
      {t(doubt ? "stuck.lookAgain" : "stuck.retry")}
    </Button>
  );
}
