export interface Steps {
  line(text: string): void;
  step<Result>(label: string, work: () => Result | Promise<Result>): Promise<Result>;
}

export function createSteps(write: (text: string) => void): Steps;
