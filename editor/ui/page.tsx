import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  /** At most one of them is primary. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, children }: Props) {
  useDocumentTitle(`${title} · Loopwright`);
  return (
    <div className="lw-page">
      <header className="lw-page-head">
        <Stack gap={3}>
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" fz="sm" maw={720} component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions !== undefined && (
          <Group gap="xs" wrap="nowrap" flex="none">
            {actions}
          </Group>
        )}
      </header>
      {children}
    </div>
  );
}
