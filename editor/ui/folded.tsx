import { Button, Collapse } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** What few readers need, one click away. */
export function Folded({ label, children }: Props) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        ml={-8}
        aria-expanded={opened}
        leftSection={opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={toggle}
      >
        {label}
      </Button>
      <Collapse expanded={opened} mt={6}>
        {children}
      </Collapse>
    </div>
  );
}
