/**
 * The address of the socket for a room. The room in it is a hint for load balancers, which bring
 * the members of one room to one node; the server reads only the room of the join.
 */
export function atRoom(socket: string, room: string): string {
  return `${socket}?room=${encodeURIComponent(room)}`;
}
