import { useTranslation } from "react-i18next";
import type { Preview } from "../../server/tries/preview-api.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useLanguage } from "../flow/describe.js";
import { useErrorWords } from "../ui/error-words.js";
import { dayAndTime } from "../ui/format.js";
import type { Previewed } from "./previewed.js";

interface Props {
  readonly node: DraftNode;
  readonly previewed: Previewed;
}

/** Whether the event comes here at all, and where it goes from here. */
export function Outcome({ node, previewed: { preview, error } }: Props) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const saidOf = useSaid(node);
  const said = error ? [t("preview.failed", { why: wordsOf(error).title })] : preview ? saidOf(preview) : [];
  return (
    <p className="lw-preview-outcome" role="status">
      {said.join(" ")}
    </p>
  );
}

function useSaid(node: DraftNode): (preview: Preview) => readonly string[] {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return ({ arrival, way, until, isMasked }) => {
    const arrived = node.type === "trigger" ? startOf(arrival) : arrival === "here" ? null : arrival;
    const wayOut = way === null ? null : outputTitle(node, way, language);
    return [
      ...(arrived === null ? [] : [t(`preview.arrival.${arrived}`)]),
      ...(wayOut === null ? [] : [t("preview.way", { way: wayOut })]),
      ...(until === null ? [] : [t("preview.until", { until: dayAndTime(until, i18n.language) })]),
      ...(isMasked ? [t("preview.masked")] : []),
    ];
  };
}

/** The trigger itself says whether it would begin. */
const startOf = (arrival: Preview["arrival"]): "starts" | "startsNot" | null =>
  arrival === "notStarted" ? "startsNot" : arrival === "here" ? "starts" : null;
