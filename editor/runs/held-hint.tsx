import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { useMay } from "../api/may.js";
import { Hint } from "../ui/hint.js";
import { LinkAnchor } from "../ui/links.js";

/** A run whose steps wait for connections that are paused or refused: which, and the way there. */
export function HeldHint({ run: { heldBy } }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const mayRead = useMay()("connections:read");
  const connections = new Map(heldBy.map((held) => [held.connectionId, held]));
  return [...connections.values()].map(({ connectionId, name, state }) => (
    <Hint key={connectionId} tone={state === "broken" ? "stuck" : "waiting"} title={t(`held.${state}`, { name })}>
      {t("held.text")}{" "}
      {mayRead && (
        <LinkAnchor to="/connections/$id" params={{ id: connectionId }} inherit>
          {t("held.open")}
        </LinkAnchor>
      )}
    </Hint>
  ));
}
