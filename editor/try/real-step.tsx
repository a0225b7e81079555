import { Button, Text } from "@mantine/core";
import { useDisclosure, useId } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Try, TryEffect } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useMay } from "../api/may.js";
import { useIsLookingOn } from "../presence/looking-on.js";
import { asRecord } from "../ui/read.js";
import { useMadeUpBefore } from "./made-up-before.js";
import { RealStepDialog } from "./real-step-dialog.js";
import { RealStepDone } from "./real-step-done.js";
import { isSendable, type SendableEffect } from "./sendable.js";
import type { Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
  readonly result: Try;
  readonly node: DraftNode;
  readonly effect: TryEffect;
}

/** Of an action whose request is shown: the way to send it, and what came of it. An approval asks people, so it is done by a run alone. */
export function RealStep({ effect, ...props }: Props) {
  const may = useMay();
  const isLookingOn = useIsLookingOn();
  const { result, node } = props;
  const isTheirs = may("flows:publish") && !isLookingOn;
  const isOfEmployee = asRecord(result.event["feedback"])["domain"] === "employee";
  if (node.type !== "action" || !isTheirs || isOfEmployee || !isSendable(effect)) return null;
  return <Sendable {...props} effect={effect} />;
}

function Sendable(props: Omit<Props, "effect"> & { readonly effect: SendableEffect }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { trying, node, effect } = props;
  const { readsExample } = useMadeUpBefore(effect);
  const whyNot = useId();
  const runId = trying.real[node.id];
  return (
    <>
      {runId !== undefined && <RealStepDone runId={runId} />}
      <Button
        variant="default"
        size="xs"
        data-real
        leftSection={<IconSend size={15} aria-hidden />}
        disabled={effect.connection.state !== "ok" || readsExample !== null}
        aria-describedby={readsExample === null ? undefined : whyNot}
        onClick={open}
      >
        {t("realStep.open")}
      </Button>
      {readsExample !== null && (
        <Text id={whyNot} fz="sm" c="dimmed">
          {readsExample}
        </Text>
      )}
      {opened && <RealStepDialog {...props} onClose={close} />}
    </>
  );
}
