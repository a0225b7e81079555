import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { triggerConfigSchema } from "../../workflows/flow/nodes/trigger.js";
import { dayAndTime } from "../ui/format.js";
import { asText } from "../ui/read.js";
import { ValueList } from "../runs/value-list.js";

/** What started a run in place of feedback, in the words of its form. */
export function StartValues({
  run,
  start,
}: {
  readonly run: Pick<RunDetail, "nodes">;
  readonly start: Readonly<Record<string, unknown>>;
}) {
  const { t, i18n } = useTranslation();
  const trigger = run.nodes.find(({ type }) => type === "trigger");
  const asked = triggerConfigSchema.safeParse(trigger?.config).data?.start;
  const fields = asked?.kind === "call" ? asked.fields : [];
  const titles = Object.fromEntries(fields.map(({ name, title }) => [name, title]));
  const { at, by, ...filled } = start;
  return (
    <ValueList
      title={t("starts.start")}
      titles={{ ...titles, at: t("starts.at"), by: t("starts.by") }}
      values={{ at: dayAndTime(asText(at), i18n.language), by, ...filled }}
    />
  );
}
