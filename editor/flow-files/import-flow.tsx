import { Button, FileButton, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importedSchema } from "../../server/flow-files/flow-file-api.js";
import type { Imported } from "../../server/flow-files/flow-file-api.js";
import { useChange } from "../api/change.js";
import { FileRefusal } from "./file-refusal.js";
import { MissingNames } from "./missing-names.js";

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A new flow from a file, or from its text. */
export function ImportFlow({ opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("flowFile.import")} size="lg">
      <ImportForm />
    </Modal>
  );
}

function ImportForm() {
  const navigate = useNavigate();
  const open = ({ id }: Imported) => void navigate({ to: "/flows/$id", params: { id } });
  const [made, setMade] = useState<Imported | null>(null);
  const take = (imported: Imported) => (imported.missing.length === 0 ? open(imported) : setMade(imported));
  return made ? <MissingNames imported={made} onOpen={() => open(made)} /> : <FileForm onImported={take} />;
}

interface Taken {
  readonly onImported: (imported: Imported) => void;
}

function useImport({ onImported }: Taken) {
  const [file, setFile] = useState("");
  const send = useChange({
    schema: importedSchema,
    call: (text: string) => ({ path: "/api/flow-files", body: { file: text } }),
    renews: ["flow"],
    quiet: true,
  });
  const choose = async (chosen: File | null) => {
    if (!chosen) return;
    send.reset();
    setFile(await chosen.text());
  };
  return { file, setFile, choose, send, submit: () => send.mutate(file, { onSuccess: onImported }) };
}

function FileForm(taken: Taken) {
  const { t } = useTranslation();
  const { file, setFile, choose, send, submit } = useImport(taken);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Text fz="sm">{t("flowFile.importText")}</Text>
        <Group>
          <FileButton onChange={(chosen) => void choose(chosen)} accept=".yaml,.yml,application/yaml,text/yaml">
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileUpload size={16} />}>
                {t("flowFile.choose")}
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label={t("flowFile.text")}
          placeholder={"schema: 1\nflow: …"}
          classNames={{ input: "lw-file-text" }}
          autosize
          minRows={8}
          maxRows={16}
          spellCheck={false}
          value={file}
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        <FileRefusal error={send.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={file.trim() === ""} loading={send.isPending}>
            {t("flowFile.take")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
