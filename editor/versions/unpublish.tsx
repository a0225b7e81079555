import { Menu } from "@mantine/core";
import { IconPlugOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";

/** Takes a published flow back to a draft. */
export function Unpublish({ flow: { id, name } }: { readonly flow: Pick<FlowSummary, "id" | "name"> }) {
  const { t } = useTranslation();
  const unpublish = useChange({
    schema: z.unknown(),
    call: () => ({ path: `/api/flows/${id}/unpublish` }),
    renews: ["flow"],
  });
  const ask = () =>
    askFirst({
      title: t("versions.unpublish"),
      text: t("versions.unpublishText", { name }),
      onConfirm: () => unpublish.mutate(undefined),
    });
  return (
    <Menu.Item leftSection={<IconPlugOff size={16} />} onClick={ask}>
      {t("versions.unpublish")}
    </Menu.Item>
  );
}
