import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Pen } from "../../server/presence/presence-api.js";
import { useMay } from "../api/may.js";
import { isHeldElsewhere, penLineOf } from "./pen-line-of.js";
import { useTake } from "./use-take.js";
import type { PenHere } from "./use-pen.js";
import type { Here } from "./use-presence.js";
import "./presence.css";

interface Props {
  readonly here: Here;
  readonly pen: Pen | null | undefined;
  readonly penHere: PenHere;
}

/** Under the head, while somebody else edits: who, what became of one's own changes, and how to edit here. Said quietly. */
export function PenLine({ pen, ...rest }: Props) {
  return <div role="status">{isHeldElsewhere(pen) && <Line pen={pen} {...rest} />}</div>;
}

function Line({ here, pen, penHere: { lost, following } }: Props & { readonly pen: Pen }) {
  const { t } = useTranslation();
  const mayEdit = useMay()("flows:edit");
  const said = penLineOf(pen, lost);
  const { begin, isTaking } = useTake({ here, following, pen });
  return (
    <div className="lw-pen-line">
      <IconEye size={16} stroke={1.8} aria-hidden />
      <span>
        <strong>{t(`presence.${said.who}`, { who: pen.name ?? t("common.someone") })}</strong>{" "}
        {t(`presence.${said.rest}`)}
      </span>
      {mayEdit && (
        <Button size="compact-sm" variant="default" loading={isTaking} onClick={begin}>
          {t(`presence.${said.take}`)}
        </Button>
      )}
    </div>
  );
}
