import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { queries } from "../api/queries.js";
import { RunCounts } from "../flows/run-counts.js";
import { LinkAnchor } from "../ui/links.js";
import { StateMark } from "../ui/state-mark.js";
import { HomePart } from "./home-part.js";

const SHOWN = 5;

/** The rules that are live, with what each has done; before the first one, the steps above say how to get there. */
export function HomeFlows() {
  const { t } = useTranslation();
  const flows = useQuery(queries.flows()).data?.items.filter(({ version }) => version !== null) ?? [];
  if (flows.length === 0) return null;
  const all = (
    <LinkAnchor to="/flows" fz="sm">
      {t("home.allFlows")}
    </LinkAnchor>
  );
  return (
    <HomePart id="home-flows" title={t("home.flows")} all={all}>
      <ul className="lw-home-list">
        {flows.slice(0, SHOWN).map((flow) => (
          <FlowRow key={flow.id} flow={flow} />
        ))}
      </ul>
    </HomePart>
  );
}

function FlowRow({ flow }: { readonly flow: FlowSummary }) {
  return (
    <li className="lw-home-row">
      <div className="lw-home-words">
        <Link to="/flows/$id" params={{ id: flow.id }} className="lw-row-link">
          <Text span fz="sm" fw={600} className="lw-clamp-2">
            {flow.name}
          </Text>
        </Link>
        <RunCounts flow={flow} />
      </div>
      <StateMark state={flow.state} />
    </li>
  );
}
