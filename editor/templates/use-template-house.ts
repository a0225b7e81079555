import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import type { SourceView } from "../../server/sources/source-api.js";
import type { System, Template, TemplateHouse } from "../../workflows/flow/templates/template.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useLanguage } from "../flow/describe.js";
import { asText } from "../ui/read.js";

/** What a template may use here, and what was chosen of it. */
export interface TemplateChoice {
  readonly house: TemplateHouse;
  readonly offered: (system: System) => readonly ConnectionView[];
  readonly choose: (system: System, connectionId: string) => void;
  readonly sources: readonly SourceView[];
  readonly listen: (sourceId: string) => void;
}

/** It sends what starts the template. */
const fits = ({ settings }: SourceView, { metrics, ofEmployees }: Template): boolean =>
  (metrics.length === 0 || metrics.some((metric) => metric === settings["metric"])) &&
  (asText(settings["domain"]) === "employee") === (ofEmployees ?? false);

export function useTemplateHouse(template: Template): TemplateChoice {
  const language = useLanguage();
  const connections = useQuery(queries.connections()).data?.items ?? [];
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") }).data?.items ?? [];
  const [chosen, setChosen] = useState<TemplateHouse["connections"]>({});
  const [source, setSource] = useState("");
  // What works comes first, and is taken where nothing was chosen.
  const offered = (system: System) =>
    connections
      .filter(({ connector }) => connector === system)
      .toSorted((one, other) => Number(other.state === "ok") - Number(one.state === "ok"));
  const used = template.systems.flatMap((system): [System, string][] => {
    const id = chosen[system] ?? offered(system)[0]?.id;
    return id === undefined ? [] : [[system, id]];
  });
  return {
    house: {
      language,
      connections: Object.fromEntries(used),
      sources: source === "" ? [] : [source],
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    offered,
    choose: (system, connectionId) => setChosen({ ...chosen, [system]: connectionId }),
    sources: sources.filter((one) => fits(one, template)),
    listen: setSource,
  };
}
