import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { foundContactSchema, type MergedContact } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";

interface Props {
  readonly merged: readonly MergedContact[];
  readonly onChanged: () => void;
}

/** Whom a contact stands for, each with the way to part them again. */
export function MergedList({ merged, onChanged }: Props) {
  return merged.map((one) => <Merged key={one.id} merged={one} onChanged={onChanged} />);
}

function Merged({
  merged: { id, intoId, name, email },
  onChanged,
}: { readonly merged: MergedContact } & Omit<Props, "merged">) {
  const { t } = useTranslation();
  const called = name ?? email ?? t("privacy.unnamed");
  const part = useChange({
    schema: foundContactSchema,
    call: () => ({ path: `/api/privacy/contacts/${intoId}/unmerge`, body: { contactId: id } }),
    renews: ["run", "feedback"],
  });
  const ask = () =>
    askFirst({
      title: t("merge.partFrom", { name: called }),
      text: t("merge.partText"),
      confirm: t("merge.part"),
      onConfirm: () => part.mutate(undefined, { onSuccess: onChanged }),
      mild: true,
    });
  return (
    <Group gap={8} mt={4}>
      <Text fz={12} c="dimmed">
        {t("merge.also", { name: [name, email].filter((text) => text !== null).join(", ") || called })}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        loading={part.isPending}
        aria-label={t("merge.partFrom", { name: called })}
        onClick={ask}
      >
        {t("merge.part")}
      </Button>
    </Group>
  );
}
