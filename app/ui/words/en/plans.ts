/** The English words of planned rooms. */

/** Planned rooms and own rooms, on the home page. */
export const plans = {
  title: "Planned",
  plan: "Plan a room",
  none: "Nothing is planned in this browser.",
  own: "Your rooms",
  room: "Room",
  when: "Date and time",
  length: "Length",
  minutes: "{count} min",
  here: "Plans stay in this browser. The time is that of this device.",
  trouble: {
    room: "A room name has 1 to 64 letters, digits and hyphens.",
    when: "Choose a time that is not over yet.",
  },
  cancel: "Cancel",
  save: "Plan it",
  join: "Join",
  forget: "Forget the plan for {room}",
  calendar: "Add to calendar",
  calendarOf: "Add {room} to a calendar",
  download: "Download the calendar file",
  event: "Call in {room}",
  withSecret: "Put the whole link into the calendar",
  secretOut: "Without it the entry has the room’s address only, which opens in this browser.",
  secretIn:
    "The secret of the room goes into the calendar: everyone who sees the entry, and the calendar’s provider, can join and read along.",
};
