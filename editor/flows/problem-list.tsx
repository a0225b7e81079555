import { Button, Popover, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { useDescribe } from "../flow/describe.js";
import { useFieldTitle } from "../flow/field-title.js";
import { useProblemWords } from "../flow/problem-words.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import type { Checked } from "../inspector/inspector.js";

/** What keeps the flow from being published; each leads to its node and field. */
export function ProblemList({ checked: { problems, warnings } }: { readonly checked: Checked }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const count = problems.length;
  const all = [...problems, ...warnings];
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={400}
      shadow="md"
      withArrow={false}
      trapFocus
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          disabled={all.length === 0}
          leftSection={
            all.length === 0 ? <IconCircleCheck size={16} stroke={1.8} /> : <IconAlertTriangle size={16} stroke={1.8} />
          }
          className="lw-problem-count"
          data-tone={count === 0 ? "faint" : "stuck"}
          onClick={() => setOpened(!opened)}
        >
          {count === 0 && warnings.length > 0
            ? t("publish.hints", { count: warnings.length })
            : t("publish.problems", { count })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <ScrollArea.Autosize mah={420}>
          {all.map((problem, index) => (
            <ProblemRow
              key={`${problem.code}-${problem.nodeId ?? ""}-${String(index)}`}
              problem={problem}
              isWarning={index >= count}
              onGo={() => setOpened(false)}
            />
          ))}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

interface RowProps {
  readonly problem: FlowProblem;
  readonly isWarning?: boolean;
  readonly onGo: () => void;
}

/** Leads to its step and field. */
export function ProblemRow({ problem, isWarning = false, onGo }: RowProps) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const word = useProblemWords();
  const titleOf = useFieldTitle();
  const node = useFlow(({ draft }) => draft.nodes.find(({ id }) => id === problem.nodeId));
  const field = node && problem.field !== null ? titleOf(node, problem.field) : null;
  const focus = useFocusProblem();
  return (
    <UnstyledButton
      className="lw-problem"
      onClick={() => {
        onGo();
        focus(problem);
      }}
    >
      <Text fz="sm" fw={600}>
        {node ? describe(node).title : t("publish.wholeFlow")}
        {isWarning && (
          <Text span fz={12} c="dimmed" fw={400}>
            {" "}
            · {t("publish.warning")}
          </Text>
        )}
      </Text>
      <Text fz="sm" c="dimmed">
        {field === null ? word(problem) : t("common.labelled", { label: field, text: word(problem) })}
      </Text>
    </UnstyledButton>
  );
}

const SHOWN_AT = { zoom: 1, duration: 250 };

function useFocusProblem() {
  const store = useFlowStore();
  const { setCenter, getInternalNode } = useReactFlow();
  return ({ nodeId, field }: FlowProblem) => {
    if (nodeId === null) return;
    store.getState().select([nodeId], field);
    const node = getInternalNode(nodeId);
    if (node) void setCenter(node.position.x + 120, node.position.y + 40, SHOWN_AT);
  };
}
