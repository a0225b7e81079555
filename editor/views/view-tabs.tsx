import { Button, Group, Menu, Popover, Tabs, TextInput } from "@mantine/core";
import { IconBookmark, IconPencil, IconTrash, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import { viewSchema, type ChangeView, type View } from "../../server/views/view-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { MoreMenu } from "../ui/more-menu.js";

interface Props {
  readonly page: View["page"];
  /** As the page's address has it, without what is undefined. */
  readonly filter: View["filter"];
  readonly isSame: (filter: View["filter"]) => boolean;
  readonly onOpen: (filter: View["filter"]) => void;
}

const ALL = "all";

/** Lists as somebody keeps them narrowed, as tabs above the list. */
export function ViewTabs({ page, filter, isSame, onOpen }: Props) {
  const { t } = useTranslation();
  const views = useQuery(queries.views(page)).data?.items ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  const open = views.find((view) => isFiltered && isSame(view.filter));
  const choose = (value: string | null) => onOpen(views.find(({ id }) => id === value)?.filter ?? {});
  if (views.length === 0 && !isFiltered) return null;
  return (
    <Group gap={8} mb="sm" wrap="nowrap" className="lw-views">
      <Tabs value={tabOf(open, isFiltered)} onChange={choose} flex={1} miw={0}>
        <Tabs.List aria-label={t("views.label")}>
          <Tabs.Tab value={ALL}>{t("views.all")}</Tabs.Tab>
          {views.map(({ id, name, shared }) => (
            <Tabs.Tab
              key={id}
              value={id}
              rightSection={shared && <IconUsers size={14} aria-label={t("views.shared")} />}
            >
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {open ? (
        <ViewMenu key={open.id} view={open} onGone={() => onOpen({})} />
      ) : (
        isFiltered && <SaveView page={page} filter={filter} />
      )}
    </Group>
  );
}

/** None of them where the list is narrowed in a way that nobody keeps. */
function tabOf(open: View | undefined, isFiltered: boolean): string | null {
  if (open) return open.id;
  return isFiltered ? null : ALL;
}

function SaveView({ page, filter }: Pick<Props, "page" | "filter">) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const save = useChange({
    schema: viewSchema,
    call: (name: string) => ({ path: "/api/views", body: { page, name, filter } }),
    renews: ["views"],
  });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBookmark size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {t("views.save")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm
          name=""
          isBusy={save.isPending}
          onName={(name) => save.mutate(name, { onSuccess: () => setOpened(false) })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface NameProps {
  readonly name: string;
  readonly isBusy: boolean;
  readonly onName: (name: string) => void;
}

function NameForm({ name, isBusy, onName }: NameProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "") onName(typed.trim());
      }}
    >
      <Group gap={8} align="flex-end" wrap="nowrap">
        <TextInput
          label={t("views.name")}
          maxLength={60}
          data-autofocus
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} disabled={typed.trim() === ""}>
          {t("views.keep")}
        </Button>
      </Group>
    </form>
  );
}

function ViewMenu({ view, onGone }: { readonly view: View; readonly onGone: () => void }) {
  const { t } = useTranslation();
  const mayShare = useMay()("settings:manage");
  const [isNaming, setNaming] = useState(false);
  const path = `/api/views/${view.id}`;
  const change = useChange({
    schema: viewSchema,
    call: (body: ChangeView) => ({ path, method: "PATCH", body }),
    renews: ["views"],
  });
  const remove = useChange({ schema: emptySchema, call: () => ({ path, method: "DELETE" }), renews: ["views"] });
  if (!view.mayChange) return null;
  return (
    <Popover opened={isNaming} onChange={setNaming} position="bottom-end" shadow="md" trapFocus withRoles={false}>
      <Popover.Target>
        <span>
          <MoreMenu label={t("views.more", { name: view.name })} loading={change.isPending || remove.isPending}>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setNaming(true)}>
              {t("views.rename")}
            </Menu.Item>
            {mayShare && (
              <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => change.mutate({ shared: !view.shared })}>
                {t(view.shared ? "views.unshare" : "views.share")}
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => remove.mutate(undefined, { onSuccess: onGone })}
            >
              {t("views.delete")}
            </Menu.Item>
          </MoreMenu>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm
          name={view.name}
          isBusy={change.isPending}
          onName={(name) => change.mutate({ name }, { onSuccess: () => setNaming(false) })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
