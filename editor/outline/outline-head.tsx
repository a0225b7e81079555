import { ActionIcon, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconPlus, IconX } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useBenchStore } from "../canvas/bench.js";
import { useCommands } from "../canvas/commands.js";
import { useHistory } from "../flow/store-context.js";

interface Tool {
  readonly icon: Icon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function HeadTool({ icon: Mark, label, disabled = false, onClick }: Tool) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} disabled={disabled} onClick={onClick}>
        <Mark size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

export function OutlineHead({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useTranslation();
  const bench = useBenchStore();
  return (
    <div className="lw-outline-head">
      <Text fz={13} fw={600} flex={1}>
        {t("drawing.outline.title")}
      </Text>
      {mayEdit && <EditTools />}
      <HeadTool icon={IconX} label={t("drawing.outline.close")} onClick={() => bench.setState({ outline: false })} />
    </div>
  );
}

function EditTools() {
  const { t } = useTranslation();
  const { canUndo, canRedo, undo, redo } = useHistory();
  const { add } = useCommands();
  return (
    <>
      <HeadTool icon={IconArrowBackUp} label={t("keys.undo")} disabled={!canUndo} onClick={undo} />
      <HeadTool icon={IconArrowForwardUp} label={t("keys.redo")} disabled={!canRedo} onClick={redo} />
      <HeadTool icon={IconPlus} label={t("drawing.command.add")} onClick={add} />
    </>
  );
}
