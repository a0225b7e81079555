import { ActionIcon, Group, Stack, Text, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { NodeWords } from "../canvas/projection.js";
import { SystemMark } from "./system-mark.js";

interface Props {
  readonly described: NodeWords;
  readonly onClose: () => void;
}

/** Of a panel beside the canvas that is about one step: what it is called, and what it does. */
export function PanelHead({ described: { title, sentence, mark }, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap={8}>
      <Group gap={10} wrap="nowrap" align="flex-start">
        <SystemMark kind={mark} size={30} />
        <Title order={2} flex={1} pt={4}>
          {title}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t("common.close")} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <Text className="lw-inspector-sentence" fz="sm">
        {sentence}
      </Text>
    </Stack>
  );
}
