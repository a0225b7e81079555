import { Button, Menu } from "@mantine/core";
import { IconDots, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";

/** Only that it went well matters here; the lists are read again. */
const anything = z.unknown();

export function ConnectionActions({ connection }: { readonly connection: ConnectionView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = `/api/connections/${connection.id}`;
  const change = useChange({
    schema: anything,
    call: (verb: "pause" | "resume") => ({ path: `${path}/${verb}` }),
    renews: ["connection", "audit"],
  });
  const remove = useChange({
    schema: anything,
    call: () => ({ path, method: "DELETE" }),
    renews: ["connection", "me"],
  });
  const ask = () =>
    askFirst({
      title: t("connections.remove"),
      text: t("connections.removeText", { name: connection.name }),
      onConfirm: () => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/connections" }) }),
    });
  const pause = connection.state === "ok";
  return (
    <>
      <Button
        variant="default"
        loading={change.isPending}
        leftSection={pause ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        onClick={() => change.mutate(pause ? "pause" : "resume")}
      >
        {t(pause ? "common.pause" : "common.resume")}
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" px={9} aria-label={t("common.more")}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
            {t("connections.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
