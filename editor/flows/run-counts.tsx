import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { formatNumber } from "../ui/format.js";
import { StateMark, stateLooks } from "../ui/state-mark.js";
import "./flows.css";

const counted = ["running", "waiting", "stuck", "finished"] as const;

/** Every number leads to the runs behind it. */
export function RunCounts({ flow: { id, runs } }: { readonly flow: FlowSummary }) {
  const { t, i18n } = useTranslation();
  const some = counted.filter((state) => runs[state] > 0);
  if (some.length === 0)
    return (
      <Text c="dimmed" fz="sm">
        {t("flows.noRuns")}
      </Text>
    );
  return (
    <div className="lw-counts">
      {some.map((state) => (
        <Link
          key={state}
          to="/runs"
          search={{ flowId: id, state }}
          className="lw-count"
          data-tone={stateLooks[state].tone}
        >
          <StateMark
            state={state}
            plain
            word={t(`runCount.${state}`, { count: runs[state], number: formatNumber(runs[state], i18n.language) })}
          />
        </Link>
      ))}
    </div>
  );
}
