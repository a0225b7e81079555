import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconFrameOff,
  IconGripVertical,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { Handle, Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Group } from "../../workflows/flow/notes.js";
import { useMayEdit } from "../presence/looking-on.js";
import { changeGroup, dissolveGroup } from "../flow/groups.js";
import { useFlowStore } from "../flow/store-context.js";
import { OUT } from "./frames.js";
import type { FoldedNode, FrameNode } from "./frames.js";

function Tool({
  icon: Mark,
  label,
  onClick,
}: {
  readonly icon: Icon;
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon className="nodrag" variant="subtle" color="gray" size={26} aria-label={label} onClick={onClick}>
        <Mark size={15} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function Title({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const mayEdit = useMayEdit();
  return (
    <input
      className="lw-frame-title nodrag"
      aria-label={t("drawing.groupName")}
      placeholder={t("drawing.group")}
      value={group.title}
      maxLength={120}
      readOnly={!mayEdit}
      onChange={({ currentTarget: { value } }) =>
        store.getState().edit((flow) => changeGroup(flow, group.id, { title: value }), { tag: `group:${group.id}` })
      }
    />
  );
}

/** A frame around the steps of a group; by its head all of them are moved. */
export const FrameView = memo(function FrameView({ data: { group }, selected }: NodeProps<FrameNode>) {
  const { t } = useTranslation();
  const { edit } = useFlowStore().getState();
  const mayEdit = useMayEdit();
  return (
    <div className="lw-frame" data-selected={selected}>
      <div className="lw-frame-head">
        <IconGripVertical size={14} aria-hidden />
        <Title group={group} />
        {mayEdit && (
          <>
            <Tool
              icon={IconArrowsDiagonalMinimize2}
              label={t("drawing.fold")}
              onClick={() => edit((flow) => changeGroup(flow, group.id, { collapsed: true }))}
            />
            <Tool
              icon={IconFrameOff}
              label={t("drawing.ungroup")}
              onClick={() => edit((flow) => dissolveGroup(flow, group.id), { select: [...group.nodeIds] })}
            />
          </>
        )}
      </div>
    </div>
  );
});

/** A group as one card: its name, how many steps it holds, and how many problems. */
export const FoldedView = memo(function FoldedView({ data: { group, problems }, selected }: NodeProps<FoldedNode>) {
  const { t } = useTranslation();
  const { edit } = useFlowStore().getState();
  return (
    <div className="lw-node lw-folded" data-selected={selected}>
      <Handle type="target" position={Position.Left} className="lw-port" isConnectable={false} />
      <div className="lw-node-head">
        <div className="lw-node-words">
          <div className="lw-node-title lw-clamp-2">{group.title || t("drawing.group")}</div>
          <div className="lw-node-sentence">{t("drawing.steps", { count: group.nodeIds.length })}</div>
        </div>
        {problems > 0 && (
          <span className="lw-node-problems" role="img" aria-label={t("canvas.problems", { count: problems })}>
            <IconAlertTriangleFilled size={13} />
            {problems}
          </span>
        )}
        <Tool
          icon={IconArrowsDiagonal}
          label={t("drawing.unfold")}
          onClick={() => edit((flow) => changeGroup(flow, group.id, { collapsed: false }))}
        />
      </div>
      <Handle type="source" position={Position.Right} id={OUT} className="lw-port" isConnectable={false} />
    </div>
  );
});
