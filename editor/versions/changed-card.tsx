import type { NodeProps } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { CardView } from "../canvas/card.js";
import type { CardNode } from "../canvas/projection.js";
import { changeLooks } from "./changes.js";
import type { Change } from "./compared.js";

/** A step with what became of it: colour, icon and word. */
export function ChangedCard(props: NodeProps<CardNode>) {
  const change = props.data["change"] as Change | undefined;
  if (!change) return <CardView {...props} />;
  return (
    <div className="lw-changed-card" data-change={change} data-tone={changeLooks[change].tone}>
      <ChangeMark change={change} />
      <CardView {...props} />
    </div>
  );
}

function ChangeMark({ change }: { readonly change: Change }) {
  const { t } = useTranslation();
  const { icon: Mark } = changeLooks[change];
  return (
    <span className="lw-changed-mark">
      <Mark size={13} stroke={2.2} aria-hidden />
      {t(`versions.mark.${change}`)}
    </span>
  );
}
