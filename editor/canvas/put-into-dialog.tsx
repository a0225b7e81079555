import { Button, Group, Select, Stack } from "@mantine/core";
import { useState } from "react";
import type { SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { outputTitle } from "../../workflows/flow/sentence.js";
import type { Edge } from "../../workflows/flow/schema.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import { outputsOf } from "../flow/outputs.js";
import { putInto } from "../flow/put-into.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { Dialog } from "../ui/dialog.js";
import { edgeId } from "./projection.js";

interface Props {
  readonly nodeId: string;
  readonly onClose: () => void;
}

/** By keys what a hand does by dragging: the line that a step is put into. */
export function PutInto({ nodeId, onClose }: Props) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const { edges } = useFlow((state) => state.draft);
  const words = useLineWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const edge = edges.find((one) => edgeId(one) === chosen);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!edge) return;
    store.getState().edit((draft) => putInto(draft, nodeId, edge), { select: [nodeId] });
    onClose();
  };
  return (
    <Dialog onClose={onClose} title={t("drawing.putIntoTitle", { title: words.titleOf(nodeId) })}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            data-autofocus
            searchable
            label={t("drawing.putIntoLine")}
            nothingFoundMessage={t("drawing.putIntoNone")}
            data={edges.map((one) => ({ value: edgeId(one), label: words.lineOf(one) }))}
            value={chosen}
            onChange={setChosen}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={!edge}>
              {t("drawing.putIntoDo")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** "If … (yes) → R&D ticket" */
function useLineWords() {
  const describe = useDescribe();
  const language = useLanguage();
  const { nodes } = useFlow((state) => state.draft);
  const find = (id: string) => nodes.find((node) => node.id === id);
  const titleOf = (id: string): string => {
    const node = find(id);
    return node ? describe(node).title : id;
  };
  const wayOf = ({ from, output }: Edge): string => {
    const node = find(from);
    return node && outputsOf(node).length > 1 ? ` (${outputTitle(node, output, language)})` : "";
  };
  return { titleOf, lineOf: (edge: Edge) => `${titleOf(edge.from)}${wayOf(edge)} → ${titleOf(edge.to)}` };
}
