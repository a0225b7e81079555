import { Table } from "@mantine/core";
import type { TableThProps } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";

/** A column's heading: its words, or how else it differs. */
type Heading = string | TableThProps;

interface Props {
  readonly headings: readonly Heading[];
  /** On narrower ground it scrolls sideways, except on a phone. */
  readonly minWidth?: number;
  /** Longer ones scroll within, in pixels; with `minWidth`. */
  readonly maxHeight?: number;
  /** Its rows. */
  readonly children: ReactNode;
}

const propsOf = (heading: Heading): TableThProps => (typeof heading === "string" ? { children: heading } : heading);

/** On a phone a row is a card, and each cell says the words of its column (ui.css), which it finds here. */
const wordsFor = (headings: readonly Heading[]): CSSProperties =>
  Object.fromEntries(
    headings.map((heading, column) => {
      const { children } = propsOf(heading);
      const words = typeof children === "string" && children !== "" ? JSON.stringify(children) : "none";
      return [`--lw-heading-${String(column + 1)}`, words];
    }),
  );

export function ListTable({ headings, minWidth, maxHeight, children }: Props) {
  const table = (
    <Table>
      <Table.Thead>
        <Table.Tr>
          {headings.map((heading, column) => (
            <Table.Th key={column} {...propsOf(heading)} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
  return (
    <div className="lw-list" style={wordsFor(headings)}>
      {minWidth === undefined ? (
        table
      ) : (
        <Table.ScrollContainer minWidth={minWidth} mah={maxHeight} type="native">
          {table}
        </Table.ScrollContainer>
      )}
    </div>
  );
}
