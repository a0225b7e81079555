import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { signInByPasskey } from "../api/passkeys.js";
import { PasskeyRefusal } from "../ui/passkey-refusal.js";

export function PasskeyButton() {
  const { t } = useTranslation();
  const signIn = useMutation({ mutationFn: signInByPasskey, onSuccess: () => location.reload() });
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconFingerprint size={17} stroke={1.8} />}
        loading={signIn.isPending || signIn.isSuccess}
        onClick={() => signIn.mutate()}
      >
        {t("passkeys.use")}
      </Button>
      <PasskeyRefusal error={signIn.error} />
    </>
  );
}
