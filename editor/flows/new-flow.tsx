import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { flowDetailSchema } from "../../server/flows/flow-api.js";
import { drawLine } from "../../workflows/flow/rule-line/draw.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { useChange } from "../api/change.js";
import { newDraft } from "../flow/new-draft.js";
import { Examples } from "../rule-line/examples.js";
import { useHouse } from "../rule-line/house.js";
import { Preview } from "../rule-line/preview.js";
import { useReading } from "../rule-line/reading.js";
import { RuleField } from "../rule-line/rule-field.js";
import { Said } from "../rule-line/said.js";
import { Refusal } from "../ui/refusal.js";

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const LONGEST_NAME = 120;

export function NewFlow({ opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("flows.new")} size="xl" closeOnEscape={false}>
      <NewFlowForm onClose={onClose} />
    </Modal>
  );
}

function useRule() {
  const house = useHouse();
  const [line, setLine] = useState("");
  const reading = useReading(line, house);
  return { ...reading, line, setLine, drawn: reading.line && drawLine(reading.line, reading.house) };
}

function useCreate() {
  const navigate = useNavigate();
  const create = useChange({
    schema: flowDetailSchema,
    call: (body: { readonly name: string; readonly draft: FlowDraft }) => ({ path: "/api/flows", body }),
    renews: ["flow"],
    quiet: true,
  });
  const save = (name: string, draft: FlowDraft) =>
    create.mutate({ name, draft }, { onSuccess: ({ id }) => void navigate({ to: "/flows/$id", params: { id } }) });
  return { ...create, save };
}

/** A flow begins with its rule, or with a name and an empty canvas. */
function NewFlowForm({ onClose }: Pick<Props, "onClose">) {
  const { t } = useTranslation();
  const saidId = useId();
  const { line, setLine, isBlank, said, house, drawn } = useRule();
  const [name, setName] = useState("");
  const { save, error, isPending } = useCreate();
  const usualName = drawn ? line.trim().slice(0, LONGEST_NAME) : "";
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (said.problem === null && (name.trim() || usualName)) save(name.trim() || usualName, drawn ?? newDraft());
  };
  return (
    <form onSubmit={submit} onKeyDown={({ key }) => key === "Escape" && onClose()}>
      <Stack>
        <div>
          <RuleField
            label={t("ruleLine.title")}
            value={line}
            house={house}
            describedBy={saidId}
            wrong={said.problem}
            onChange={setLine}
            onEnter={submit}
            onEscape={onClose}
          />
          <Said id={saidId} text={line} {...said} onChange={setLine} />
        </div>
        {isBlank && <Examples onPick={setLine} />}
        {drawn && <Preview flow={drawn} />}
        <TextInput
          label={t("flows.name")}
          description={t("flows.nameText")}
          placeholder={usualName || t("flows.example.callback")}
          required={usualName === ""}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Refusal error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isPending} disabled={said.problem !== null}>
            {t("flows.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
