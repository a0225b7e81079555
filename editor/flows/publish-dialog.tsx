import { Button, Group, Kbd, Modal, ScrollArea, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDetail, FlowProblem } from "../../server/flows/flow-api.js";
import { NOTE_LENGTH } from "../../server/flows/flow-api.js";
import { useProblemWords } from "../flow/problem-words.js";
import { Hint } from "../ui/hint.js";
import { WhatChanges } from "../versions/what-changes.js";

interface Props {
  readonly flow: FlowDetail;
  readonly warnings: readonly FlowProblem[];
  readonly isPublishing: boolean;
  readonly onPublish: (note: string) => void;
  readonly onClose: () => void;
}

/** What is about to be published, and a note on it. */
export function PublishDialog({ opened, ...props }: Props & { readonly opened: boolean }) {
  const { t } = useTranslation();
  const { flow, onClose } = props;
  const title = flow.version === null ? t("publishing.first") : t("publishing.again", { version: flow.version + 1 });
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      <PublishForm {...props} />
    </Modal>
  );
}

const isPublishKey = ({ key, ctrlKey, metaKey }: KeyboardEvent) => key === "Enter" && (ctrlKey || metaKey);

/** As the reader's keyboard names it. */
const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

function PublishForm({ flow, warnings, isPublishing, onPublish, onClose }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const publish = () => {
    if (!isPublishing) onPublish(note.trim());
  };
  return (
    <Stack
      onKeyDown={(event) => {
        if (!isPublishKey(event)) return;
        event.preventDefault();
        publish();
      }}
    >
      <ScrollArea.Autosize mah="42vh">
        <Stack gap={12}>
          {flow.version === null ? (
            <Text fz="sm">{t("publishing.firstText")}</Text>
          ) : (
            <WhatChanges flowId={flow.id} version={flow.version} />
          )}
          <Warnings warnings={warnings} />
        </Stack>
      </ScrollArea.Autosize>
      {flow.state === "paused" && <Hint tone="waiting">{t("publishing.pausedText")}</Hint>}
      <Textarea
        data-autofocus
        label={t("publishing.note")}
        description={t("publishing.noteText")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={NOTE_LENGTH}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Text fz={12} c="dimmed" mr="auto" visibleFrom="sm">
          <Kbd size="xs">{modifier}</Kbd> + <Kbd size="xs">Enter</Kbd>
        </Text>
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button loading={isPublishing} onClick={publish}>
          {t("publish.publish")}
        </Button>
      </Group>
    </Stack>
  );
}

function Warnings({ warnings }: Pick<Props, "warnings">) {
  const { t } = useTranslation();
  const word = useProblemWords();
  if (warnings.length === 0) return null;
  return (
    <Hint tone="stuck" title={t("publishing.warnings")}>
      {warnings.map((warning, index) => (
        <div key={index}>{word(warning)}</div>
      ))}
    </Hint>
  );
}
