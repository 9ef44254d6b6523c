/** Thrown for an invalid value; the message names what is valid: "a whole number from 1 to 9". */
export class BadValue extends Error {}
