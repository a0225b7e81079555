import { Text } from "@mantine/core";
import type { TestResult } from "../../server/tries/flow-test-api.js";
import { useDifferenceWords } from "./difference-words.js";

/** What of a test is not as it was, a sentence a line. */
export function Differences({ differences }: Pick<TestResult, "differences">) {
  const word = useDifferenceWords();
  return differences.map((difference, index) => (
    <Text key={index} fz="sm" className="lw-value">
      • {word(difference)}
    </Text>
  ));
}
