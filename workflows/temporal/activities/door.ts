export interface DoorOptions {
  /** Inline attempts of one connection in the air. */
  readonly places?: number;
  /** Whoever finds no place in this time is turned away, milliseconds. */
  readonly waitMs?: number;
  /** So many calls in a row that are slow or fail shut the door. */
  readonly patience?: number;
  /** How long it stays shut, milliseconds. After that one call at a time is let in, until one is good. */
  readonly shutMs?: number;
  /** Nobody enters while somebody has been inside for longer, milliseconds. */
  readonly stuckMs?: number;
  /** Steady milliseconds. */
  readonly clock?: () => number;
}

/** Bounds the attempts of one connection, and turns them away while it is slow or failing. */
export interface Door {
  /** A way out, or null: turned away. */
  enter(): Promise<Leave | null>;
}

/** Null: nobody was asked in there. */
export type Leave = (wasGood: boolean | null) => void;

export function createDoor({ waitMs = 5_000, ...options }: DoorOptions = {}): Door {
  const room = createRoom(options);
  const queue = createQueue(waitMs);

  const letIn = (): Leave => {
    const leave = room.enter();
    return (wasGood) => {
      leave(wasGood);
      if (room.isShut()) queue.turnAllAway();
      while (room.hasPlace() && queue.admit(letIn));
    };
  };

  return {
    async enter() {
      if (room.isShut()) return null;
      return room.hasPlace() && queue.isEmpty() ? letIn() : queue.join();
    },
  };
}

function createRoom({
  places = 50,
  patience = 5,
  shutMs = 5_000,
  stuckMs = 5_000,
  clock = () => performance.now(),
}: Omit<DoorOptions, "waitMs">) {
  /** When they came in, oldest first. */
  const inside = new Map<symbol, number>();
  let badInARow = 0;
  let shutUntil = -Infinity;
  const isStuck = (): boolean => {
    const [oldest] = inside.values();
    return oldest !== undefined && clock() - oldest > stuckMs;
  };
  return {
    isShut: (): boolean => clock() < shutUntil || isStuck(),
    hasPlace: (): boolean => inside.size < (badInARow >= patience ? 1 : places),
    enter(): Leave {
      const place = Symbol();
      inside.set(place, clock());
      return (wasGood) => {
        inside.delete(place);
        if (wasGood === null) return;
        badInARow = wasGood ? 0 : badInARow + 1;
        if (badInARow >= patience) shutUntil = clock() + shutMs;
      };
    },
  };
}

/** First come, first served, each for so long. */
function createQueue(waitMs: number) {
  const waiting = new Set<(leave: Leave | null) => void>();
  return {
    isEmpty: (): boolean => waiting.size === 0,
    join: (): Promise<Leave | null> =>
      new Promise((resolve) => {
        const timer = setTimeout(() => end(null), waitMs);
        const end = (leave: Leave | null): void => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve(leave);
        };
        waiting.add(end);
      }),
    /** Answers whether anybody was there. */
    admit(letIn: () => Leave): boolean {
      const [first] = waiting;
      first?.(letIn());
      return first !== undefined;
    },
    turnAllAway(): void {
      for (const end of waiting) end(null);
    },
  };
}
