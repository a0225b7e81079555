import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says: the title, if nothing else is said. */
  readonly confirm?: string;
  /** Where "Cancel" would be taken for the answer. */
  readonly cancel?: string;
  readonly onConfirm: () => void;
  /** Gives rather than takes away. */
  readonly mild?: boolean;
}

/** Only for what cannot be undone, or lets somebody in. */
export const askFirst = ({ title, text, confirm = title, cancel, onConfirm, mild = false }: Question) =>
  modals.openConfirmModal({
    title,
    children: <Text fz="sm">{text}</Text>,
    confirmProps: { children: confirm, ...(!mild && { color: "red" }) },
    cancelProps: { children: cancel },
    onConfirm,
  });
