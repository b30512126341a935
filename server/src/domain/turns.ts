/** Who waits. Parties take turns; those whom nobody knows take them among themselves. */
export type Waiter = {
  party: string;
  /** Whether he has shown who he is, by a signature or a session that was live: strangers can make up as many parties as they like. */
  isKnown: boolean;
};

/** The safe's own work. */
export const house: Waiter = { party: 'house', isKnown: true };

/**
 * A line in which a flood of one party makes nobody else wait behind all of it: each party has one place in each turn.
 * When both wait, half of what is taken is of those who are known and half of strangers.
 */
export type Turns<T> = {
  /** Lets one more wait. Gives who must go because the line is full: the last of who has most waiting, or `one` itself. */
  add(one: T, by: Waiter): T | null;
  /** Takes out those whose turn it is. */
  take(most: number): T[];
  /** Takes out all who may not wait any longer. */
  remove(isOver: (one: T) => boolean): T[];
  readonly size: number;
};

export function startTurns<T>(mostWaiting: number): Turns<T> {
  const known = startLine<T>();
  const strangers = startLine<T>();
  let strangersFirst = false;
  const size = (): number => known.size + strangers.size;
  return {
    add(one, { party, isKnown }) {
      const line = isKnown ? known : strangers;
      if (size() < mostWaiting) {
        line.add(one, party);
        return null;
      }
      const other = isKnown ? strangers : known;
      const longer = other.size > mostWaiting / 2 ? other : line;
      if (longer === line && line.wouldBeLast(party)) return one;
      const gone = longer.dropLast();
      line.add(one, party);
      return gone;
    },
    take(most) {
      const [first, second] = strangersFirst ? [strangers, known] : [known, strangers];
      strangersFirst = !strangersFirst;
      const ofSecond = Math.min(second.size, Math.max(Math.floor(most / 2), most - first.size));
      return [...first.take(most - ofSecond), ...second.take(ofSecond)];
    },
    remove: (isOver) => [...known.remove(isOver), ...strangers.remove(isOver)],
    get size() {
      return size();
    },
  };
}

type Line<T> = {
  add(one: T, party: string): void;
  /** Whether a newcomer of this party would stand in the last turn or behind it. */
  wouldBeLast(party: string): boolean;
  dropLast(): T;
  take(most: number): T[];
  remove(isOver: (one: T) => boolean): T[];
  readonly size: number;
};

type Place<T> = { one: T; party: string };

function startLine<T>(): Line<T> {
  /** The next turn first. */
  let turns: Place<T>[][] = [];
  /** The number of the next turn, and how many of it were taken: whoever comes then stands in the one after. */
  let next = 0;
  let taken = 0;
  let size = 0;
  /** Where each party that waits stands last, and how many it has waiting. */
  const parties = new Map<string, { turn: number; waiting: number }>();

  const turnFor = (party: string): number => {
    const own = parties.get(party);
    return Math.max(next + (taken > 0 ? 1 : 0), own === undefined ? 0 : own.turn + 1);
  };
  const left = (party: string): void => {
    const own = parties.get(party);
    size -= 1;
    if (own === undefined) return;
    own.waiting -= 1;
    if (own.waiting === 0) parties.delete(party);
  };

  const trim = (): void => {
    while (turns.length > 1 && turns.at(-1)?.length === 0) turns.pop();
  };

  return {
    add(one, party) {
      const turn = turnFor(party);
      const own = parties.get(party);
      if (own === undefined) {
        parties.set(party, { turn, waiting: 1 });
      } else {
        own.turn = turn;
        own.waiting += 1;
      }
      while (turns.length <= turn - next) turns.push([]);
      turns[turn - next]?.push({ one, party });
      size += 1;
    },
    wouldBeLast: (party) => turnFor(party) >= next + turns.length - 1,
    dropLast() {
      const place = turns.at(-1)?.pop() as Place<T>;
      const own = parties.get(place.party);
      if (own !== undefined) own.turn -= 1;
      left(place.party);
      trim();
      return place.one;
    },
    take(most) {
      const some: T[] = [];
      while (some.length < most && size > 0) {
        const turn = turns[0] ?? [];
        const places = turn.slice(taken, taken + most - some.length);
        taken += places.length;
        for (const { one, party } of places) {
          some.push(one);
          left(party);
        }
        if (taken < turn.length) break;
        turns.shift();
        next += 1;
        taken = 0;
      }
      return some;
    },
    remove(isOver) {
      const gone: T[] = [];
      turns = turns.map((turn, at) =>
        turn.slice(at === 0 ? taken : 0).filter(({ one, party }) => {
          if (!isOver(one)) return true;
          gone.push(one);
          left(party);
          return false;
        }),
      );
      taken = 0;
      trim();
      return gone;
    },
    get size() {
      return size;
    },
  };
}
