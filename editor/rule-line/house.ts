import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { House } from "../../workflows/flow/rule-line/house.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useCatalogue } from "../flow/catalogue.js";
import { useLanguage } from "../flow/describe.js";

/** What lines are read and drawn with here, in the reader's language. */
export function useHouse(): House {
  const language = useLanguage();
  const { catalogue } = useCatalogue();
  const connections = useQuery(queries.connections()).data?.items;
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") }).data?.items;
  return useMemo(
    () => ({
      language,
      catalogue,
      connections: (connections ?? []).map(({ state, ...connection }) => ({ ...connection, works: state === "ok" })),
      sources: sources ?? [],
    }),
    [language, catalogue, connections, sources],
  );
}
