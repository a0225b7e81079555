import { Checkbox, NumberInput, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Limits, Retention, RetentionView } from "../../server/retention/retention-api.js";
import { ListTable } from "../ui/list-table.js";

interface Props {
  readonly form: Retention;
  readonly known: RetentionView["known"];
  readonly change: (changed: Retention) => void;
}

/** How long what came from each source is kept; last what holds for all others. */
export function LimitsTable({ form, known, change }: Props) {
  const { t } = useTranslation();
  const set = (sourceId: string, limits: Limits | null) => {
    const others = form.sources.filter((source) => source.sourceId !== sourceId);
    change({ ...form, sources: limits ? [...others, { sourceId, ...limits }] : others });
  };
  return (
    <ListTable
      minWidth={680}
      headings={[
        t("retention.source"),
        { w: 190, children: t("retention.content") },
        { w: 190, children: t("retention.responses") },
      ]}
    >
      {known.map(({ id, name }) => {
        const own = form.sources.find(({ sourceId }) => sourceId === id) ?? null;
        return <SourceRow key={id} name={name} own={own} general={form.general} set={(limits) => set(id, limits)} />;
      })}
      <Table.Tr>
        <Table.Td fw={550}>{t("retention.general")}</Table.Td>
        <Cells name={t("retention.general")} limits={form.general} set={(general) => change({ ...form, general })} />
      </Table.Tr>
    </ListTable>
  );
}

interface SourceRowProps {
  readonly name: string;
  readonly own: Limits | null;
  readonly general: Limits;
  /** Null: it goes by those of every other source. */
  readonly set: (limits: Limits | null) => void;
}

function SourceRow({ name, own, general, set }: SourceRowProps) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          label={name}
          aria-label={t("retention.ownOf", { name })}
          description={t("retention.own")}
          checked={own !== null}
          onChange={(event) => set(event.currentTarget.checked ? general : null)}
        />
      </Table.Td>
      <Cells name={name} limits={own ?? general} disabled={own === null} set={set} />
    </Table.Tr>
  );
}

interface CellsProps {
  readonly name: string;
  readonly limits: Limits;
  readonly disabled?: boolean;
  readonly set: (limits: Limits) => void;
}

function Cells({ name, limits: { contentDays, responseDays }, disabled = false, set }: CellsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Table.Td>
        <Days
          label={t("retention.contentOf", { name })}
          value={contentDays}
          disabled={disabled}
          set={(days) => set({ contentDays: days, responseDays })}
        />
      </Table.Td>
      <Table.Td>
        <Days
          label={t("retention.responsesOf", { name })}
          value={responseDays}
          disabled={disabled}
          set={(days) => set({ contentDays, responseDays: days })}
        />
      </Table.Td>
    </>
  );
}

interface DaysProps {
  readonly label: string;
  readonly value: number | null;
  readonly disabled: boolean;
  readonly set: (days: number | null) => void;
}

/** Empty: for ever. */
function Days({ label, value, disabled, set }: DaysProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      aria-label={label}
      placeholder={t("retention.forEver")}
      min={1}
      max={36_500}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      suffix={t("retention.days")}
      disabled={disabled}
      value={value ?? ""}
      onChange={(days) => set(typeof days === "number" && days >= 1 ? days : null)}
    />
  );
}
