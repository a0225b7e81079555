import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { stepKeyUsedSchema } from "../../server/tries/real-step-api.js";
import type { Try } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { ApiError } from "../api/client.js";
import { queries } from "../api/queries.js";
import { useDescribe } from "../flow/describe.js";
import { Dialog } from "../ui/dialog.js";
import { Hint } from "../ui/hint.js";
import { LinkAnchor } from "../ui/links.js";
import { Refusal } from "../ui/refusal.js";
import { SystemMark, systemName } from "../ui/system-mark.js";
import { useMadeUpBefore } from "./made-up-before.js";
import { verbOf } from "./real-step-verb.js";
import type { SendableEffect } from "./sendable.js";
import { Wire } from "./sent-request.js";
import type { Trying } from "./trying.js";
import { useRealStep } from "./use-real-step.js";

interface Props {
  readonly trying: Trying;
  readonly result: Try;
  readonly node: DraftNode;
  readonly effect: SendableEffect;
  readonly onClose: () => void;
}

/** Asks first: where, what, the very request, and what follows from it. It stays until what it sent is answered. */
export function RealStepDialog({ trying, result, node, effect, onClose }: Props) {
  const { t } = useTranslation();
  const step = useRealStep({ trying, at: result.at, effect, onDone: onClose });
  const close = () => {
    if (!step.isPending) onClose();
  };
  return (
    <Dialog onClose={close} title={t("realStep.title")} size="lg">
      <Stack>
        <Shown {...{ result, node, effect }} />
        <Outcome step={step} />
        <Group justify="flex-end">
          <Button variant="default" data-autofocus disabled={step.isPending} onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button loading={step.isPending} onClick={() => step.mutate()}>
            {t(`realStep.do.${verbOf(effect.action)}`, { system: systemName(effect.system) })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Shown({ result, node, effect }: Pick<Props, "result" | "node" | "effect">) {
  const { t } = useTranslation();
  const { sentence } = useDescribe()(node, { input: effect.input });
  const { takenApproved } = useMadeUpBefore(effect);
  return (
    <>
      <Where effect={effect} />
      <Text fz="sm">{sentence}</Text>
      <Wire request={effect.request} />
      {result.isMasked && <Hint tone="waiting">{t("try.masked")}</Hint>}
      {takenApproved !== null && <Hint tone="stuck">{takenApproved}</Hint>}
      <Hint tone="stuck" title={t("realStep.lasting")}>
        {t("realStep.pinned")}
      </Hint>
    </>
  );
}

/** Why it was not done; or that it was, by what was pressed before. */
function Outcome({ step: { data, error } }: { readonly step: ReturnType<typeof useRealStep> }) {
  const { t } = useTranslation();
  const runId = error instanceof ApiError ? stepKeyUsedSchema.safeParse(error.body).data?.runId : undefined;
  return (
    <>
      {data === null && <Hint tone="failed">{t("realStep.unsaved")}</Hint>}
      <Refusal error={error} />
      {typeof runId === "string" && (
        <LinkAnchor fz="sm" to="/runs/$id" params={{ id: runId }}>
          {t("realStep.toRun")}
        </LinkAnchor>
      )}
    </>
  );
}

/** The system by its name, and which account on it. */
function Where({ effect: { system, connection, request } }: { readonly effect: SendableEffect }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.connections());
  const known = data?.items.find(({ id }) => id === connection.id);
  const place = known?.target ?? new URL(request.url).host;
  return (
    <Group gap={10} wrap="nowrap">
      <SystemMark kind={system} size={30} />
      <div>
        <Text fw={600}>{`${systemName(system)} · ${connection.name} (${place})`}</Text>
        {known?.sandbox === true && (
          <Text fz="sm" c="dimmed">
            {t("realStep.sandbox")}
          </Text>
        )}
      </div>
    </Group>
  );
}
