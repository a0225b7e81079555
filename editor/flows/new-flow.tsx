import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { drawLine } from "../../workflows/flow/rule-line/draw.js";
import { queries } from "../api/queries.js";
import { newDraft } from "../flow/new-draft.js";
import { Examples } from "../rule-line/examples.js";
import { useHouse } from "../rule-line/house.js";
import { Preview } from "../rule-line/preview.js";
import { useReading } from "../rule-line/reading.js";
import { RuleField } from "../rule-line/rule-field.js";
import { Said } from "../rule-line/said.js";
import { tourOf } from "../tour/tour-store.js";
import { Hint } from "../ui/hint.js";
import { LinkButton } from "../ui/links.js";
import { Refusal } from "../ui/refusal.js";
import { useNameTaken } from "./name-taken.js";
import { useCreateFlow } from "./use-create-flow.js";

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

/** A flow that began with a rule is a step of the tour. */
function useNoteFlow() {
  const me = useQuery(queries.me()).data;
  const ids = useQuery(queries.flows()).data?.items.map(({ id }) => id);
  return (flowId: string) => me && tourOf(me.member.id).draw(flowId, ids);
}

/** A flow begins with its rule, with a template, or with a name and an empty canvas. */
function NewFlowForm({ onClose }: Pick<Props, "onClose">) {
  const { t } = useTranslation();
  const saidId = useId();
  const { line, setLine, isBlank, said, wrong, house, drawn } = useRule();
  const [name, setName] = useState("");
  const { save, error, isPending } = useCreateFlow();
  const usualName = drawn ? line.trim().slice(0, LONGEST_NAME) : "";
  const noteFlow = useNoteFlow();
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (said.problem === null && (name.trim() || usualName))
      save(name.trim() || usualName, drawn ?? newDraft(), drawn ? noteFlow : undefined);
  };
  return (
    <form onSubmit={submit} onKeyDown={({ key }) => key === "Escape" && onClose()}>
      <Stack>
        <div>
          <Text fz="sm" fw={500} mb={4} aria-hidden>
            {t("ruleLine.title")}
          </Text>
          <RuleField
            label={t("ruleLine.title")}
            value={line}
            house={house}
            describedBy={saidId}
            wrong={wrong}
            onChange={setLine}
            onEnter={submit}
            onEscape={onClose}
          />
          <Said id={saidId} text={line} {...said} onChange={setLine} />
        </div>
        {isBlank && <Examples onPick={setLine} />}
        {drawn && <Preview flow={drawn} />}
        <NameField name={name} usualName={usualName} onChange={setName} />
        <Refusal error={error} />
        <Foot isPending={isPending} isWrong={said.problem !== null} />
      </Stack>
    </form>
  );
}

interface NameFieldProps {
  readonly name: string;
  /** What it is called if nobody says. */
  readonly usualName: string;
  readonly onChange: (name: string) => void;
}

function NameField({ name, usualName, onChange }: NameFieldProps) {
  const { t } = useTranslation();
  const takenId = useId();
  const isTaken = useNameTaken(name.trim() || usualName);
  return (
    <>
      <TextInput
        label={t("flows.name")}
        description={t("flows.nameText")}
        placeholder={usualName || t("flows.example.callback")}
        required={usualName === ""}
        maxLength={LONGEST_NAME}
        value={name}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-describedby={takenId}
      />
      <div id={takenId} role="status">
        {isTaken && <Hint tone="stuck">{t("flows.nameTaken")}</Hint>}
      </div>
    </>
  );
}

function Foot({ isPending, isWrong }: { readonly isPending: boolean; readonly isWrong: boolean }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between">
      <LinkButton to="/templates" variant="subtle" leftSection={<IconTemplate size={16} stroke={1.7} />}>
        {t("templates.start")}
      </LinkButton>
      <Button type="submit" loading={isPending} disabled={isWrong}>
        {t("flows.create")}
      </Button>
    </Group>
  );
}
