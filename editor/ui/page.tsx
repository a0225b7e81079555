import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconChevronLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  /** The list that it belongs to. */
  readonly back?: ReactNode;
  readonly lead?: ReactNode;
  /** At most one of them is primary. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, back, lead, actions, children }: Props) {
  useDocumentTitle(`${title} · Loopwright`);
  return (
    <div className="lw-page">
      <header className="lw-page-head">
        <Stack gap={3}>
          {back !== undefined && (
            <Text fz="sm" component="nav" className="lw-back">
              <IconChevronLeft size={15} stroke={1.8} aria-hidden />
              {back}
            </Text>
          )}
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" fz="sm" maw={720} component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions !== undefined && (
          <Group gap="xs" wrap="nowrap" flex="none" className="lw-page-actions">
            {actions}
          </Group>
        )}
      </header>
      {children}
    </div>
  );
}
