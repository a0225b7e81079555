import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly id: string;
  readonly title: string;
  /** Leads to all of what is shown in part here. */
  readonly all: ReactNode;
  readonly children: ReactNode;
}

/** A titled card of Home that shows the beginning of a longer list. */
export function HomePart({ id, title, all, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" align="baseline" mb={10}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {all}
      </Group>
      <div className="lw-card">{children}</div>
    </section>
  );
}
