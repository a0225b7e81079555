import { Box, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { erasureSchema, type LeftToPerson } from "../../server/erasure/erasure-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { Hint } from "../ui/hint.js";
import { Time } from "../ui/time.js";

/** Whom a source asks to forget, and who said something elsewhere too: somebody has to look. */
export function LeftToPersons({ left }: { readonly left: readonly LeftToPerson[] }) {
  const { t } = useTranslation();
  if (left.length === 0) return null;
  return (
    <Box mb="sm">
      <Hint tone="waiting" title={t("privacy.left", { count: left.length })}>
        {t("privacy.leftText")}
        {left.map((one) => (
          <LeftRow key={one.contactId} one={one} />
        ))}
      </Hint>
    </Box>
  );
}

function LeftRow({ one: { contactId, sourceName, askedAt } }: { readonly one: LeftToPerson }) {
  const { t } = useTranslation();
  const erase = useChange({
    schema: erasureSchema,
    call: () => ({ path: "/api/privacy/erasures", body: { contactIds: [contactId] } }),
    renews: ["erasure"],
    told: () => t("privacy.asked"),
  });
  const ask = () =>
    askFirst({
      title: t("privacy.erase", { count: 1 }),
      text: t("privacy.eraseText"),
      confirm: t("privacy.eraseNow"),
      onConfirm: () => erase.mutate(undefined),
    });
  return (
    <Group justify="space-between" mt={6}>
      <Text fz="sm">
        {sourceName} · <Time at={askedAt} />
      </Text>
      <Group gap="sm">
        <Button
          component="a"
          size="xs"
          variant="default"
          href={`/api/privacy/contacts/${contactId}/export?format=html`}
        >
          {t("privacy.leftLook")}
        </Button>
        <Button size="xs" variant="default" loading={erase.isPending} onClick={ask}>
          {t("privacy.erase", { count: 1 })}
        </Button>
      </Group>
    </Group>
  );
}
