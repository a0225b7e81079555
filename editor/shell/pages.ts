import {
  IconHome,
  IconInbox,
  IconMessageCircle,
  IconPlayerTrackNext,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconUserCheck,
} from "@tabler/icons-react";

/** The pages that exist, under the beat of the loop that each belongs to. `keys` are pressed one after the other. */
export const sections = [
  { name: null, pages: [{ to: "/", name: "home", icon: IconHome, keys: "g h" }] },
  {
    name: "listen",
    pages: [
      { to: "/feedback", name: "feedback", icon: IconMessageCircle, keys: "g b" },
      { to: "/sources", name: "sources", icon: IconInbox, keys: "g s" },
    ],
  },
  {
    name: "act",
    pages: [
      { to: "/flows", name: "flows", icon: IconRoute, keys: "g f" },
      { to: "/runs", name: "runs", icon: IconPlayerTrackNext, keys: "g r" },
      { to: "/approvals", name: "approvals", icon: IconUserCheck, keys: "g a" },
    ],
  },
  {
    name: "admin",
    pages: [
      { to: "/connections", name: "connections", icon: IconPlugConnected, keys: "g c" },
      { to: "/settings", name: "settings", icon: IconSettings, keys: "g ," },
    ],
  },
] as const;

export const pages = sections.flatMap((section) => [...section.pages]);
