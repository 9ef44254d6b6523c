/** A setting's text that cannot be used; the message says what can: "a whole number from 1 to 9". */
export class BadValue extends Error {}
