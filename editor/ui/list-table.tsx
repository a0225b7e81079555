import { Table } from "@mantine/core";
import type { TableThProps } from "@mantine/core";
import type { ReactNode } from "react";

/** A column's heading: its words, or how else it differs. */
type Heading = string | TableThProps;

interface Props {
  readonly headings: readonly Heading[];
  /** On narrower ground it scrolls sideways. Without it, columns are left out instead. */
  readonly minWidth?: number;
  /** Its rows. */
  readonly children: ReactNode;
}

export function ListTable({ headings, minWidth, children }: Props) {
  const table = (
    <Table>
      <Table.Thead>
        <Table.Tr>
          {headings.map((heading, column) => (
            <Table.Th key={column} {...(typeof heading === "string" ? { children: heading } : heading)} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
  if (minWidth === undefined) return table;
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native">
      {table}
    </Table.ScrollContainer>
  );
}
