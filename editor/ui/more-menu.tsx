import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly loading?: boolean;
  /** Its items. */
  readonly children: ReactNode;
}

/** What else can be done to a thing, behind three dots. */
export function MoreMenu({ label, loading = false, children }: Props) {
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} loading={loading}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
