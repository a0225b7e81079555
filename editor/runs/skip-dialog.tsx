import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { runActionReplySchema } from "../../server/runs/run-api.js";
import type { RunDetail } from "../../server/runs/run-api.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useChange } from "../api/change.js";
import { useCatalogue } from "../flow/catalogue.js";
import { useLanguage } from "../flow/describe.js";
import { outputsOf } from "../flow/outputs.js";
import { Dialog } from "../ui/dialog.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";

interface Props {
  readonly run: RunDetail;
  readonly node: RunDetail["nodes"][number];
  readonly onClose: () => void;
}

/** Goes past the step by one of its ways, with what later steps would have read of it. */
export function SkipDialog({ run, node, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useServerWords();
  const { catalogue } = useCatalogue();
  const outputs = outputsOf(node);
  const [output, setOutput] = useState(outputs[0] ?? "next");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const produced = Object.entries(catalogue.action(asText(node.config["action"]))?.output ?? {});
  const skip = useChange({
    schema: runActionReplySchema,
    call: () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
      return { path: `/api/runs/${run.id}/steps/${node.id}/skip`, body: { output, values: filled } };
    },
    renews: ["run"],
  });
  return (
    <Dialog onClose={onClose} title={t("stuck.skip")}>
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("stuck.skipText")}
        </Text>
        <Select
          label={t("stuck.goOnBy")}
          allowDeselect={false}
          data={outputs.map((name) => ({ value: name, label: outputTitle(node, name, language) }))}
          value={output}
          onChange={(next) => setOutput(next ?? output)}
        />
        {produced.map(([name, { title }]) => (
          <TextInput
            key={name}
            label={word(title)}
            value={values[name] ?? ""}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
        <Group justify="flex-end">
          <Button loading={skip.isPending} onClick={() => skip.mutate(undefined, { onSuccess: onClose })}>
            {t("stuck.skipNow")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
