import { ActionIcon, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { IconCopy, IconTrash, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { DraftNode } from "../../workflows/flow/schema.js";
import type { NodeWords } from "../canvas/projection.js";
import { removeKeepingChain } from "../flow/chain.js";
import { duplicate as duplicated } from "../flow/clip.js";
import { retitleNode } from "../flow/edit.js";
import { NAME_FIELD } from "../flow/own-fields.js";
import { useFlowStore } from "../flow/store-context.js";
import { SystemMark } from "../ui/system-mark.js";

interface HeadProps {
  readonly node: DraftNode;
  readonly described: NodeWords;
}

/** What the step is called, and what it does; renamed, copied and removed here. */
export function Head({ node, described: { title, sentence, mark } }: HeadProps) {
  const store = useFlowStore();
  const { t } = useTranslation();
  return (
    <Stack gap={8}>
      <Group gap={10} wrap="nowrap">
        <SystemMark kind={mark} size={30} />
        <TextInput
          data-field={NAME_FIELD}
          variant="unstyled"
          flex={1}
          aria-label={t("inspector.name")}
          placeholder={title}
          value={node.title}
          maxLength={120}
          styles={{ input: { fontWeight: 600, fontSize: 15 } }}
          onChange={(event) => {
            const text = event.currentTarget.value;
            store.getState().edit((flow) => retitleNode(flow, node.id, text), { tag: `title:${node.id}` });
          }}
        />
        <HeadActions node={node} />
      </Group>
      <Text className="lw-inspector-sentence" fz="sm">
        {sentence}
      </Text>
    </Stack>
  );
}

function HeadActions({ node }: { readonly node: DraftNode }) {
  const store = useFlowStore();
  const { t } = useTranslation();
  const { edit, select } = store.getState();
  const duplicate = () => {
    const copy = duplicated(store.getState().draft, { steps: [node.id], notes: [] });
    if (copy) edit(() => copy.flow, { select: copy.steps });
  };
  const actions = [
    { label: "keys.duplicate", icon: IconCopy, run: duplicate, shown: node.type !== "trigger" },
    {
      label: "keys.remove",
      icon: IconTrash,
      run: () => edit((flow) => removeKeepingChain(flow, [node.id]), { select: [] }),
      shown: true,
    },
    { label: "common.close", icon: IconX, run: () => select([]), shown: true },
  ] as const;
  return (
    <Group gap={0} wrap="nowrap">
      {actions
        .filter(({ shown }) => shown)
        .map(({ label, icon: Mark, run }) => (
          <Tooltip key={label} label={t(label)}>
            <ActionIcon variant="subtle" color="gray" aria-label={t(label)} onClick={run}>
              <Mark size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        ))}
    </Group>
  );
}
