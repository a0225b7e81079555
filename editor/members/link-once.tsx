import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { memberLinkSchema } from "../../server/members/member-api.js";
import { dayAndTime } from "../ui/format.js";
import { Hint } from "../ui/hint.js";
import { CopyLine } from "../ui/secret-line.js";

export type MemberLink = z.infer<typeof memberLinkSchema>;

interface Props {
  readonly name: string;
  readonly link: MemberLink;
  readonly onDone: () => void;
}

/** Loopwright sends no mail: an admin carries the link to whom it is for. */
export function LinkOnce({ name, link, onDone }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Stack>
      <Text fz="sm">{t("members.handOver", { name })}</Text>
      <CopyLine label={t("members.link")} value={link.url} />
      <Text fz="sm" c="dimmed">
        {t("members.validUntil", { time: dayAndTime(link.validUntil, i18n.language) })}
      </Text>
      <Hint tone="stuck">{t("members.linkOnce", { name })}</Hint>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t("members.copied")}</Button>
      </Group>
    </Stack>
  );
}
