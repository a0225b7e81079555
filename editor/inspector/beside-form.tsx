import { Button, Group, Switch, Textarea } from "@mantine/core";
import { IconMessageDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_COMMENT } from "../../workflows/flow/notes.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { commentNode, switchNodes } from "../flow/edit.js";
import { COMMENT_FIELD } from "../flow/own-fields.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";

/** What every step has beside its form: whether it is on, and a comment. */
export function BesideForm({ node }: { readonly node: DraftNode }) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const isAsked = useFlow(({ focusField }) => focusField === COMMENT_FIELD);
  const [isOpened, setOpened] = useState(false);
  const isWritten = node.comment !== undefined || isAsked || isOpened;
  return (
    <>
      <Group justify="space-between" wrap="nowrap" mih={30}>
        <Switch
          size="sm"
          label={t("drawing.on")}
          checked={node.disabled !== true}
          onChange={({ currentTarget: { checked } }) =>
            store.getState().edit((flow) => switchNodes(flow, [node.id], !checked))
          }
        />
        {!isWritten && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconMessageDots size={15} stroke={1.7} />}
            onClick={() => setOpened(true)}
          >
            {t("drawing.comment")}
          </Button>
        )}
      </Group>
      {isWritten && <Comment node={node} takesFocus={isOpened} />}
    </>
  );
}

function Comment({ node, takesFocus }: { readonly node: DraftNode; readonly takesFocus: boolean }) {
  const { t } = useTranslation();
  const store = useFlowStore();
  return (
    <Textarea
      data-field={COMMENT_FIELD}
      label={t("drawing.comment")}
      description={t("drawing.commentText")}
      autosize
      minRows={2}
      maxRows={8}
      autoFocus={takesFocus}
      maxLength={MAX_COMMENT}
      value={node.comment ?? ""}
      onChange={({ currentTarget: { value } }) =>
        store.getState().edit((flow) => commentNode(flow, node.id, value), { tag: `comment:${node.id}` })
      }
    />
  );
}
