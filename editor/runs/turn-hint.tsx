import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { Hint } from "../ui/hint.js";
import { LinkAnchor } from "../ui/links.js";
import { turnOf, type Turn } from "./turn.js";

const links = { waits: "turn.toFirst", passedOver: "turn.toOlder", replaced: "turn.toNewer" } as const;

/** Why a run of a flow with a key is not begun, did nothing, or was cancelled by nobody; with the way to the other run. */
export function TurnHint({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const words = useTurnWords();
  const turn = turnOf(run);
  if (turn === null) return null;
  const { title, text } = words(turn);
  return (
    <Hint tone="waiting" title={title}>
      {text}{" "}
      <LinkAnchor to="/runs/$id" params={{ id: turn.runId }} inherit>
        {t(links[turn.kind])}
      </LinkAnchor>
    </Hint>
  );
}

function useTurnWords(): (turn: Turn) => { readonly title: string; readonly text: string } {
  const { t } = useTranslation();
  return (turn) =>
    turn.kind === "waits"
      ? { title: t(`turn.${turn.by}`), text: t("turn.waitsText", { count: turn.ahead }) }
      : { title: t(`turn.${turn.kind}`), text: t(`turn.${turn.kind}Text`) };
}
