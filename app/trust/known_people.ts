/**
 * The people that this browser has met, by the identity that their browser proves. Like
 * preferences.ts it survives missing or broken storage: what cannot be written lives as long as the
 * page. Invariants:
 * 1 Each identity occurs once, the last met first; at most `mostPeople`.
 * 2 A person whose safety words were compared is forgotten after all others.
 * 3 Two identities may have one name.
 */
import { attempt } from "../../protocol/attempt.ts";
import { cleanPersonName } from "../../protocol/names.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** The storage entry. */
export const knownPeopleEntry = "parley.people";

/** How many people are remembered. */
export const mostPeople = 300;

/**
 * A person by their browser. `identity`: 64 hexadecimal digits; `name`: as last seen; `at`: when
 * last met, ms since the epoch; `compared`: the safety words were compared.
 */
export interface KnownPerson {
  readonly identity: string;
  readonly name: string;
  readonly at: number;
  readonly compared: boolean;
}

/** A person who is met. `present`: the identities of all who are in the room. */
export interface Meeting extends Pick<KnownPerson, "identity" | "name" | "at"> {
  readonly present: readonly string[];
}

/** The known people of one browser, shared by all its tabs. */
export class KnownPeople {
  readonly #storage: KeyStorage | undefined;
  /** People who could not be stored. */
  #unsaved: readonly KnownPerson[] = [];
  /** The last known people, if the storage can no longer be read. */
  #known: readonly KnownPerson[] = [];

  constructor(storage: KeyStorage | undefined) {
    this.#storage = storage;
    this.#people();
  }

  /** What is remembered of a browser. */
  of(identity: string): KnownPerson | undefined {
    return this.#known.find((person) => person.identity === identity);
  }

  /**
   * Remembers a person. Returns whether the name is known of another browser only, whose person is
   * not here: then this may be somebody else.
   */
  meet({ identity, name, at, present }: Meeting): boolean {
    const people = this.#people();
    const before = people.find((person) => person.identity === identity);
    const isElsewhere = before?.name !== name &&
      people.some((person) =>
        person.name === name && person.identity !== identity && !present.includes(person.identity)
      );
    this.#keep({ identity, name, at, compared: before?.compared ?? false });
    return isElsewhere;
  }

  /** Remembers whether the safety words of a known person were compared. */
  compare(identity: string, compared: boolean): void {
    const person = this.#people().find((each) => each.identity === identity);
    if (person !== undefined) this.#keep({ ...person, compared });
  }

  #keep(person: KnownPerson): void {
    this.#unsaved = added(this.#unsaved, person);
    const people = this.#people();
    // Unreadable storage must not be overwritten.
    const isSaved = this.#read() !== undefined && attempt(() => {
      this.#storage?.setItem(knownPeopleEntry, JSON.stringify(people));
      return this.#storage !== undefined;
    });
    if (isSaved) this.#unsaved = [];
  }

  #people(): readonly KnownPerson[] {
    const stored = this.#read() ?? this.#known;
    return this.#known = this.#unsaved.toReversed().reduce(added, stored);
  }

  /** Undefined if it cannot be read. */
  #read(): readonly KnownPerson[] | undefined {
    const text = attempt(() => this.#storage?.getItem(knownPeopleEntry));
    if (text === undefined) return undefined;
    const stored: unknown = attempt(() => JSON.parse(text ?? "[]"));
    const people = Array.isArray(stored) ? stored.flatMap(personIn) : [];
    return people.reduceRight(added, []);
  }
}

/** `people` with one at the front, without the one that is forgotten for it. */
function added(people: readonly KnownPerson[], person: KnownPerson): readonly KnownPerson[] {
  const all = [person, ...people.filter(({ identity }) => identity !== person.identity)];
  if (all.length <= mostPeople) return all;
  const oldest = all.findLast(({ compared }) => !compared) ?? all.at(-1);
  return all.filter((each) => each !== oldest);
}

function personIn(stored: unknown): KnownPerson[] {
  if (typeof stored !== "object" || stored === null) return [];
  const { identity, name, at, compared }: Partial<Record<keyof KnownPerson, unknown>> = stored;
  const isIdentity = typeof identity === "string" && /^[0-9a-f]{64}$/.test(identity);
  const cleaned = typeof name === "string" ? cleanPersonName(name) : undefined;
  if (!isIdentity || cleaned === undefined || typeof at !== "number" || !Number.isFinite(at)) {
    return [];
  }
  return [{ identity, name: cleaned, at, compared: compared === true }];
}
