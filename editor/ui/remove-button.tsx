import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly label?: string;
}

/** Takes one line out of a list in a form. */
export function RemoveButton({ onClick, disabled = false, label }: Props) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={32}
      disabled={disabled}
      aria-label={label ?? t("common.remove")}
      onClick={onClick}
    >
      <IconTrash size={16} stroke={1.7} />
    </ActionIcon>
  );
}
