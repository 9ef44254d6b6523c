/** What other features draw of people and invitations. */
export { Invitation } from "./Invitation.tsx";
export { InviteKey } from "./InviteKey.tsx";
export { InvitePanel } from "./InvitePanel.tsx";
export { LateKnocks } from "./LateKnocks.tsx";
export { PeoplePanel } from "./PeoplePanel.tsx";
export { useOwnerNews } from "./use_owner_news.ts";
