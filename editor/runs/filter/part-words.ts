import type { TFunction } from "i18next";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/may.js";
import { queries } from "../../api/queries.js";
import { dayOnly } from "../../ui/format.js";
import type { RunAddress } from "../run-address.js";
import { statesOf, type PartKind } from "./parts.js";

/** Names for the ids of an address; undefined where the reader may not see them, or they are still read. */
export interface PartNames {
  readonly flow: (id: string) => string | undefined;
  readonly source: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
}

type Wording = (address: RunAddress, words: { t: TFunction; language: string; names: PartNames }) => string;

const dayOf = (day: string | undefined, language: string): string => (day === undefined ? "" : dayOnly(day, language));

function days({ days: back, from, to }: RunAddress, t: TFunction, language: string): string {
  if (back !== undefined) return back === 0 ? t("runFilter.today") : t("runFilter.lastDays", { count: back });
  const [first, last] = [dayOf(from, language), dayOf(to, language)];
  if (from === to) return t("runFilter.onDay", { day: first });
  if (to === undefined) return t("runFilter.since", { day: first });
  return from === undefined ? t("runFilter.until", { day: last }) : t("runFilter.between", { first, last });
}

const wordings: Readonly<Record<PartKind, Wording>> = {
  state: (address, { t, language }) => {
    const words = statesOf(address).map((state) => t(`runFilter.state.${state}`));
    return t("runFilter.stateIs", { what: new Intl.ListFormat(language, { type: "disjunction" }).format(words) });
  },
  flow: ({ flowId = "" }, { t, names }) =>
    t("runFilter.flowIs", { what: names.flow(flowId) ?? t("runFilter.oneFlow") }),
  source: ({ sourceId = "" }, { t, names }) =>
    t("runFilter.sourceIs", { what: names.source(sourceId) ?? t("runFilter.oneSource") }),
  person: ({ contactId = "" }, { t, names }) =>
    t("runFilter.personIs", { what: names.person(contactId) ?? t("runFilter.onePerson") }),
  error: ({ errorClass = "REJECTED" }, { t }) => t(`runFilter.error.${errorClass}`),
  began: (address, { t, language }) => days(address, t, language),
  search: ({ search = "" }, { t }) => t("runFilter.finds", { what: search }),
};

/** A part as it is said: "state is stuck", "last 7 days". */
export const wordsOf = (kind: PartKind, ...given: Parameters<Wording>): string => wordings[kind](...given);

export function usePartNames(person: PartNames["person"]): PartNames {
  const flows = useQuery(queries.flows()).data?.items;
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") }).data?.items;
  return {
    flow: (id) => flows?.find((flow) => flow.id === id)?.name,
    source: (id) => sources?.find((source) => source.id === id)?.name,
    person,
  };
}

export function usePartWords(names: PartNames): (kind: PartKind, address: RunAddress) => string {
  const { t, i18n } = useTranslation();
  return (kind, address) => wordsOf(kind, address, { t, language: i18n.language, names });
}
