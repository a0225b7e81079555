import { notifications } from "@mantine/notifications";
import { useErrorWords } from "./error-words.js";

/** Long enough to be read: what happened, and what to do. */
const SHOWN_MS = 10_000;

/** Says in the corner why something did not happen. */
export function useTellError(): (error: unknown) => void {
  const wordsOf = useErrorWords();
  return (error) => {
    const { title, text } = wordsOf(error);
    notifications.show({ title, message: text, color: "red", autoClose: SHOWN_MS });
  };
}
