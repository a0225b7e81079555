import { ActionIcon, Group, Skeleton, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail, StepView } from "../../server/runs/run-api.js";
import { queries } from "../api/queries.js";
import { useDescribe } from "../flow/describe.js";
import { LinkAnchor } from "../ui/links.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { StateMark } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import { Said, eventTitle } from "./event-panel.js";
import { Outcome, RunMenu } from "./run-header.js";
import { RunHints, firstStuck } from "./run-hints.js";
import { RunMark } from "./run-mark.js";
import { useRunNames } from "./run-name.js";
import { RunState } from "./run-state.js";
import { sentConfig } from "./sent-config.js";
import { StepDetails } from "./step-panel.js";
import { useVersionWords } from "./version-words.js";
import "../inspector/inspector.css";
import "./run-side.css";

interface Props {
  readonly runId: string;
  readonly onClose: () => void;
}

/** A run beside the list: how it stands, its steps, and what was said. */
export function RunSide({ runId, onClose }: Props) {
  const { t } = useTranslation();
  const query = useQuery(queries.run(runId));
  return (
    <aside className="lw-card lw-run-side" aria-label={t("runSide.title")}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className="lw-run-side-close"
        aria-label={t("runSide.close")}
        onClick={onClose}
      >
        <IconX size={16} />
      </ActionIcon>
      <Loaded query={query} loading={<Waiting />}>
        {(run) => <Shown key={run.id} run={run} />}
      </Loaded>
    </aside>
  );
}

function Waiting() {
  return (
    <Delayed>
      <Skeleton height={360} radius={0} />
    </Delayed>
  );
}

function Shown({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md" p="md">
      <Head run={run} />
      <RunHints run={run} />
      <section aria-label={t("runSide.steps")}>
        <div className="lw-overline">{t("runSide.steps")}</div>
        <Steps run={run} />
      </section>
      <Stack component="section" gap="md" aria-label={t(eventTitle(run))}>
        <div className="lw-overline">{t(eventTitle(run))}</div>
        <Said run={run} />
      </Stack>
    </Stack>
  );
}

function Head({ run }: { readonly run: RunDetail }) {
  const versionOf = useVersionWords();
  const who = useRunNames().nameOf(run);
  return (
    <Stack gap={8}>
      <Group gap={10} wrap="nowrap" align="flex-start" className="lw-run-side-head">
        <RunMark run={run} />
        <div>
          <Title order={2}>
            <LinkAnchor to="/runs/$id" params={{ id: run.id }} inherit>
              {who}
            </LinkAnchor>
          </Title>
          <Text fz={12} c="dimmed">
            {run.flowName} · {versionOf(run)}
          </Text>
        </div>
      </Group>
      <Group gap={10}>
        <RunState run={run} />
        <Outcome run={run} />
      </Group>
      <RunMenu run={run} />
    </Stack>
  );
}

/** What was not gone through is not told, and what needs someone is open. */
function Steps({ run }: { readonly run: RunDetail }) {
  const [opened, setOpened] = useState(firstStuck(run) ?? "");
  const told = run.steps.filter(({ state }) => state !== "dead");
  return (
    <ol className="lw-run-side-steps">
      {told.map((step) => (
        <Step
          key={step.nodeId}
          run={run}
          step={step}
          isOpen={step.nodeId === opened}
          onToggle={() => setOpened(step.nodeId === opened ? "" : step.nodeId)}
        />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly run: RunDetail;
  readonly step: StepView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Step({ run, step, isOpen, onToggle }: StepProps) {
  const describe = useDescribe();
  const node = run.nodes.find(({ id }) => id === step.nodeId);
  if (!node) return null;
  const { title, sentence, mark } = describe(node, sentConfig(run, node));
  const Mark = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <UnstyledButton className="lw-run-side-step" aria-expanded={isOpen} onClick={onToggle}>
        <SystemMark kind={mark} size={22} />
        <span className="lw-run-side-words">
          {title}
          {isOpen && sentence !== title && (
            <Text span display="block" fz={12.5} c="dimmed">
              {sentence}
            </Text>
          )}
        </span>
        {!isOpen && <StateMark state={step.stuck?.inDoubt === true ? "ambiguous" : step.state} plain />}
        <Mark size={15} stroke={1.8} aria-hidden />
      </UnstyledButton>
      {isOpen && (
        <Stack gap="md" className="lw-run-side-open">
          <StepDetails run={run} node={node} />
        </Stack>
      )}
    </li>
  );
}
