import { useErrorWords } from "./error-words.js";
import { Hint } from "./hint.js";

interface Props {
  readonly error: unknown;
  readonly titled?: boolean;
}

/** Why what a form sent was refused. */
export function Refusal({ error, titled = false }: Props) {
  const wordsOf = useErrorWords();
  if (error === null) return null;
  const { title, text } = wordsOf(error);
  return (
    <Hint tone="failed" {...(titled && { title })}>
      {text}
    </Hint>
  );
}
