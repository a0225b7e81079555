import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { useDescribe } from "../flow/describe.js";
import { SystemMark } from "../ui/system-mark.js";

/** The steps that a line would draw, each with its sentence. */
export function Preview({ flow }: { readonly flow: FlowDraft }) {
  const { t } = useTranslation();
  const describe = useDescribe();
  return (
    <div className="lw-rule-preview">
      <Text fz={12} c="dimmed">
        {t("ruleLine.draws", { count: flow.nodes.length })}
      </Text>
      <ol aria-label={t("ruleLine.preview")}>
        {flow.nodes.map((node) => {
          const { mark, sentence } = describe(node);
          return (
            <li key={node.id}>
              <SystemMark kind={mark} size={18} />
              <span>{sentence}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
