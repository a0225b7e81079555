import { useTranslation } from "react-i18next";
import type { Preview } from "../../server/tries/preview-api.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useLanguage } from "../flow/describe.js";
import { useErrorWords } from "../ui/error-words.js";
import { dayAndTime } from "../ui/format.js";
import type { Previewed } from "./previewed.js";

type Config = DraftNode["config"];

interface Props {
  readonly node: DraftNode;
  readonly previewed: Previewed;
}

/** Whether the event comes here at all, and where it goes from here. */
export function Outcome({ node, previewed: { preview, askedConfig, error, isAway } }: Props) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const saidOf = useSaid(node);
  const why = isAway ? t("error.offline") : error ? wordsOf(error).title : null;
  const told = preview ? saidOf(preview, askedConfig) : [];
  const said = why === null ? told : [t("preview.failed", { why })];
  return (
    <p className="lw-preview-outcome" role="status">
      {said.join(" ")}
    </p>
  );
}

/** Keeps the line's place until it is known what to say in it. */
const HELD = "\u00a0";

/** What the step itself decides is said of the form as it was asked about, and of no other. */
function useSaid(node: DraftNode): (preview: Preview, askedConfig: Config | null) => readonly string[] {
  const { t } = useTranslation();
  const decidedIn = useDecided(node);
  return (preview, askedConfig) => {
    const { arrival, isMasked } = preview;
    const arrived = node.type === "trigger" || arrival === "here" ? null : arrival;
    const decided = decidedIn(preview);
    const isOfThis = decided.length === 0 || isSameJson(askedConfig, node.config);
    return [
      ...(arrived === null ? [] : [t(`preview.arrival.${arrived}`)]),
      ...(isOfThis ? decided : [HELD]),
      ...(isMasked ? [t("preview.masked")] : []),
    ];
  };
}

function useDecided(node: DraftNode): (preview: Preview) => readonly string[] {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return ({ arrival, way, until }) => {
    const starts = node.type === "trigger" ? startOf(arrival) : null;
    const wayOut = way === null ? null : outputTitle(node, way, language);
    return [
      ...(starts === null ? [] : [t(`preview.arrival.${starts}`)]),
      ...(wayOut === null ? [] : [t("preview.way", { way: wayOut })]),
      ...(until === null ? [] : [t("preview.until", { until: dayAndTime(until, i18n.language) })]),
    ];
  };
}

/** The trigger itself says whether it would begin. */
const startOf = (arrival: Preview["arrival"]): "starts" | "startsNot" | null =>
  arrival === "notStarted" ? "startsNot" : arrival === "here" ? "starts" : null;
