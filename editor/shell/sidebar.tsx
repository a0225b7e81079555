import { Kbd, Tooltip, UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { useMay } from "../api/may.js";
import { sections } from "./pages.js";
import { useAttention } from "../home/attention.js";
import { TourPill } from "../tour/tour-pill.js";
import { Brand } from "./brand.js";
import { UserMenu } from "./user-menu.js";

export function Sidebar({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  return (
    <nav className="lw-sidebar" aria-label={t("nav.main")}>
      <Brand me={me} />
      <UnstyledButton className="lw-search" onClick={() => spotlight.open()}>
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span>{t("nav.search")}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </UnstyledButton>
      <Pages />
      <div className="lw-nav-end">
        <TourPill me={me} />
        <UserMenu me={me} />
      </div>
    </nav>
  );
}

/** Every page that one may open, under its beat. */
export function Pages() {
  return sections.map((section) => <NavSection key={section.name ?? "home"} section={section} />);
}

type Section = (typeof sections)[number];

function NavSection({ section: { name, pages } }: { readonly section: Section }) {
  const { t } = useTranslation();
  const may = useMay();
  const open = [...pages].filter(({ needs }) => needs === undefined || may(needs));
  if (open.length === 0) return null;
  return (
    <div className="lw-nav-section">
      {name && <div className="lw-overline">{t(`nav.${name}`)}</div>}
      {open.map((page) => (
        <NavLink key={page.to} page={page} />
      ))}
    </div>
  );
}

type Page = Section["pages"][number];

function NavLink({ page: { to, name, icon: Mark, keys } }: { readonly page: Page }) {
  const { t } = useTranslation();
  const counts = useAttention().counts;
  const count = counts[name] ?? 0;
  return (
    <Tooltip
      position="right"
      openDelay={700}
      label={
        <>
          {t(`nav.${name}`)} <Kbd size="xs">{keys}</Kbd>
        </>
      }
    >
      <Link to={to} className="lw-nav-link" activeOptions={{ exact: to === "/", includeSearch: false }}>
        <Mark size={17} stroke={1.7} aria-hidden />
        <span>{t(`nav.${name}`)}</span>
        {count > 0 && (
          <span className="lw-nav-count" aria-label={t("nav.needsSomeone", { count })}>
            {count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
