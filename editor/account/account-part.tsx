import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function AccountPart({ title, text, action, children }: Props) {
  return (
    <section className="lw-account-part">
      <Group justify="space-between" align="flex-end" wrap="nowrap" mb={10}>
        <div>
          <Title order={2}>{title}</Title>
          <Text fz="sm" c="dimmed">
            {text}
          </Text>
        </div>
        {action}
      </Group>
      {children}
    </section>
  );
}
