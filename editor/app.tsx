import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "./api/client.js";
import { createAppRouter } from "./router.js";
import { styleNonce } from "./ui/nonce.js";
import { themeInWords } from "./ui/theme.js";

const MOST_TRIES = 2;
/** Only a missing answer is worth asking again; a refusal stays one. */
const worthRetrying = (failures: number, error: Error) =>
  failures < MOST_TRIES && error instanceof ApiError && (error.problem.status === 0 || error.problem.status >= 500);

const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: worthRetrying, retryDelay: 800 } },
});
const router = createAppRouter(queryClient);

export function App() {
  const { t } = useTranslation();
  const theme = useMemo(() => themeInWords({ close: t("common.close") }), [t]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <ModalsProvider labels={{ confirm: t("common.yes"), cancel: t("common.cancel") }}>
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
