/** The text of a setting is invalid; the message says what is valid: "a whole number from 1 to 9". */
export class BadValue extends Error {}
