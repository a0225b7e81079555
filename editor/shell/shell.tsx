import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatchRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client.js";
import { useLive } from "../api/live.js";
import { queries } from "../api/queries.js";
import type { Me } from "../../server/members/member-api.js";
import { ErrorNotice } from "../ui/notice.js";
import { useKeys } from "./keys.js";
import { OnlyLinksBanner } from "./only-links-banner.js";
import { PhoneBar } from "./phone-bar.js";
import { SandboxBanner } from "./sandbox-banner.js";
import { Search } from "./search.js";
import { Sidebar } from "./sidebar.js";

// Whoever is signed in never needs it.
const SignInPage = lazy(async () => ({ default: (await import("../sign-in/sign-in-page.js")).SignInPage }));

export function Shell() {
  const me = useQuery(queries.me());
  if (me.data) return <SignedIn me={me.data} />;
  if (me.error instanceof ApiError && me.error.problem.status === 401) {
    return (
      <Suspense fallback={null}>
        <SignInPage />
      </Suspense>
    );
  }
  if (me.error) return <ErrorNotice error={me.error} retry={() => void me.refetch()} />;
  return null;
}

function SignedIn({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  useLive();
  useKeys();
  const isRail = useIsRail();
  return (
    <div className="lw-shell" data-rail={isRail}>
      <a className="lw-skip" href="#main">
        {t("nav.skip")}
      </a>
      <Sidebar me={me} />
      <PhoneBar me={me} />
      <div className="lw-shell-body">
        {me.onlyByLink && <OnlyLinksBanner />}
        {me.sandbox && <SandboxBanner url={me.sandboxUrl} />}
        <main id="main" className="lw-main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Search />
    </div>
  );
}

/** Little room for the names of the pages: their icons stay. A reader hears them all the same. */
const NARROW = "(max-width: 900px)";
const workbenches = [{ to: "/flows/$id" }, { to: "/flows/$id/versions" }, { to: "/runs/$id" }] as const;

/** What is drawn takes the width, too. */
function useIsRail(): boolean {
  const matches = useMatchRoute();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  return isNarrow || workbenches.some((route) => matches(route) !== false);
}
