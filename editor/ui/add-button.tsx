import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

interface Props {
  readonly label: string;
  readonly onClick: () => void;
  readonly quiet?: boolean;
}

/** Puts one more line into a list in a form. */
export function AddButton({ label, onClick, quiet = false }: Props) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      w="fit-content"
      {...(quiet && { color: "gray" })}
      leftSection={<IconPlus size={14} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
