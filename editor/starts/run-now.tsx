import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { KEY_HEADER, startedRunSchema, type StartedRun } from "../../server/starts/start-api.js";
import type { StartOf } from "../../workflows/flow/start.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { Folded } from "../ui/folded.js";
import { Refusal } from "../ui/refusal.js";
import { CopyLine } from "../ui/secret-line.js";
import { curlLine } from "./curl-line.js";
import { newKey } from "./new-key.js";
import { blank, StartField, type Filled } from "./start-field.js";

/** For a flow whose published version is started by hand; it takes up nothing while it is paused. */
export function RunNow({ flow }: { readonly flow: FlowDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const [opened, { open, close }] = useDisclosure(false);
  const { start, state } = flow;
  if (start?.kind !== "call" || state !== "live" || !may("runs:act")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPlay size={16} stroke={1.8} />} onClick={open}>
        {t("starts.runNow")}
      </Button>
      <Modal opened={opened} onClose={close} title={t("starts.runTitle", { name: flow.name })}>
        <StartForm flow={flow} start={start} />
      </Modal>
    </>
  );
}

interface FormProps {
  readonly flow: FlowDetail;
  readonly start: StartOf<"call">;
}

/** Its key is made with the form, so that a second click on its button is the same start. */
function StartForm({ flow, start }: FormProps) {
  const { t } = useTranslation();
  const [key] = useState(newKey);
  const [filled, setFilled] = useState<Filled>(() => blank(start.fields));
  const onStarted = useOnStarted();
  const begin = useChange({
    schema: startedRunSchema,
    call: (fields: Filled) => ({
      path: `/api/flows/${flow.id}/runs`,
      body: { fields },
      headers: { [KEY_HEADER]: key },
    }),
    renews: ["run", "flow"],
    quiet: true,
  });
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    begin.mutate(filled, { onSuccess: onStarted });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("starts.runText", { version: flow.version ?? 0 })}
        </Text>
        {start.fields.map((field) => (
          <StartField
            key={field.name}
            field={field}
            value={filled[field.name] ?? null}
            onChange={(value) => setFilled({ ...filled, [field.name]: value })}
          />
        ))}
        <Refusal error={begin.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={begin.isPending}>
            {t("starts.begin")}
          </Button>
        </Group>
        <ByApi flow={flow} start={start} />
      </Stack>
    </form>
  );
}

function ByApi({ flow, start }: FormProps) {
  const { t } = useTranslation();
  return (
    <Folded label={t("starts.byApi")}>
      <Stack gap={8}>
        <Text fz="sm" c="dimmed">
          {t("starts.callText")}
        </Text>
        <CopyLine label={t("starts.call")} value={curlLine(location.origin, flow.id, start.fields)} />
      </Stack>
    </Folded>
  );
}

function useOnStarted(): (started: StartedRun) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return ({ runId, duplicate }) => {
    const message = runId === null ? t("starts.gone") : t(duplicate ? "starts.again" : "starts.started");
    notifications.show({ message, color: "petrol" });
    if (runId !== null) void navigate({ to: "/runs/$id", params: { id: runId } });
  };
}
