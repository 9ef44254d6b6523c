/** Who is in a room, as other features draw it. */
export { People, type PeopleInsideProps, useInsiders } from "./PeopleInside.tsx";
