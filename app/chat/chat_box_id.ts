/** The id of the message box, for modules that focus it but must not load it. */
export const chatBoxId = "chat-box";
