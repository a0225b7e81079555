import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
  /** Gives rather than takes away. */
  readonly mild?: boolean;
}

/** Only for what cannot be undone, or lets somebody in. */
export const askFirst = ({ title, text, confirm, cancel, onConfirm, mild = false }: Question) =>
  modals.openConfirmModal({
    title,
    children: <Text fz="sm">{text}</Text>,
    labels: { confirm, cancel },
    confirmProps: mild ? {} : { color: "red" },
    onConfirm,
  });
