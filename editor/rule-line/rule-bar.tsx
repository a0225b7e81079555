import { Button, Text } from "@mantine/core";
import { useReactFlow } from "@xyflow/react";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { drawLine } from "../../workflows/flow/rule-line/draw.js";
import type { Reason } from "../../workflows/flow/rule-line/reasons.js";
import { FITTED } from "../canvas/fitted.js";
import { useDescribe } from "../flow/describe.js";
import { redraw } from "../flow/redraw.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { Examples } from "./examples.js";
import { tellInEither } from "./either.js";
import { useHouse } from "./house.js";
import { Preview } from "./preview.js";
import { useReading } from "./reading.js";
import { RuleField } from "./rule-field.js";
import { Said } from "./said.js";

/** What the line says of the flow, and the flow that what is typed would draw. */
function useRule() {
  const house = useHouse();
  const draft = useFlow((state) => state.draft);
  const [typed, setTyped] = useState<string | null>(null);
  // Telling a large flow takes longer than a keystroke may: the canvas and the forms go first.
  const settled = useDeferredValue(draft);
  const told = useMemo(() => tellInEither(settled, house), [settled, house]);
  const text = typed ?? (told.ok ? told.text : "");
  const { line, ...reading } = useReading(text, house);
  const drawn = typed !== null && line ? drawLine(line, reading.house) : null;
  return { ...reading, draft: settled, told, typed, setTyped, text, drawn };
}

/** The rule line above the canvas: the flow as it would be said, rewritten with every edit; typed, it draws the flow. */
export function RuleBar({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const { fitView } = useReactFlow();
  const saidId = useId();
  const { draft, told, typed, setTyped, text, said, wrong, drawn, house } = useRule();
  const apply = () => {
    if (!drawn) return;
    store.getState().edit((flow) => redraw(flow, drawn), { select: [] });
    setTyped(null);
    void fitView(FITTED);
  };
  if (!mayEdit) return told.ok ? <p className="lw-rule-bar">{told.text}</p> : null;
  return (
    <section className="lw-rule-bar" aria-label={t("ruleLine.title")}>
      <div className="lw-rule-row">
        <RuleField
          label={t("ruleLine.title")}
          value={text}
          house={house}
          describedBy={saidId}
          placeholder={t(told.ok ? "flows.example.callback" : "ruleLine.anew")}
          wrong={wrong}
          onChange={setTyped}
          onEnter={apply}
          onEscape={() => setTyped(null)}
        />
        {typed !== null && (
          <>
            <Button disabled={!drawn} onClick={apply}>
              {t("ruleLine.draw")}
            </Button>
            <Button variant="default" onClick={() => setTyped(null)}>
              {t("ruleLine.leave")}
            </Button>
          </>
        )}
      </div>
      {typed === null && !told.ok ? (
        <Drawn id={saidId} reason={told.reason} />
      ) : (
        <Said id={saidId} text={text} {...said} onChange={setTyped} />
      )}
      {draft.nodes.length <= 1 && typed === null && <Examples onPick={setTyped} />}
      {drawn && <Preview flow={drawn} />}
    </section>
  );
}

/** "Drawn flow, 14 steps", and why. */
function Drawn({ id, reason: { code, nodeId } }: { readonly id: string; readonly reason: Reason }) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const { nodes } = useFlow((state) => state.draft);
  const node = nodes.find((one) => one.id === nodeId);
  const why = t(`ruleLine.reason.${code}`);
  return (
    <Text id={id} fz={13} c="dimmed" mt={6} role="status">
      {t("ruleLine.drawn", { count: nodes.length })}{" "}
      {node ? t("ruleLine.notThisStep", { title: describe(node).title, why }) : t("ruleLine.notThisFlow", { why })}
    </Text>
  );
}
