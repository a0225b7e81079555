import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly text?: string;
  /** What can be done to the whole of it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One of the several things that a page is about: its heading, a sentence about it, and what there is. */
export function Part({ title, text, action, children }: Props) {
  return (
    <section>
      <div className="lw-part-head">
        <div>
          <Title order={2}>{title}</Title>
          {text !== undefined && (
            <Text fz="sm" c="dimmed" maw={720}>
              {text}
            </Text>
          )}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
