import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
}

/** Only for what cannot be undone. */
export const askFirst = ({ title, text, confirm, cancel, onConfirm }: Question) =>
  modals.openConfirmModal({
    title,
    children: <Text fz="sm">{text}</Text>,
    labels: { confirm, cancel },
    confirmProps: { color: "red" },
    onConfirm,
  });
