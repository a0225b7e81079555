import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { auditFilterSchema } from "../server/audit/audit-api.js";
import { entryFilterSchema } from "../server/oversight/oversight-api.js";
import { approvalStateSchema } from "../server/approvals/approval-api.js";
import { askAhead } from "./flows/ask-ahead.js";
import { oversightTabs } from "./oversight/oversight-tabs.js";
import { runListAddressSchema } from "./runs/run-address.js";
import { CrashedPage, MissingPage } from "./shell/odd-pages.js";
import { Shell } from "./shell/shell.js";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Shell });
const under = () => root;

/** A search parameter that makes no sense is dropped rather than shown as an error. */
const versionSearch = z.object({
  version: z.uuid().optional().catch(undefined),
  against: z.enum(["before", "draft"]).optional().catch(undefined),
});
const stepSearch = z.object({ step: z.string().optional().catch(undefined) });
const approvalSearch = z.object({ state: approvalStateSchema.optional().catch(undefined) });
const auditSearch = auditFilterSchema.catch({});
const { kind, ownerId, lawfulBasis, dataClass, region, band } = entryFilterSchema.shape;
const oversightSearch = z.object({
  kind: kind.catch(undefined),
  ownerId: ownerId.catch(undefined),
  lawfulBasis: lawfulBasis.catch(undefined),
  dataClass: dataClass.catch(undefined),
  region: region.catch(undefined),
  band: band.catch(undefined),
  tab: z.enum(oversightTabs).optional().catch(undefined),
  thing: z.uuid().optional().catch(undefined),
});
const templateSearch = z.object({
  words: z.string().max(80).optional().catch(undefined),
  system: z.enum(["slack", "jira", "salesforce"]).optional().catch(undefined),
  metric: z.enum(["nps", "csat", "ces", "stars"]).optional().catch(undefined),
});
const connectorSearch = z.object({ connector: z.string().optional().catch(undefined) });

const routes = [
  createRoute({
    getParentRoute: under,
    path: "/",
    component: lazyRouteComponent(() => import("./home/home-page.js"), "HomePage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/feedback",
    component: lazyRouteComponent(() => import("./feedback/feedback-page.js"), "FeedbackPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/sources",
    component: lazyRouteComponent(() => import("./sources/sources-page.js"), "SourcesPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/sources/$id",
    component: lazyRouteComponent(() => import("./sources/source-page.js"), "SourcePage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/flows",
    component: lazyRouteComponent(() => import("./flows/flows-page.js"), "FlowsPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/flows/$id",
    loader: ({ context: { queryClient }, params: { id }, cause }) => {
      // Not when a link is only pointed at: a flow is read when it is opened.
      if (cause === "enter") askAhead(queryClient, id);
    },
    component: lazyRouteComponent(() => import("./flows/flow-page.js"), "FlowPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/flows/$id/versions",
    validateSearch: versionSearch,
    component: lazyRouteComponent(() => import("./versions/versions-page.js"), "VersionsPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/templates",
    validateSearch: templateSearch,
    component: lazyRouteComponent(() => import("./templates/gallery-page.js"), "GalleryPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/templates/$id",
    component: lazyRouteComponent(() => import("./templates/template-page.js"), "TemplatePage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/runs",
    validateSearch: runListAddressSchema,
    component: lazyRouteComponent(() => import("./runs/runs-page.js"), "RunsPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/runs/$id",
    validateSearch: stepSearch,
    component: lazyRouteComponent(() => import("./runs/run-page.js"), "RunPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/approvals",
    validateSearch: approvalSearch,
    component: lazyRouteComponent(() => import("./approvals/approvals-page.js"), "ApprovalsPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/connections",
    component: lazyRouteComponent(() => import("./connections/connections-page.js"), "ConnectionsPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/connections/new",
    validateSearch: connectorSearch,
    component: lazyRouteComponent(() => import("./connections/connection-pages.js"), "NewConnectionPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/connections/$id",
    component: lazyRouteComponent(() => import("./connections/connection-pages.js"), "ConnectionPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/audit",
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import("./audit/audit-page.js"), "AuditPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/privacy",
    component: lazyRouteComponent(() => import("./privacy/privacy-page.js"), "PrivacyPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/oversight",
    validateSearch: oversightSearch,
    component: lazyRouteComponent(() => import("./oversight/oversight-page.js"), "OversightPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/members",
    component: lazyRouteComponent(() => import("./members/members-page.js"), "MembersPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/account",
    component: lazyRouteComponent(() => import("./account/account-page.js"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: under,
    path: "/settings",
    component: lazyRouteComponent(() => import("./settings/settings-page.js"), "SettingsPage"),
  }),
] as const;

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree: root.addChildren(routes),
    context: { queryClient },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultNotFoundComponent: MissingPage,
    defaultErrorComponent: CrashedPage,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
