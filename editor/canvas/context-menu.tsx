import { Menu } from "@mantine/core";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useMayEdit } from "../presence/looking-on.js";
import { useBench, useBenchStore } from "./bench.js";
import type { Bench } from "./bench.js";
import { useMenuItems } from "./menu-items.js";
import type { MenuItem } from "./menu-items.js";

type MenuAt = NonNullable<Bench["menu"]>;

/** What can be done to what was pressed with the right button, or with the Menu key. */
export function ContextMenu() {
  const menu = useBench((state) => state.menu);
  const mayEdit = useMayEdit();
  if (!menu || !mayEdit) return null;
  return <OpenMenu key={`${String(menu.x)} ${String(menu.y)}`} menu={menu} />;
}

function OpenMenu({ menu }: { readonly menu: MenuAt }) {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const { screenToFlowPosition } = useReactFlow();
  const items = useMenuItems(menu.of, screenToFlowPosition(menu));
  const close = () => bench.setState({ menu: null });
  return (
    <Menu opened onClose={close} position="right-start" offset={2} shadow="md" width={250} trapFocus>
      <Menu.Target>
        <span className="lw-menu-at" style={{ left: menu.x, top: menu.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t(menu.of.length > 0 ? "drawing.menu" : "drawing.canvasMenu")}>
        {items.map((item) => (
          <Item key={item.label} item={item} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ item: { label, icon: Mark, keys, danger, run } }: { readonly item: MenuItem }) {
  return (
    <Menu.Item
      leftSection={<Mark size={16} stroke={1.7} />}
      rightSection={keys && <span className="lw-menu-keys">{keys}</span>}
      {...(danger && { color: "red" })}
      onClick={run}
    >
      {label}
    </Menu.Item>
  );
}
