import { TextInput, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { useMayEdit } from "../presence/looking-on.js";
import { useChange } from "../api/change.js";
import { useNameTaken } from "./name-taken.js";

/** Renamed in place: Enter or leaving keeps it, Escape takes it back. */
export function FlowName({ flow }: { readonly flow: FlowDetail }) {
  const { t } = useTranslation();
  const mayEdit = useMayEdit();
  const [name, setName] = useState(flow.name);
  const isTaken = useNameTaken(name, flow.id) && name !== flow.name;
  useDocumentTitle(`${name} · Loopwright`);
  const rename = useChange({
    schema: z.unknown(),
    call: (next: string) => ({ path: `/api/flows/${flow.id}`, method: "PATCH", body: { name: next } }),
    renews: ["flow"],
  });
  const keep = () => {
    const next = name.trim();
    if (next === "") setName(flow.name);
    else if (next !== flow.name) rename.mutate(next, { onError: () => setName(flow.name) });
  };
  return (
    <div className="lw-flow-name" data-value={name}>
      <Tooltip label={t("flows.nameTaken")} opened={isTaken} position="bottom-start" multiline maw={320}>
        <TextInput
          variant="unstyled"
          aria-label={t("flows.name")}
          value={name}
          maxLength={120}
          readOnly={!mayEdit}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === "Escape") setName(flow.name);
            if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </Tooltip>
    </div>
  );
}
