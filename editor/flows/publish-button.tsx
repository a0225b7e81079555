import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDetail, FourEyes } from "../../server/flows/flow-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useFlowStore } from "../flow/store-context.js";
import type { Checked } from "../inspector/inspector.js";
import { NotYet } from "./not-yet.js";
import { NotYours } from "./not-yours.js";
import { PublishDialog } from "./publish-dialog.js";
import { PublishRefusal } from "./publish-refusal.js";
import type { Saving } from "./use-autosave.js";
import { usePublish } from "./use-publish.js";

interface Props {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly fourEyes: FourEyes;
}

export function PublishButton(props: Props) {
  const { flow, saving, fourEyes } = props;
  // What is not saved yet is one's own last change already.
  const isOwn = fourEyes === "closed" || (fourEyes === "open" && saving.status.kind !== "saved");
  return isOwn && isChanged(flow, saving) ? <NotYours /> : <Publish {...props} />;
}

/** Publishes exactly what is on the screen: what is not saved yet is saved first. */
function Publish({ flow, saving }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [missing, setMissing] = useState<Checked["problems"]>([]);
  const publishing = usePublish({ flow, saving, onDone: () => setAsking(false) });
  const { isPublishing, publishNow, refused, forgetRefusal, override } = publishing;
  const prepare = usePrepare(flow.id, saving);
  const begin = () =>
    prepare.mutate(undefined, {
      // What is missing is told before anybody writes a note.
      onSuccess: (checked) => {
        setMissing(checked?.problems ?? []);
        setAsking(checked?.problems.length === 0);
      },
      onError: () => setAsking(true),
    });
  return (
    <>
      <Button
        loading={prepare.isPending || (isPublishing && !isAsking)}
        disabled={!canPublish(flow, saving)}
        onClick={begin}
      >
        {t(labelFor(flow, saving))}
      </Button>
      <PublishDialog
        opened={isAsking}
        flow={flow}
        warnings={prepare.data?.warnings ?? []}
        isPublishing={isPublishing}
        onPublish={publishNow}
        onClose={() => setAsking(false)}
      />
      {missing.length > 0 && <NotYet problems={missing} onClose={() => setMissing([])} />}
      <PublishRefusal error={refused} onClose={forgetRefusal} onOverride={override} />
    </>
  );
}

const unchecked: Checked = { problems: [], warnings: [] };

/** Saves what is on the screen, and has it judged afresh as it was saved; null where it was not saved, which the mark says. */
function usePrepare(flowId: string, { autosave }: Saving) {
  const store = useFlowStore();
  const client = useQueryClient();
  const mayCheck = useMay()("flows:edit");
  return useMutation({
    mutationFn: async (): Promise<Checked | null> => {
      store.getState().tryPublishing();
      if (!(await autosave.flush())) return null;
      return mayCheck ? client.query({ ...queries.check(flowId, autosave.revision()), staleTime: 0 }) : unchecked;
    },
  });
}

/** Also what was never published, or was taken back. */
const isChanged = (flow: FlowDetail, { status, revision }: Saving) =>
  isOut(flow) || flow.unpublishedChanges || revision !== flow.draftRevision || status.kind !== "saved";

const isOut = ({ version, state }: FlowDetail) => version === null || state === "draft";

const canPublish = (flow: FlowDetail, saving: Saving) =>
  isChanged(flow, saving) && (saving.status.kind === "saved" || saving.status.kind === "saving");

function labelFor(flow: FlowDetail, saving: Saving) {
  if (isOut(flow)) return "publish.publish";
  return isChanged(flow, saving) ? "publish.publishAgain" : "publish.published";
}
