/**
 * Recognises variables that Kubernetes sets for each service of a namespace, and Docker for a
 * linked container. A service called `parley` sets `PARLEY_PORT=tcp://10.0.0.1:80`, which is
 * neither a setting nor a typing error.
 */
import { isIP } from "node:net";

const address = (value: string) => isIP(value) !== 0;
const number = (value: string) => /^\d{1,5}$/.test(value);
const url = (value: string) => /^(tcp|udp|sctp):\/\/\S+:\d{1,5}$/.test(value);
const protocol = (value: string) => /^(tcp|udp|sctp)$/.test(value);
/** "/CONTAINER/LINK": the linking container and the name of the link. */
const path = (value: string) => /^(\/[\w.-]+){2}$/.test(value);

/** Patterns of names with a test of the value, which decides if a setting has the same name. */
const shapes: readonly (readonly [name: RegExp, holds: (value: string) => boolean])[] = [
  [/_SERVICE_HOST$/, address],
  [/_SERVICE_PORT(_[A-Z0-9_]+)?$/, number],
  [/_PORT$/, url],
  [/_PORT_\d+_(TCP|UDP|SCTP)$/, url],
  [/_PORT_\d+_(TCP|UDP|SCTP)_PROTO$/, protocol],
  [/_PORT_\d+_(TCP|UDP|SCTP)_PORT$/, number],
  [/_PORT_\d+_(TCP|UDP|SCTP)_ADDR$/, address],
  [/_NAME$/, path],
  // Docker repeats all variables of a linked container.
  [/_ENV_[A-Z0-9_]+$/i, () => true],
];

/** Whether Kubernetes or Docker set this variable. */
export function isServiceVariable(name: string, value: string): boolean {
  return /^PARLEY_\w+$/.test(name) &&
    shapes.some(([shape, holds]) => shape.test(name) && holds(value));
}
