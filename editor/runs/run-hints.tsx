import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { dayAndTime } from "../ui/format.js";
import { Hint } from "../ui/hint.js";
import { HeldHint } from "./held-hint.js";
import { TurnHint } from "./turn-hint.js";

/** The step that needs someone. */
export const firstStuck = (run: RunDetail) => run.steps.find(({ state }) => state === "stuck")?.nodeId;

/** Why the run as a whole does not go on. */
export function RunHints({ run }: { readonly run: RunDetail }) {
  return (
    <>
      <Halted run={run} />
      <TurnHint run={run} />
      <HeldHint run={run} />
    </>
  );
}

/** Not a step that someone can mend: the run itself cannot be taken further until whoever runs Loopwright has looked. */
function Halted({ run: { halted } }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  if (halted === null) return null;
  const since = dayAndTime(halted.since, i18n.language);
  return (
    <Hint tone="failed" title={t("runs.halted", { since })}>
      {t("runs.haltedText", { code: halted.code })}
    </Hint>
  );
}
