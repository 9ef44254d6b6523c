/** What other features draw of the own picture's treatment. */
export { PictureChoices } from "./PictureChoices.tsx";
