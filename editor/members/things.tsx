import { MultiSelect } from "@mantine/core";
import type { TFunction } from "i18next";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Things } from "../../server/members/token-api.js";
import { queries } from "../api/queries.js";

/** As forms hold them: nobody picked is all of its kind. */
export type PickedThings = Readonly<Record<keyof Things, string[]>>;

export const NOTHING_PICKED: PickedThings = { flowIds: [], sourceIds: [], connectionIds: [] };

export const picked = ({ flowIds, sourceIds, connectionIds }: Things): PickedThings => ({
  flowIds: flowIds ?? [],
  sourceIds: sourceIds ?? [],
  connectionIds: connectionIds ?? [],
});

const orAll = (ids: string[]): string[] | null => (ids.length === 0 ? null : ids);

/** As the API takes them. */
export const thingsOf = ({ flowIds, sourceIds, connectionIds }: PickedThings): Things => ({
  flowIds: orAll(flowIds),
  sourceIds: orAll(sourceIds),
  connectionIds: orAll(connectionIds),
});

/** "2 flows, 1 source"; empty where it is everything. */
export const limitsOf = ({ flowIds, sourceIds, connectionIds }: Things, t: TFunction): string =>
  [
    flowIds && t("tokens.countFlows", { count: flowIds.length }),
    sourceIds && t("tokens.countSources", { count: sourceIds.length }),
    connectionIds && t("tokens.countConnections", { count: connectionIds.length }),
  ]
    .filter((words) => words !== null)
    .join(", ");

interface Props {
  readonly values: PickedThings;
  readonly propsOf: (field: keyof Things) => object;
}

/** The only flows, sources and connections that somebody, or a token, is to see. */
export function ThingPickers({ values, propsOf }: Props) {
  const { t } = useTranslation();
  const flows = useQuery(queries.flows()).data?.items ?? [];
  const sources = useQuery(queries.sources()).data?.items ?? [];
  const connections = useQuery(queries.connections()).data?.items ?? [];
  const lists = [
    { field: "flowIds", label: "tokens.flows", items: flows },
    { field: "sourceIds", label: "tokens.sources", items: sources },
    { field: "connectionIds", label: "tokens.connections", items: connections },
  ] as const;
  return lists.map(({ field, label, items }) => (
    <MultiSelect
      key={field}
      label={t(label)}
      placeholder={values[field].length === 0 ? t("tokens.all") : ""}
      searchable
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      {...propsOf(field)}
    />
  ));
}
