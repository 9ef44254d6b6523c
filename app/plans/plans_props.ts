/** What the home page gives the part about planned rooms. */

/** What the page knows of rooms. */
export interface PlansProps {
  /** The link of a room, from the top of its site, with the secret if this browser has it. */
  readonly linkOf: (room: string) => string;
  /** Makes the secret of a new room, if this browser can seal. */
  readonly onPlan: (room: string) => void;
  readonly newName: () => string;
}
