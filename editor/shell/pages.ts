import {
  IconHistory,
  IconHome,
  IconEyeCheck,
  IconInbox,
  IconMessageCircle,
  IconPlayerTrackNext,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconShieldLock,
  IconUserCheck,
  IconUsers,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { Permission } from "../../server/members/permission-api.js";

interface PageLink<To extends string, Name extends string> {
  readonly to: To;
  readonly name: Name;
  readonly icon: Icon;
  /** Pressed one after the other. */
  readonly keys: string;
  /** Left out for those who may not read it. */
  readonly needs?: Permission;
}
const link = <To extends string, Name extends string>(page: PageLink<To, Name>) => page;

/** The pages that exist, under the beat of the loop that each belongs to. */
export const sections = [
  { name: null, pages: [link({ to: "/", name: "home", icon: IconHome, keys: "g h" })] },
  {
    name: "listen",
    pages: [
      link({ to: "/feedback", name: "feedback", icon: IconMessageCircle, keys: "g b" }),
      link({ to: "/sources", name: "sources", icon: IconInbox, keys: "g s", needs: "sources:read" }),
    ],
  },
  {
    name: "act",
    pages: [
      link({ to: "/flows", name: "flows", icon: IconRoute, keys: "g f" }),
      link({ to: "/runs", name: "runs", icon: IconPlayerTrackNext, keys: "g r" }),
      link({ to: "/approvals", name: "approvals", icon: IconUserCheck, keys: "g a" }),
    ],
  },
  {
    name: "admin",
    pages: [
      link({
        to: "/connections",
        name: "connections",
        icon: IconPlugConnected,
        keys: "g c",
        needs: "connections:read",
      }),
      link({ to: "/audit", name: "audit", icon: IconHistory, keys: "g l", needs: "audit:read" }),
      link({ to: "/privacy", name: "privacy", icon: IconShieldLock, keys: "g p", needs: "privacy:manage" }),
      link({ to: "/oversight", name: "oversight", icon: IconEyeCheck, keys: "g o", needs: "oversight:ask" }),
      link({ to: "/members", name: "members", icon: IconUsers, keys: "g m", needs: "members:manage" }),
      link({ to: "/settings", name: "settings", icon: IconSettings, keys: "g ,", needs: "settings:read" }),
    ],
  },
] as const;

export const pages = sections.flatMap((section) => [...section.pages]);
