import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Try, TryEffect } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useMay } from "../api/may.js";
import { asRecord } from "../ui/read.js";
import { RealStepDone } from "./real-step-done.js";
import { RealStepForm } from "./real-step-form.js";
import type { Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
  readonly result: Try;
  readonly node: DraftNode;
  readonly effect: TryEffect;
}

/** Of an action whose request is shown: the way to send it, and what came of it. An approval asks people, so it is done by a run alone. */
export function RealStep(props: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [opened, { open, close }] = useDisclosure(false);
  const { trying, result, node, effect } = props;
  if (node.type !== "action" || !may("flows:publish") || !isSendable(effect, result)) return null;
  const runId = trying.real[node.id];
  return (
    <>
      {runId !== undefined && <RealStepDone runId={runId} />}
      <Button
        variant="default"
        size="xs"
        data-real
        leftSection={<IconSend size={15} aria-hidden />}
        disabled={effect.connection?.state !== "ok"}
        onClick={open}
      >
        {t("realStep.open")}
      </Button>
      <Modal opened={opened} onClose={close} title={t("realStep.title")} size="lg">
        <RealStepForm {...props} onClose={close} />
      </Modal>
    </>
  );
}

const isSendable = ({ connection, request, refused }: TryEffect, { event }: Try): boolean =>
  connection !== null && request !== null && refused === null && asRecord(event["feedback"])["domain"] !== "employee";
