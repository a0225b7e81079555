import { Checkbox, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PeopleFound } from "../../server/people/people-api.js";
import { ListTable } from "../ui/list-table.js";
import { Time } from "../ui/time.js";
import type { Selection } from "./contact-table.js";

interface Row {
  readonly id: string;
  readonly sourceName: string;
  readonly receivedAt: string;
  /** Null: held as it came. */
  readonly words: string | null;
  /** It goes with its author, and not alone. */
  readonly hasAuthor: boolean;
  /** What an author who is no contact called themselves. */
  readonly by: string | null;
}

const rowsOf = ({ responses, held }: PeopleFound): readonly Row[] => [
  ...responses.map(({ comment, contactId, name, ...row }) => ({
    ...row,
    words: comment ?? "",
    hasAuthor: contactId !== null,
    by: name,
  })),
  ...held.map((row) => ({ ...row, words: null, hasAuthor: false, by: null })),
];

/** Where else it stands: in what anybody said, and in what could not be read. */
export function WordsTable({ found, chosen, choose }: Selection & { readonly found: PeopleFound }) {
  const { t } = useTranslation();
  const rows = rowsOf(found);
  if (rows.length === 0) return null;
  return (
    <section className="lw-card" aria-label={t("privacy.said")}>
      <ListTable minWidth={760} headings={[{ w: 40 }, t("privacy.said"), t("privacy.source"), t("privacy.received")]}>
        {rows.map(({ id, sourceName, receivedAt, words, hasAuthor, by }) => (
          <Table.Tr key={id}>
            <Table.Td>
              {!hasAuthor && (
                <Checkbox
                  aria-label={t("privacy.choose", { name: words ?? t("privacy.held") })}
                  checked={chosen.has(id)}
                  onChange={(event) => choose(id, event.currentTarget.checked)}
                />
              )}
            </Table.Td>
            <Table.Td>
              <Text fz="sm" lineClamp={3}>
                {words ?? t("privacy.held")}
              </Text>
              <Text fz={12} c="dimmed">
                {hasAuthor ? t("privacy.withAuthor") : words === null ? "" : (by ?? t("privacy.noAuthor"))}
              </Text>
            </Table.Td>
            <Table.Td>{sourceName}</Table.Td>
            <Table.Td c="dimmed" className="lw-nowrap">
              <Time at={receivedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
    </section>
  );
}
