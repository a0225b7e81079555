import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Try, TryEffect } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { queries } from "../api/queries.js";
import { useDescribe } from "../flow/describe.js";
import { Hint } from "../ui/hint.js";
import { Refusal } from "../ui/refusal.js";
import { SystemMark, systemName } from "../ui/system-mark.js";
import { verbOf } from "./real-step-verb.js";
import { Wire } from "./sent-request.js";
import type { Trying } from "./trying.js";
import { useRealStep } from "./use-real-step.js";

interface Props {
  readonly trying: Trying;
  readonly result: Try;
  readonly node: DraftNode;
  readonly effect: TryEffect;
  readonly onClose: () => void;
}

/** Asks first: where, what, the very request, and what follows from it. */
export function RealStepForm({ trying, result, node, effect, onClose }: Props) {
  const { t } = useTranslation();
  const { system, action, request, input } = effect;
  const { sentence } = useDescribe()(node, { input });
  const { step, isUnsaved } = useRealStep({ trying, at: result.at, effect, onDone: onClose });
  return (
    <Stack>
      <Where effect={effect} />
      <Text fz="sm">{sentence}</Text>
      {request && <Wire request={request} />}
      {result.isMasked && <Hint tone="waiting">{t("try.masked")}</Hint>}
      <Hint tone="stuck" title={t("realStep.lasting")}>
        {t("realStep.pinned")}
      </Hint>
      {isUnsaved && <Hint tone="failed">{t("realStep.unsaved")}</Hint>}
      <Refusal error={step.error} />
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button loading={step.isPending} onClick={() => step.mutate()}>
          {t(`realStep.do.${verbOf(action)}`, { system: systemName(system) })}
        </Button>
      </Group>
    </Stack>
  );
}

/** The system by its name, and which account on it. */
function Where({ effect: { system, connection, request } }: { readonly effect: TryEffect }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.connections());
  const known = data?.items.find(({ id }) => id === connection?.id);
  const place = known?.target ?? (request ? new URL(request.url).host : "");
  return (
    <Group gap={10} wrap="nowrap">
      <SystemMark kind={system} size={30} />
      <div>
        <Text fw={600}>{`${systemName(system)} · ${connection?.name ?? ""} (${place})`}</Text>
        {known?.sandbox === true && (
          <Text fz="sm" c="dimmed">
            {t("realStep.sandbox")}
          </Text>
        )}
      </div>
    </Group>
  );
}
