import { Button, Popover, Stack, Text } from "@mantine/core";
import { IconEyeCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** In the place of the button to publish, for whoever made the last change where four eyes are asked for. */
export function NotYours() {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" width={320} shadow="md" withArrow={false}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconEyeCheck size={16} stroke={1.8} />}>
          {t("fourEyes.notYours")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          <Text fz="sm" fw={600}>
            {t("fourEyes.lastChange")}
          </Text>
          <Text fz="sm">{t("fourEyes.whoMay")}</Text>
          <Text fz="sm" c="dimmed">
            {t("fourEyes.saved")}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
