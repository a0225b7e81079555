import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  dataClassSchema,
  entryFilterSchema,
  lawfulBasisSchema,
  regionSchema,
  riskBandSchema,
  thingKindSchema,
  type EntryFilter,
} from "../../server/oversight/oversight-api.js";
import { queries } from "../api/queries.js";

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The address carries the filter, so that it can be sent to somebody. */
export function EntryFilters({ filter }: { readonly filter: EntryFilter }) {
  const { t } = useTranslation();
  const owners = useQuery(queries.owners()).data?.items ?? [];
  const choices: readonly (readonly [keyof EntryFilter, string, readonly Choice[]])[] = [
    ["band", t("oversight.risk"), riskBandSchema.options.map((value) => ({ value, label: t(`state.${value}`) }))],
    [
      "kind",
      t("oversight.kindLabel"),
      thingKindSchema.options.map((value) => ({ value, label: t(`oversight.kind.${value}`) })),
    ],
    ["ownerId", t("oversight.owner"), owners.map(({ id, name }) => ({ value: id, label: name }))],
    [
      "dataClass",
      t("oversight.dataLabel"),
      dataClassSchema.options.map((value) => ({ value, label: t(`oversight.data.${value}`) })),
    ],
    [
      "lawfulBasis",
      t("oversight.basisLabel"),
      lawfulBasisSchema.options.map((value) => ({ value, label: t(`oversight.basis.${value}`) })),
    ],
    [
      "region",
      t("oversight.region"),
      regionSchema.options.map((value) => ({ value, label: t(`oversight.regions.${value}`) })),
    ],
  ];
  return (
    <Group gap="sm" mb="md" align="flex-end">
      {choices.map(([name, label, data]) => (
        <Filter key={name} filter={filter} name={name} label={label} data={data} />
      ))}
    </Group>
  );
}

interface FilterProps {
  readonly filter: EntryFilter;
  readonly name: keyof EntryFilter;
  readonly label: string;
  readonly data: readonly Choice[];
}

function Filter({ filter, name, label, data }: FilterProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const set = (value: string | null) =>
    void navigate({ to: "/oversight", search: entryFilterSchema.parse({ ...filter, [name]: value ?? undefined }) });
  return (
    <Select
      label={label}
      placeholder={t("oversight.any")}
      w={{ base: "calc(50% - 6px)", xs: 175 }}
      clearable
      data={[...data]}
      value={filter[name] ?? null}
      onChange={set}
    />
  );
}
